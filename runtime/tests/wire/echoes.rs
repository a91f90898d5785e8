//! Tests of servers that repeat what was sent where an ID is expected.

use std::convert::Infallible;
use std::sync::Arc;

use oauth_token_clients_runtime::header::{HeaderName, HeaderValue};
use oauth_token_clients_runtime::{
    __codegen::{Call, Explode, Method, Operation, StatusPattern},
    ApiKey, Basic, Bearer, CallOptions, Connection, Credential, Error, SecretString,
};

use crate::server::{Act, Server, block_on};

static REVOKE: Operation = Operation {
    name: "revoke",
    method: Method::POST,
    path: "/tokens/{token}",
    accept: "application/json",
    idempotent: false,
    success: &[StatusPattern::Code(200)],
    rate_limit: None,
};

/// Sends a credential, a path, a query and a body, and returns the error of a server that answers
/// with this request ID.
fn answered(credential: Arc<dyn Credential>, id: &str) -> Error<Infallible> {
    let server = Server::start(&[Act::answer(418, &[("x-request-id", id)], "")]);
    let connection = Connection::new(&server.base_url).expect("the connection is built");
    let mut call = Call::new(&connection, Some(credential), &REVOKE);
    call.path("token", "ghp_in+the/path", &[]);
    call.query("code", "code/of/query", &[], Explode::Yes);
    call.raw("application/json", r#"{"token":"ghp_in_the_body","otp":"123456"}"#);
    call.options(CallOptions::new().header(
        HeaderName::from_static("x-request-id"),
        HeaderValue::from_static("chosen-by-caller"),
    ));
    block_on(call.send_json::<serde_json::Value, _>()).expect_err("the call fails")
}

fn bearer() -> Arc<dyn Credential> {
    Arc::new(Bearer::new(SecretString::from("ghp_in_the_header")))
}

#[track_caller]
fn check_hidden(credential: Arc<dyn Credential>, id: &str) {
    let error = answered(credential, id);
    assert_eq!(error.request_id(), None);
    let printed = format!("{error} {error:?} {error:#?}");
    assert!(!printed.contains(id), "{printed}");
}

#[test]
fn an_id_that_repeats_the_request_is_not_printed() {
    let ids = [
        "ghp_in_the_header",
        "the_header",
        "request-of:ghp_in_the_header",
        "ghp_in+the/path",
        "ghp_in%2Bthe%2Fpath",
        "code/of/query",
        "ghp_in_the_body",
        "of=ghp_in_the_body",
        "123456",
    ];
    for id in ids {
        check_hidden(bearer(), id);
    }
    check_hidden(Arc::new(Basic::new("client", "secret-of-client")), "secret-of-client");
    let key = || SecretString::from("key-in-the-url");
    check_hidden(Arc::new(ApiKey::in_query("key", key())), "key-in-the-url");
    check_hidden(Arc::new(ApiKey::in_cookie("key", key())), "key-in-the-url");
}

/// Sends a body of a length, and returns the request ID of a success and what is printed of it.
fn succeeded(length: usize, id: &str) -> (Option<String>, String) {
    let server = Server::start(&[Act::answer(200, &[("x-request-id", id)], "{}")]);
    let connection = Connection::new(&server.base_url).expect("the connection is built");
    let mut call = Call::new(&connection, None, &REVOKE);
    call.path("token", "path", &[]);
    call.raw("text/plain", [&"-".repeat(length), " ghp_in_the_body"].concat());
    let response = block_on(call.send_json::<serde_json::Value, Infallible>()).expect("a success");
    (response.request_id().map(str::to_owned), format!("{response:?}"))
}

#[test]
fn the_id_of_a_success_is_compared_too() {
    for length in [0, 100_000] {
        let (id, printed) = succeeded(length, "ghp_in_the_body");
        assert!(id.is_none() && !printed.contains("ghp_in_the_body"), "{printed}");
        let (id, printed) = succeeded(length, "0HMVFE0A2A1QJ");
        assert!(id.is_some() && printed.contains("0HMVFE0A2A1QJ"), "{printed}");
    }
}

#[test]
fn other_ids_are_printed() {
    for id in ["0HMVFE0A2A1QJ:00000002", "chosen-by-caller", "1", "the"] {
        let error = answered(bearer(), id);
        assert_eq!(error.request_id(), Some(id));
        assert!(error.to_string().contains(id) && format!("{error:?}").contains(id), "{error}");
    }
}
