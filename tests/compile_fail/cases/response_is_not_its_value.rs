//! A response does not stand for its value: `value` and `into_value` return it.

use oauth_token_clients::ghes_oauth_apps::{Client, credentials, types};

async fn check(client: Client<credentials::App>, body: types::CheckTokenRequest) {
    let response = client.check_token(&body).await.unwrap();
    let _ = response.token;
}

fn main() {}
