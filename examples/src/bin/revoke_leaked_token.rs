//! Revokes a leaked token if it is still valid.
//!
//! Set `SERVER` (a GitHub Enterprise Server host name), `CLIENT_ID`, `CLIENT_SECRET` and `TOKEN`.

use examples::{Outcome, variable};
use oauth_token_clients::ghes_oauth_apps::outcomes::CheckTokenError;
use oauth_token_clients::ghes_oauth_apps::{Client, credentials, types};
use oauth_token_clients::runtime::SecretString;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Outcome {
    let token = SecretString::from(variable("TOKEN")?);
    let client = Client::new(
        &variable("SERVER")?,
        credentials::App::new(variable("CLIENT_ID")?, variable("CLIENT_SECRET")?),
    )?;

    let alive = match client.check_token(&types::CheckTokenRequest::new(token.clone())).await {
        Ok(_) => true,
        Err(error) if matches!(error.documented(), Some(CheckTokenError::NotFound(body)) if body.is_documented()) => {
            false
        }
        Err(error) => return Err(error.into()),
    };
    if !alive {
        println!("The token is dead already.");
        return Ok(());
    }
    client.delete_token(&types::DeleteTokenRequest::new(token)).await?;
    println!("The token was alive and is revoked.");
    Ok(())
}
