//! Tests of servers that misbehave: the error of a call, and the number of requests.

use std::time::Duration;

use oauth_token_clients_runtime::{
    __codegen::{Call, FromStatus, Method, Operation, RateLimit, Received, StatusPattern},
    Connection, DocumentedError, Error, ErrorKind, HeaderField, Response, RetryPolicy,
};

use crate::server::{Act, Server};

pub(crate) static READ: Operation = operation("read", Method::GET, true);
pub(crate) static MINT: Operation = operation("mint", Method::POST, false);
/// `READ` and `MINT` of an API with a documented rate limit.
pub(crate) static READ_LIMITED: Operation = limited("read", Method::GET, true, Some(&LIMIT));
pub(crate) static MINT_LIMITED: Operation = limited("mint", Method::POST, false, Some(&LIMIT));

static LIMIT: RateLimit = RateLimit {
    status_codes: &[403, 429],
    remaining: "x-left",
    reset: "x-reset",
    message: "too many requests",
    wait: 60,
};

static REVOKE: Operation = operation("revoke", Method::DELETE, true);

const fn operation(name: &'static str, method: Method, idempotent: bool) -> Operation {
    limited(name, method, idempotent, None)
}

const fn limited(
    name: &'static str,
    method: Method,
    idempotent: bool,
    rate_limit: Option<&'static RateLimit>,
) -> Operation {
    Operation {
        name,
        method,
        path: "/tokens",
        accept: "application/json",
        idempotent,
        success: &[StatusPattern::Code(200)],
        rate_limit,
    }
}

/// One documented error.
#[derive(Debug)]
pub(crate) struct NotFound;

impl FromStatus for NotFound {
    fn by_status(received: &Received) -> Option<Self> {
        (received.status.as_u16() == 404).then_some(Self)
    }
}

impl DocumentedError for NotFound {
    fn description(&self) -> &'static str {
        "there is no such token"
    }
}

type Outcome = Result<Response<serde_json::Value>, Error<NotFound>>;

/// Calls the operation with hardly any wait between attempts.
async fn call(server: &Server, operation: &'static Operation) -> Outcome {
    let connection = Connection::builder(&server.base_url)
        .retry(
            RetryPolicy::default()
                .first_backoff(Duration::from_millis(1))
                .max_wait(Duration::from_secs(2)),
        )
        .attempt_timeout(Duration::from_millis(300))
        .total_timeout(Duration::from_secs(5))
        .body_limit(1_000)
        .build()
        .expect("the connection is built");
    Call::new(&connection, None, operation).send_json().await
}

pub(crate) fn ok() -> Act {
    Act::answer(200, &[], "{}")
}

/// Runs the call against the script, and checks the kind of the error and the number of requests.
#[track_caller]
fn check(
    script: &[Act],
    operation: &'static Operation,
    kind: Option<ErrorKind>,
    requests: usize,
) -> Outcome {
    let server = Server::start(script);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime starts");
    let outcome = runtime.block_on(call(&server, operation));
    assert_eq!(outcome.as_ref().err().map(Error::kind), kind, "{outcome:?}");
    assert_eq!(server.requests().len(), requests, "{outcome:?}");
    outcome
}

#[test]
fn only_idempotent_calls_are_retried_after_lost_connections() {
    for act in [
        Act::Reset,
        Act::Close,
        Act::Send(b"HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\n{\"token\": ".to_vec()),
        Act::Send(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n9\r\n{\"tok".to_vec()),
        Act::Send(b"nonsense\r\n\r\n".to_vec()),
    ] {
        let outcome =
            check(&[act.clone(), ok()], &READ, None, 2).expect("the second attempt succeeds");
        assert_eq!(outcome.attempts(), 2);
        let error = check(&[act.clone(), ok()], &MINT, Some(ErrorKind::Transport), 1)
            .expect_err("there is no second attempt");
        assert!(error.was_sent() && !error.is_retryable());
        check(&[act], &READ, Some(ErrorKind::Transport), 3).expect_err("all attempts fail");
    }
}

#[test]
fn an_incomplete_response_keeps_its_status_and_headers() {
    let broken = b"HTTP/1.1 200 OK\r\nx-request-id: abc\r\ncontent-length: 50\r\n\r\n{".to_vec();
    let error = check(&[Act::Send(broken)], &MINT, Some(ErrorKind::Transport), 1)
        .expect_err("the body is cut off");
    assert_eq!(
        (error.status().map(|status| status.as_u16()), error.request_id()),
        (Some(200), Some("abc"))
    );
}

#[test]
fn an_error_with_an_incomplete_body_is_still_that_error() {
    let broken = b"HTTP/1.1 404 Not Found\r\ncontent-length: 50\r\n\r\n{\"message\"".to_vec();
    let large = Act::answer(404, &[], &"x".repeat(2_000));
    for act in [Act::Send(broken), large] {
        let error =
            check(&[act], &MINT, Some(ErrorKind::Documented), 1).expect_err("it is not there");
        assert!(matches!(error.documented(), Some(NotFound)));
    }
}

#[test]
fn slow_servers_cause_timeouts() {
    let error = check(&[Act::Hang], &MINT, Some(ErrorKind::Timeout), 1).expect_err("nothing comes");
    assert!(error.was_sent() && error.status().is_none());
    let head = b"HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\n".to_vec();
    let error =
        check(&[Act::Drip(head, Duration::from_millis(50))], &MINT, Some(ErrorKind::Timeout), 1);
    assert_eq!(
        error.expect_err("too little comes").status().map(|status| status.as_u16()),
        Some(200)
    );
    check(&[Act::Hang, ok()], &READ, None, 2).expect("the second attempt succeeds");
}

#[test]
fn all_calls_are_retried_after_refused_connections() {
    let free = std::net::TcpListener::bind("127.0.0.1:0").expect("loopback has a free port");
    let base_url = format!("http://{}", free.local_addr().expect("the listener is bound"));
    drop(free);
    let connection = Connection::builder(&base_url)
        .retry(RetryPolicy::default().first_backoff(Duration::from_millis(1)))
        .build()
        .expect("the connection is built");
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime starts");
    let call = Call::new(&connection, None, &MINT).send_json::<serde_json::Value, NotFound>();
    let error = runtime.block_on(call).expect_err("nobody listens");
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Connect, 3));
    assert!(error.is_retryable() && !error.was_sent());
}

#[test]
fn calls_that_are_not_idempotent_are_retried_only_if_the_server_asks_for_it() {
    for status in [429, 503] {
        check(&[Act::answer(status, &[("retry-after", "0")], ""), ok()], &MINT, None, 2)
            .expect("the server asks for it");
        check(&[Act::answer(status, &[], ""), ok()], &MINT, Some(ErrorKind::Undocumented), 1)
            .expect_err("the server does not ask for it");
        check(&[Act::answer(status, &[], ""), ok()], &READ, None, 2).expect("idempotent");
    }
    check(
        &[Act::answer(500, &[("retry-after", "0")], ""), ok()],
        &MINT,
        Some(ErrorKind::Undocumented),
        1,
    )
    .expect_err("the first attempt may have taken effect");
    let later = Act::answer(429, &[("retry-after", "7")], "");
    let error = check(&[later, ok()], &READ, Some(ErrorKind::Undocumented), 1)
        .expect_err("the wait is too long");
    assert_eq!(error.retry_after(), Some(Duration::from_secs(7)));
    assert!(error.is_retryable());
}

#[test]
fn a_retried_delete_that_finds_nothing_says_so() {
    let script = [Act::Close, Act::answer(404, &[], "{}")];
    let error = check(&script, &REVOKE, Some(ErrorKind::Documented), 2).expect_err("it is gone");
    assert_eq!(error.attempts(), 2);
    assert!(error.to_string().contains("an earlier one may have succeeded"), "{error}");
}

#[test]
fn undecodable_responses_keep_status_headers_and_body() {
    let gzip = Act::answer(200, &[("content-encoding", "gzip")], "\u{1f}\u{8b}");
    let utf8 = Act::Send(b"HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\n\"\xff\"".to_vec());
    for act in [Act::answer(200, &[], "<html>"), Act::answer(200, &[], ""), gzip, utf8] {
        let error =
            check(&[act], &READ, Some(ErrorKind::Undecodable), 1).expect_err("it does not decode");
        assert!(
            error.raw_body().is_some() && error.status().is_some() && error.headers().is_some()
        );
    }
    let large = "x".repeat(1_001);
    let error = check(&[Act::answer(200, &[], &large)], &READ, Some(ErrorKind::BodyTooLarge), 1)
        .expect_err("too large");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(200));
}

#[test]
fn redirects_are_not_followed() {
    let elsewhere = Server::start(&[ok()]);
    for status in [301, 302, 303, 307, 308] {
        let redirect = Act::answer(status, &[("location", &elsewhere.base_url)], "");
        let error = check(&[redirect], &READ, Some(ErrorKind::Undocumented), 1)
            .expect_err("a redirect is an outcome");
        assert_eq!(error.status().map(|found| found.as_u16()), Some(status));
    }
    assert_eq!(elsewhere.requests().len(), 0);
}

#[test]
fn into_documented_returns_any_other_error_unchanged() {
    let error = check(&[Act::answer(404, &[], "{}")], &READ, Some(ErrorKind::Documented), 1);
    assert!(error.expect_err("it is not there").into_documented().is_ok());
    let error = check(&[Act::answer(418, &[], "")], &READ, Some(ErrorKind::Undocumented), 1)
        .expect_err("a teapot");
    let given_back = error.into_documented().expect_err("it is not documented");
    assert_eq!(given_back.status().map(|status| status.as_u16()), Some(418));
}

#[test]
fn plain_http_to_other_hosts_must_be_allowed() {
    let connection = || Connection::builder("http://example.com");
    assert!(connection().build().is_err());
    assert!(connection().allow_plain_http().build().is_ok());
}

#[test]
fn documented_headers_have_types() {
    let remaining = HeaderField::<i64>::new("x-remaining");
    let error = check(
        &[Act::answer(404, &[("x-remaining", "7")], "{}")],
        &READ,
        Some(ErrorKind::Documented),
        1,
    );
    assert_eq!(error.expect_err("it is not there").header(remaining), Some(7));
    let response = check(&[Act::answer(200, &[("x-remaining", "many")], "{}")], &READ, None, 1)
        .expect("it is there");
    assert_eq!(response.header(remaining), None);
}

#[test]
fn only_allowed_response_headers_are_printed() {
    let headers = [
        ("x-request-id", "shown"),
        ("set-cookie", "canary"),
        ("location", "https://x/?code=canary"),
    ];
    let error =
        check(&[Act::answer(404, &headers, "canary")], &READ, Some(ErrorKind::Documented), 1);
    let printed = format!("{:?} {0}", error.expect_err("it is not there"));
    assert!(printed.contains("shown") && !printed.contains("canary"), "{printed}");
}
