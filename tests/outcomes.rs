//! Tests that successes with the same type are distinguished by status code.

use contract_tests::server::{Server, block_on, response};
use oauth_token_clients::ghes_oauth_authorizations::outcomes::GetOrCreateAuthorizationForAppSuccess as Success;
use oauth_token_clients::ghes_oauth_authorizations::{Client, credentials, types};

const EXISTING: &str = r#"{"id": 1, "token": ""}"#;
const CREATED: &str = r#"{"id": 1, "token": "abcdefgh12345678"}"#;

/// Gets or creates an authorization. Returns true if it was created, with its token or the error
/// message.
fn check(status: u16, body: &str, created: bool, token: Result<&str, &str>) {
    let server = Server::answering(response(status, "application/json", body));
    let client = Client::new(&server.base_url, credentials::User::new("octocat", "secret"))
        .expect("it is acceptable");
    let request = types::GetOrCreateAuthorizationForAppRequest::new("secret");
    #[expect(deprecated, reason = "deprecated operations are called like all others")]
    let call = client.get_or_create_authorization_for_app("client_id", &request);
    let success = block_on(call.send()).expect("both statuses are successes");
    assert_eq!(matches!(success.value(), Success::Created(_)), created);
    assert_eq!(matches!(success.value(), Success::Ok(_)), !created);
    let found = success
        .value()
        .any_status()
        .require_token()
        .map(|token| token.expose_secret())
        .map_err(|missing| missing.to_string());
    assert_eq!(found.as_ref().map(|token| *token).map_err(String::as_str), token);
    assert_eq!(success.into_value().into_any_status().id, Some(1));
}

#[test]
fn an_existing_authorization_is_told_from_a_new_one() {
    check(
        200,
        EXISTING,
        false,
        Err("property `token` of `Authorization` is empty in the response"),
    );
    check(201, CREATED, true, Ok("abcdefgh12345678"));
}
