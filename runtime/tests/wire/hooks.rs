//! Tests of the hooks before and after each attempt.

use std::convert::Infallible;
use std::sync::{Arc, Mutex};

use oauth_token_clients_runtime::{
    __codegen::{Call, Method, Operation, StatusPattern},
    AttemptHook, Bearer, Connection, FinishedAttempt, RequestPart, SecretString, StartedAttempt,
};

use crate::server::{Act, Server, block_on};

static READ: Operation = Operation {
    name: "read_token",
    method: Method::GET,
    path: "/tokens/{token}",
    accept: "*/*",
    idempotent: true,
    success: &[StatusPattern::Code(200)],
    rate_limit: None,
};

/// Keeps what it sees, and what it asks for.
#[derive(Clone, Default)]
struct Recorder {
    seen: Arc<Mutex<Vec<String>>>,
    exposed: Arc<Mutex<Vec<String>>>,
}

impl AttemptHook for Recorder {
    fn before_attempt(&self, attempt: &StartedAttempt<'_>) {
        self.keep(format!("{attempt:?} {attempt:#?} before {}", attempt.number()));
        let request = attempt.expose_request();
        let exposed =
            format!("{} {:?}", request.uri().path(), request.headers()["authorization"].to_str());
        self.exposed.lock().expect("no thread panicked").push(exposed);
    }

    fn after_attempt(&self, attempt: &FinishedAttempt<'_>) {
        assert!(!attempt.elapsed().is_zero());
        let facts =
            (attempt.number(), attempt.status(), attempt.body_size(), attempt.is_complete());
        self.keep(format!("{attempt:?} {attempt:#?} after {facts:?}"));
        if let Some(headers) = attempt.expose_headers() {
            let exposed = format!("{:?}", headers.get("x-token"));
            self.exposed.lock().expect("no thread panicked").push(exposed);
        }
    }
}

impl Recorder {
    fn keep(&self, line: String) {
        self.seen.lock().expect("no thread panicked").push(line);
    }
}

#[test]
fn hooks_see_each_attempt_without_its_secrets() {
    let server = Server::start(&[
        Act::Close,
        Act::answer(503, &[("x-token", "canary"), ("retry-after", "0")], "canary"),
        Act::answer(200, &[], ""),
    ]);
    let recorder = Recorder::default();
    let builder = Connection::builder(&server.base_url).hook(recorder.clone());
    assert!(format!("{builder:?}").contains("[1 hooks]"));
    let connection = builder.build().expect("the connection is built");
    let bearer = Arc::new(Bearer::new(SecretString::from("canary")));
    let mut call = Call::new(&connection, Some(bearer), &READ);
    call.path("token", "canary", &[]);
    call.header("x-otp", "canary", &[]);
    block_on(call.send_empty::<Infallible>()).expect("the third attempt succeeds");

    let seen = recorder.seen.lock().expect("no thread panicked").clone();
    let ends: Vec<&str> =
        seen.iter().filter_map(|line| line.rsplit_once("} ")).map(|(_, end)| end).collect();
    assert_eq!(
        ends,
        [
            "before 1",
            "after (1, None, None, false)",
            "before 2",
            "after (2, Some(503), Some(6), true)",
            "before 3",
            "after (3, Some(200), Some(0), true)",
        ]
    );
    assert!(
        seen.iter().all(|line| line.contains("read_token") && line.contains("/tokens/{token}"))
    );
    assert!(!seen.concat().contains("canary"), "{seen:#?}");
    let exposed = recorder.exposed.lock().expect("no thread panicked").clone();
    assert_eq!(exposed[0], "/tokens/canary Ok(\"Bearer canary\")");
    assert_eq!(exposed[2], "Some(\"canary\")");
}

#[test]
fn a_call_that_is_not_sent_has_no_attempt() {
    let recorder = Recorder::default();
    let connection = Connection::builder("https://example.com").hook(recorder.clone()).build();
    let connection = connection.expect("the connection is built");
    let mut call = Call::new(&connection, None, &READ);
    call.path("token", "..", &[]);
    let error = block_on(call.send_empty::<Infallible>()).expect_err("the value is not valid");
    assert_eq!(error.invalid_request().map(|invalid| invalid.part()), Some(RequestPart::Path));
    let bearer = Arc::new(Bearer::new(SecretString::from("")));
    let mut call = Call::new(&connection, Some(bearer), &READ);
    call.path("token", "token", &[]);
    block_on(call.send_empty::<Infallible>()).expect_err("the token is empty");
    assert!(recorder.seen.lock().expect("no thread panicked").is_empty());
}
