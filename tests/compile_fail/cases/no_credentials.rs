//! Without credentials no protected operation can be called.

use oauth_token_clients::azure_container_apps::{Client, DEFAULT_SERVER};

fn main() {
    let client = Client::new(DEFAULT_SERVER, ()).unwrap();
    let _ = client.get_auth_token("subscription", "group", "app");
}
