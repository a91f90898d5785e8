//! Without credentials no protected operation can be called.

use oauth_token_clients::azure_container_apps::Client;

fn main() {
    let client = Client::new(()).unwrap();
    let _ = client.get_auth_token("subscription", "group", "app");
}
