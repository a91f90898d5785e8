//! A call that is neither sent nor awaited is a warning.

#![deny(unused_must_use)]

use oauth_token_clients::ghes_oauth_apps::{Client, credentials, types};

fn check(client: Client<credentials::App>, body: types::DeleteTokenRequest) {
    client.delete_token(&body);
}

fn main() {}
