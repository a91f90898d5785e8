//! Tests that a request tells an absent property, null and a value apart.

use contract_tests::server::{Server, block_on, response};
use oauth_token_clients::ghes_oauth_authorizations::types::CreateAuthorizationRequest;
use oauth_token_clients::ghes_oauth_authorizations::{Client, credentials};

/// Creates an authorization, and compares the body of the request.
#[track_caller]
fn check(request: &CreateAuthorizationRequest, body: &str) {
    let server = Server::answering(response(201, "application/json", "{}"));
    let client = Client::new(&server.base_url, credentials::User::new("octocat", "secret"))
        .expect("it is acceptable");
    #[expect(deprecated, reason = "deprecated operations are called like all others")]
    let call = client.create_authorization().body(request);
    block_on(call.send()).expect("it is a success");
    assert!(server.request().ends_with(&format!("\n\n{body}")));
}

#[test]
fn an_absent_property_is_not_null() {
    let request = CreateAuthorizationRequest::new().note("n");
    check(&request, r#"{"note":"n"}"#);
    check(&request.clone().scopes_null(), r#"{"scopes":null,"note":"n"}"#);
    check(&request.scopes(vec![]), r#"{"scopes":[],"note":"n"}"#);
}
