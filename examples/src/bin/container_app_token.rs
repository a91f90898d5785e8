//! Gets a token for a container app and prints its expiry.
//!
//! Set `AZURE_TOKEN` (a token for Azure Resource Manager), `SUBSCRIPTION_ID`, `RESOURCE_GROUP` and
//! `CONTAINER_APP`, and `SERVER` for another cloud than the public one.

use examples::{Outcome, variable};
use oauth_token_clients::azure_container_apps::{Client, DEFAULT_SERVER, credentials};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Outcome {
    let server = variable("SERVER").unwrap_or_else(|_| DEFAULT_SERVER.to_owned());
    let client = Client::new(&server, credentials::AzureAuth::new(variable("AZURE_TOKEN")?))?;

    let (subscription, group, app) =
        (variable("SUBSCRIPTION_ID")?, variable("RESOURCE_GROUP")?, variable("CONTAINER_APP")?);
    let answer = client.get_auth_token(&subscription, &group, &app).await?;
    let properties = answer.value().require_properties()?;
    let token = properties.require_token()?;
    let expires =
        properties.expires.as_ref().map_or("at an unknown time", |expires| expires.as_str());
    println!("A token of {} characters, which expires {expires}.", token.expose_secret().len());
    Ok(())
}
