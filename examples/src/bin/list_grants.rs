//! Lists the grants of an account.
//!
//! Set `SERVER` (a GitHub Enterprise Server 2.19 host name), `USERNAME` and `PASSWORD`, and `OTP`
//! for an account with two-factor authentication.

use examples::{Outcome, variable};
use futures_util::TryStreamExt;
use oauth_token_clients::ghes_oauth_authorizations::{Client, credentials};
use oauth_token_clients::runtime::SecretString;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Outcome {
    let client = Client::new(
        &variable("SERVER")?,
        credentials::User::new(variable("USERNAME")?, variable("PASSWORD")?),
    )?;

    #[expect(deprecated, reason = "GitHub announced its end; servers of this version have it")]
    let mut call = client.list_grants().per_page(100);
    if let Ok(otp) = variable("OTP") {
        call = call.x_github_otp(&SecretString::from(otp));
    }
    let mut grants = call.pages().items();
    while let Some(grant) = grants.try_next().await? {
        let name = grant
            .app
            .and_then(|app| app.name)
            .unwrap_or_else(|| "an app without a name".to_owned());
        println!("{name}: {}", grant.scopes.unwrap_or_default().join(", "));
    }
    Ok(())
}
