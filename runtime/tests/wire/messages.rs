//! Tests of error messages.

use std::sync::Arc;

use std::time::Duration;

use oauth_token_clients_runtime::header::HeaderName;
use oauth_token_clients_runtime::{
    __codegen::{Call, FromStatus, Method, Operation, Received, StatusPattern},
    ApiKey, Basic, Bearer, CallOptions, ClientBuilder, Connection, Credential, DocumentedError,
    Error, Payload, RetryPolicy, SecretString,
};

use crate::server::{Act, Server};

static CHECK: Operation = Operation {
    name: "check_token",
    method: Method::POST,
    path: "/applications/{client_id}/token",
    accept: "application/json",
    idempotent: true,
    success: &[StatusPattern::Code(200)],
    rate_limit: None,
};

/// Documented errors, one of which contains the body.
#[derive(Debug)]
enum Documented {
    Unauthorized,
    Forbidden,
    #[expect(dead_code, reason = "its content must not be printed")]
    NotFound(String),
}

impl FromStatus for Documented {
    fn by_status(received: &Received) -> Option<Self> {
        match received.status.as_u16() {
            401 => Some(Self::Unauthorized),
            403 => Some(Self::Forbidden),
            404 => Some(Self::NotFound(
                String::from_utf8_lossy(received.body.expose_bytes()).into_owned(),
            )),
            _ => None,
        }
    }
}

impl DocumentedError for Documented {
    fn description(&self) -> &'static str {
        match self {
            Self::Unauthorized => "A one-time password may be missing",
            Self::Forbidden => "The caller may not do this",
            Self::NotFound(_) => "There is no such token",
        }
    }

    fn code_pointer(&self) -> &'static str {
        match self {
            Self::Forbidden => "/error/code",
            _ => "",
        }
    }
}

/// No documented errors.
type NoDocumentedErrors = std::convert::Infallible;

/// Compiles only if an error can be sent to another thread and converted to `Box<dyn Error + Send +
/// Sync>`.
fn is_shareable<T: std::error::Error + Send + Sync + 'static>(_: &T) {}

/// Calls the operation once and returns the message.
fn message<E: DocumentedError + Send + Sync + 'static>(
    connection: ClientBuilder,
    credential: Option<Arc<dyn Credential>>,
) -> String {
    let connection =
        connection.retry(RetryPolicy::never()).build().expect("the connection is built");
    let mut call = Call::new(&connection, credential, &CHECK);
    call.path("client_id", "canary", &[]);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime starts");
    let sent = runtime.block_on(call.send_json::<serde_json::Value, E>());
    let error: Error<E> = sent.expect_err("the call fails");
    is_shareable(&error);
    let (message, size) = (error.to_string(), size_of_val(&error));
    assert!(!message.contains(['\n', '\r']) && !message.contains("canary"), "{message}");
    let debugged = format!("{error:?} {error:#?}");
    assert!(error.documented().is_none() || !debugged.contains("canary"), "{debugged}");
    assert_eq!(size, size_of::<usize>(), "an error is one pointer");
    message
}

/// Returns the message of a call with this response.
fn answered<E: DocumentedError + Send + Sync + 'static>(
    act: Act,
    credential: Option<Arc<dyn Credential>>,
) -> String {
    let server = Server::start(&[act]);
    message::<E>(Connection::builder(&server.base_url).body_limit(1_000), credential)
}

fn basic() -> Basic {
    Basic::new("canary", "canary").described_as("the client ID or the client secret")
}

fn key() -> Bearer {
    Bearer::in_header(HeaderName::from_static("x-key"), "", SecretString::from("canary"))
}

fn bearer() -> Bearer {
    Bearer::new(SecretString::from("canary"))
}

/// A documented error with a documented body.
#[derive(Debug)]
struct Gone(Payload<std::collections::BTreeMap<String, String>>);

impl FromStatus for Gone {
    fn by_status(received: &Received) -> Option<Self> {
        (received.status.as_u16() == 404).then(|| Self(received.payload()))
    }
}

impl DocumentedError for Gone {
    fn description(&self) -> &'static str {
        "There is no such token"
    }

    fn has_documented_body(&self) -> bool {
        self.0.is_documented()
    }
}

#[test]
fn another_body_than_the_documented_one_is_no_verdict() {
    #[track_caller]
    fn check(headers: &[(&str, &str)], body: &str, expected: &str) {
        let message = answered::<Gone>(Act::answer(404, headers, body), None);
        let start = "check_token: 404 Not Found from POST /applications/{client_id}/token: ";
        assert_eq!(message, format!("{start}There is no such token{expected}"));
    }
    check(&[("content-type", "application/json")], r#"{"message": "Not Found"}"#, "");
    let html = [("content-type", "text/html; charset=utf-8")];
    check(&html, "<canary>", "; but the body is not the documented one (text/html)");
    check(&[], "canary", "; but the body is not the documented one (without a media type)");
}

#[test]
fn a_401_names_the_credential_that_was_refused() {
    #[track_caller]
    fn check(credential: Option<Arc<dyn Credential>>, expected: &str) {
        let start = "check_token: 401 Unauthorized from POST /applications/{client_id}/token: ";
        let undocumented =
            answered::<NoDocumentedErrors>(Act::answer(401, &[], ""), credential.clone());
        assert_eq!(undocumented, format!("{start}{expected}"));
        let documented = answered::<Documented>(Act::answer(401, &[], "{}"), credential);
        assert_eq!(documented, format!("{start}{expected}: A one-time password may be missing"));
    }
    check(Some(Arc::new(basic())), "the client ID or the client secret was refused");
    check(
        Some(Arc::new(Basic::new("canary", "canary"))),
        "the user ID or the password was refused",
    );
    check(Some(Arc::new(bearer())), "the bearer token was refused");
    check(Some(Arc::new(key())), "the token in header `x-key` was refused");
    check(
        Some(Arc::new((key(), bearer()))),
        "the token in header `x-key` or the bearer token was refused",
    );
    check(
        Some(Arc::new(((basic(), ()), bearer()))),
        "the client ID or the client secret or the bearer token was refused",
    );
    check(Some(Arc::new(())), "no credential was sent");
    check(None, "no credential was sent");
}

/// Checks the part of the message after method and path.
#[track_caller]
fn check_answered(act: Act, expected: &str) {
    let message = answered::<Documented>(act, Some(Arc::new(bearer())));
    let (_, rest) = message.split_once("/token: ").expect("a response has method and path");
    assert_eq!(rest, expected);
}

#[test]
fn response_bodies_are_not_printed() {
    check_answered(Act::answer(404, &[], "no such token: canary"), "There is no such token");
}

#[test]
fn an_empty_token_counts_as_missing() {
    let empty = || SecretString::from("");
    let credentials: [Arc<dyn Credential>; 4] = [
        Arc::new(Bearer::new(empty())),
        Arc::new(Bearer::in_header(HeaderName::from_static("x-key"), "", empty())),
        Arc::new(ApiKey::in_query("key", empty())),
        Arc::new(ApiKey::in_cookie("key", empty())),
    ];
    for credential in credentials {
        let message = message::<NoDocumentedErrors>(
            Connection::builder("http://127.0.0.1:9"),
            Some(credential),
        );
        assert_eq!(message, "check_token: the token is empty; nothing was sent");
    }
}

#[test]
fn a_url_that_is_too_long_is_not_sent() {
    let server = Server::start(&[Act::answer(200, &[], "{}")]);
    let connection =
        Connection::builder(&server.base_url).build().expect("the connection is built");
    let mut call = Call::new(&connection, None, &CHECK);
    call.path("client_id", &"x".repeat(100_000), &[]);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime starts");
    let error: Error<NoDocumentedErrors> =
        runtime.block_on(call.send_json::<serde_json::Value, _>()).expect_err("it is refused");
    assert_eq!(error.to_string(), "check_token: the URL is too long to be sent; nothing was sent");
    assert_eq!((error.was_sent(), error.is_retryable(), error.attempts()), (false, false, 1));
}

#[cfg(not(any(feature = "rustls", feature = "native-tls")))]
#[test]
fn a_build_without_tls_says_so() {
    let message = message::<NoDocumentedErrors>(Connection::builder("https://localhost:9"), None);
    let expected = "check_token: https://localhost:9 needs TLS, which is not built in: enable the feature `rustls` or \
                    `native-tls`";
    assert_eq!(message, expected);
}

#[test]
fn messages_contain_the_documented_description_and_advice() {
    check_answered(Act::answer(403, &[], ""), "The caller may not do this");
    check_answered(Act::answer(418, &[], ""), "the document does not list this status code");
    for status in [301, 302, 303, 307, 308] {
        let location = [("location", "https://elsewhere.example/?code=canary")];
        check_answered(
            Act::answer(status, &location, ""),
            "the document does not list this status code; redirects are not followed, so that the credential is \
             not sent elsewhere; check the base URL",
        );
    }
    check_answered(Act::answer(304, &[], ""), "the document does not list this status code");
    for status in [429, 503] {
        let waits = "the document does not list this status code; the server asks to wait 30 s";
        check_answered(Act::answer(status, &[("retry-after", "30")], ""), waits);
        check_answered(
            Act::answer(status, &[("retry-after", "canary")], ""),
            "the document does not list this status code",
        );
        check_answered(
            Act::answer(status, &[("retry-after", "0")], ""),
            "the document does not list this status code",
        );
    }
    let limited = [("retry-after", "7")];
    check_answered(
        Act::answer(403, &limited, ""),
        "The caller may not do this; the server asks to wait 7 s",
    );
}

#[test]
fn body_errors_name_the_position_or_the_limit() {
    let limit =
        "the body is larger than 1000 bytes; raise the limit with `ClientBuilder::body_limit`";
    check_answered(Act::answer(200, &[], &"canary".repeat(200)), limit);
    check_answered(
        Act::answer(200, &[], "<canary>"),
        "the body is not as documented: it is not JSON (line 1, column 1); `raw_body` returns it as received",
    );
    let cut_off = b"HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\n{\"canary\"".to_vec();
    check_answered(
        Act::Send(cut_off),
        "the connection failed before the whole response had arrived",
    );
}

#[test]
fn only_valid_request_ids_are_part_of_the_message() {
    let id = "0HMVFE0A2A1QJ:00000002";
    check_answered(
        Act::answer(418, &[("x-request-id", id)], ""),
        "the document does not list this status code (request ID 0HMVFE0A2A1QJ:00000002)",
    );
    let long = "x".repeat(129);
    for not_an_id in ["two canaries", "", "größe", &long] {
        let act = Act::answer(418, &[("x-request-id", not_an_id)], "");
        check_answered(act, "the document does not list this status code");
    }
}

#[test]
fn timeouts_name_the_limit_and_how_to_raise_it() {
    #[track_caller]
    fn check(set: fn(ClientBuilder, Duration) -> ClientBuilder, expected: &str) {
        let server = Server::start(&[Act::Hang]);
        let connection = set(Connection::builder(&server.base_url), Duration::from_millis(50));
        assert_eq!(
            message::<NoDocumentedErrors>(connection, None),
            format!("check_token: {expected}")
        );
    }
    let attempt = "the attempt took longer than 0.05 s; raise the limit with `attempt_timeout`";
    check(ClientBuilder::attempt_timeout, attempt);
    check(|builder, limit| builder.attempt_timeout(limit).total_timeout(Duration::MAX), attempt);
    check(
        ClientBuilder::total_timeout,
        "the call took longer than 0.05 s; raise the limit with `total_timeout`",
    );
    check(
        |builder, limit| builder.http(reqwest::Client::builder().timeout(limit)),
        "the HTTP client timed out; raise the limit in its `reqwest::ClientBuilder`",
    );
}

#[test]
fn an_unreachable_server_is_named_by_its_origin() {
    let free = std::net::TcpListener::bind("127.0.0.1:0").expect("loopback has a free port");
    let origin = format!("http://{}", free.local_addr().expect("the listener is bound"));
    drop(free);
    let message = message::<NoDocumentedErrors>(
        Connection::builder(&format!("{origin}/canary")),
        Some(Arc::new(bearer())),
    );
    let expected = "could not be reached; check the host name, the network and the proxy";
    assert_eq!(message, format!("check_token: {origin} {expected}"));
}

#[test]
fn attempts_and_request_id_are_at_the_end() {
    let gone = Act::answer(404, &[("x-request-id", "abc")], "");
    let server = Server::start(&[Act::answer(503, &[], ""), gone]);
    let policy = RetryPolicy::default().first_backoff(Duration::from_millis(1));
    let connection =
        Connection::builder(&server.base_url).build().expect("the connection is built");
    let mut call = Call::new(&connection, None, &CHECK);
    call.path("client_id", "canary", &[]);
    call.options(CallOptions::new().retry(policy));
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime starts");
    let error = runtime
        .block_on(call.send_json::<serde_json::Value, NoDocumentedErrors>())
        .expect_err("it is gone");
    let end = "the document does not list this status code (after 2 attempts; an earlier one may have succeeded; request ID abc)";
    assert!(error.to_string().ends_with(end), "{error}");
}

#[test]
fn the_marked_name_of_an_error_is_part_of_the_message() {
    let forbidden =
        |code: &str| Act::answer(403, &[], &format!(r#"{{"error":{{"code":{code}}}}}"#));
    check_answered(
        forbidden(r#""AuthorizationFailed""#),
        "The caller may not do this (code AuthorizationFailed)",
    );
    let longest = "x".repeat(64);
    check_answered(
        forbidden(&format!("\"{longest}\"")),
        &format!("The caller may not do this (code {longest})"),
    );
    let long = format!("\"{longest}x\"");
    // The last one is sent.
    for code in ["7", r#""two words""#, r#""a\nb""#, &long, r#""canary""#] {
        check_answered(forbidden(code), "The caller may not do this");
    }
    check_answered(Act::answer(404, &[], r#"{"error":{"code":"Gone"}}"#), "There is no such token");
}

#[test]
fn a_notice_is_named_where_the_operation_is_gone() {
    let sunset = ("sunset", "Thu, 01 Jan 1970 00:01:30 GMT");
    let deprecation = ("deprecation", "@60");
    let ends = "; the server announces the end of this operation for Thu, 01 Jan 1970 00:01:30 GMT";
    let deprecated = "; the server says that this operation is deprecated";
    let found = "There is no such token";
    check_answered(Act::answer(404, &[sunset, deprecation], ""), &format!("{found}{ends}"));
    check_answered(Act::answer(404, &[deprecation], ""), &format!("{found}{deprecated}"));
    check_answered(
        Act::answer(410, &[("azure-deprecating", "canary")], ""),
        &format!("the document does not list this status code{deprecated}"),
    );
    check_answered(Act::answer(403, &[sunset], ""), "The caller may not do this");
    check_answered(Act::answer(404, &[("sunset", "canary")], ""), found);
}
