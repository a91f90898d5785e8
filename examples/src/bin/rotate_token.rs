//! Replaces a token with a new one and writes the new one to a file.
//!
//! Set `SERVER` (a GitHub Enterprise Server host name), `CLIENT_ID`, `CLIENT_SECRET`, `TOKEN` and
//! `TOKEN_FILE`. The old token stops working at once, so the file is opened before anything is
//! sent.

use std::fs::OpenOptions;
use std::io::Write;

use examples::{Outcome, variable};
use oauth_token_clients::ghes_oauth_apps::{Client, credentials, types};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Outcome {
    let mut file = OpenOptions::new().write(true).create_new(true).open(variable("TOKEN_FILE")?)?;
    let client = Client::new(
        &variable("SERVER")?,
        credentials::App::new(variable("CLIENT_ID")?, variable("CLIENT_SECRET")?),
    )?;

    let request = types::ResetTokenRequest::new(variable("TOKEN")?);
    let authorization = client.reset_token(&request).await?;
    file.write_all(authorization.value().require_token()?.expose_secret().as_bytes())?;
    println!("The new token is in the file.");
    Ok(())
}
