//! Exchanges a GitHub code for a token that Data Factory can use and writes it to a file.
//!
//! Set `AZURE_TOKEN` (a token for Azure Resource Manager), `SUBSCRIPTION_ID`, `RESOURCE_GROUP`,
//! `FACTORY`, `GITHUB_CODE` and `TOKEN_FILE`, and `SERVER` for another cloud than the public one.
//! The code works once, so the file is opened first.

use std::fs::OpenOptions;
use std::io::Write;

use examples::{Outcome, variable};
use oauth_token_clients::azure_data_factory::{Client, DEFAULT_SERVER, credentials, types};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Outcome {
    let server = variable("SERVER").unwrap_or_else(|_| DEFAULT_SERVER.to_owned());
    let mut file = OpenOptions::new().write(true).create_new(true).open(variable("TOKEN_FILE")?)?;
    let client = Client::new(&server, credentials::AzureAuth::new(variable("AZURE_TOKEN")?))?;

    let (subscription, group, factory) =
        (variable("SUBSCRIPTION_ID")?, variable("RESOURCE_GROUP")?, variable("FACTORY")?);
    let request =
        types::GitHubAccessTokenRequest::new(variable("GITHUB_CODE")?, "https://github.com");
    let answer = client.get_github_access_token(&subscription, &group, &factory, &request).await?;
    file.write_all(answer.value().require_github_access_token()?.expose_secret().as_bytes())?;
    println!("The token is in the file.");
    Ok(())
}
