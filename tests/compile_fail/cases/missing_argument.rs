//! A required parameter cannot be omitted.

use oauth_token_clients::ghes_oauth_apps::{Client, credentials, types};

fn main() {
    let client = Client::new("HOSTNAME", credentials::App::new("client_id", "client_secret")).unwrap();
    let _ = client.check_token();
    let _ = types::CheckTokenRequest::new();
}
