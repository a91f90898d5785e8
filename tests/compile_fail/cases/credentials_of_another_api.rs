//! The credential of another API does not stand for one of the same name, also not in a tuple.

use oauth_token_clients::ghes_oauth_authorizations::{Client, credentials::User};
use oauth_token_clients::{ghes_oauth_apps::credentials::App, runtime::SecretString};

fn main() {
    let app = App::new("client_id", "client_secret");
    let client = Client::new("HOSTNAME", (app, User::new("username", "password"))).unwrap();
    let _ = client.check_authorization(&SecretString::from("token"));
}
