//! An app's credentials do not open a user's operations.

use oauth_token_clients::ghes_oauth_authorizations::{Client, credentials};

#[expect(deprecated)]
fn main() {
    let client = Client::new("HOSTNAME", credentials::App::new("client_id", "client_secret")).unwrap();
    let _ = client.list_grants();
}
