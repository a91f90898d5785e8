//! A secret cannot be formatted by accident.

use oauth_token_clients::runtime::SecretString;

fn main() {
    println!("{}", SecretString::from("token"));
}
