//! Tests of the message for a server with which the TLS handshake fails.

use contract_tests::server::{Server, block_on};
use oauth_token_clients::ghes_oauth_apps::{Client, credentials, types};
use oauth_token_clients::runtime::{ErrorKind, RetryPolicy};

#[test]
fn a_server_without_tls_is_told_from_one_that_is_not_there() {
    let origin = format!("https://{}", Server::deaf(b"HTTP/1.1 400 Bad Request\r\n\r\n".to_vec()));
    let client = Client::builder(&origin)
        .retry(RetryPolicy::never())
        .build(credentials::App::new("client_id", "client_secret"))
        .expect("the server is acceptable");
    let request = types::CheckTokenRequest::new("token");
    let error = block_on(client.check_token(&request).send()).expect_err("nobody speaks TLS");
    let expected = format!(
        "check_token: the TLS handshake with {origin} failed: its certificate is not trusted, or it does not speak TLS; \
         to trust another CA, pass a `reqwest::ClientBuilder` with it to `ClientBuilder::http`"
    );
    assert_eq!((error.kind(), error.to_string()), (ErrorKind::Connect, expected));
}
