//! Tests of what is left of a secret in memory after its last owner was dropped.
//!
//! They read the memory of their own process, so they have a process of their own, and take turns.

#![cfg(target_os = "linux")]

mod canary;

use std::convert::Infallible;
use std::fmt;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::{Arc, Mutex, PoisonError};

use oauth_token_clients_runtime::http::{HeaderValue, Request, Response};
use oauth_token_clients_runtime::transport::{Body, BoxFuture, Transport, TransportError};
use oauth_token_clients_runtime::{
    __codegen::{Call, Explode, Method, Operation, StatusPattern, Style, Validate},
    ApiKey, Basic, Bearer, Connection, Credential, RequestPart, SecretString,
};
use serde::{Deserialize, Serialize};
use tokio::runtime::{Builder, Runtime};
use zeroize::Zeroizing;

use canary::{Canary, USER};

const RESET: Operation = Operation {
    name: "reset",
    method: Method::POST,
    path: "/tokens",
    accept: "application/json",
    idempotent: false,
    success: &[StatusPattern::Code(200)],
    rate_limit: None,
};

const READ: Operation = Operation { path: "/tokens/{token}", ..RESET };

#[derive(Deserialize, Serialize)]
struct Token {
    token: SecretString,
}

impl Validate for Token {}

#[derive(Clone, Deserialize)]
struct Answer {
    #[serde(default)]
    token: Option<SecretString>,
    #[serde(default)]
    id: Option<u32>,
}

/// A call with a canary in it.
struct Case {
    operation: &'static Operation,
    credential: fn(&Canary) -> Option<Arc<dyn Credential>>,
    fill: fn(&mut Call, &Canary),
    status: u16,
    answer: fn(&Canary) -> Zeroizing<String>,
}

const EMPTY: Case = Case {
    operation: &RESET,
    credential: |_| None,
    fill: |_, _| {},
    status: 200,
    answer: |_| Zeroizing::new("{}".to_owned()),
};

/// Answers a request in memory, and counts the copies of the canary meanwhile.
struct InMemory {
    canary: Arc<Canary>,
    case: Arc<Case>,
    seen: Arc<Mutex<usize>>,
}

impl fmt::Debug for InMemory {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("InMemory")
    }
}

impl Transport for InMemory {
    fn send(
        &self,
        request: Request<Body>,
    ) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        let mut response =
            Response::new(Body::from((self.case.answer)(&self.canary).as_bytes().to_vec()));
        *response.status_mut() = self.case.status.try_into().expect("a status code");
        // It is compared with all that was sent.
        let id = HeaderValue::from_static("0123456789");
        response.headers_mut().insert("x-request-id", id);
        *self.seen.lock().expect("no thread panicked") = self.canary.copies();
        drop(request);
        Box::pin(async { Ok(response) })
    }
}

/// One test at a time: each would find its canary in the buffer of another.
static TURN: Mutex<()> = Mutex::new(());

fn runtime() -> Runtime {
    Builder::new_current_thread().enable_all().build().expect("a runtime starts")
}

/// Makes the call of a case, and drops all that came of it.
fn send(runtime: &Runtime, connection: &Connection, case: &Case, canary: &Canary) {
    let mut call = Call::new(connection, (case.credential)(canary), case.operation);
    (case.fill)(&mut call, canary);
    match runtime.block_on(call.send_json::<Answer, Infallible>()) {
        Ok(response) => {
            let answer = response.clone().into_value();
            let _ = (format!("{:?}", answer.token), answer.id);
        }
        Err(error) => {
            let body = error.json::<Answer>().expect("a response arrived");
            let _ = (format!("{error} {error:?}"), body.map(|body| body.token.is_some()));
        }
    }
}

/// Checks that no copy is left of a canary that a call sends or receives.
#[track_caller]
fn check(case: Case) {
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let (canary, case) = (Arc::new(Canary::new()), Arc::new(case));
    let seen = Arc::new(Mutex::new(0));
    let transport =
        InMemory { canary: Arc::clone(&canary), case: Arc::clone(&case), seen: Arc::clone(&seen) };
    let connection = Connection::builder("https://example.com").transport(transport).build();
    send(&runtime(), &connection.expect("the connection is built"), &case, &canary);
    assert!(*seen.lock().expect("no thread panicked") > 0, "the canary is there during the call");
    assert_eq!(canary.copies(), 0);
}

#[test]
fn a_string_that_is_not_wiped_is_found() {
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let canary = Canary::new();
    assert_eq!(canary.copies(), 0);
    let secret = canary.secret();
    assert_eq!(canary.copies(), 1);
    // The allocator reuses the start of what is freed, so the canary is at the end.
    drop((canary.between(&"-".repeat(2000), "").as_str().to_owned(), secret));
    assert_eq!(canary.copies(), 1, "freed, and still there");
}

fn token(canary: &Canary) -> SecretString {
    SecretString::from(canary.secret().as_str())
}

#[test]
fn credentials_are_wiped() {
    check(Case { credential: |canary| Some(Arc::new(Basic::new(USER, token(canary)))), ..EMPTY });
    check(Case { credential: |canary| Some(Arc::new(Bearer::new(token(canary)))), ..EMPTY });
    check(Case {
        credential: |canary| Some(Arc::new(ApiKey::in_cookie("key", token(canary)))),
        ..EMPTY
    });
}

#[test]
fn what_is_sent_in_headers_and_bodies_is_wiped() {
    check(Case { fill: |call, canary| call.header("x-otp", &token(canary), &[]), ..EMPTY });
    check(Case {
        fill: |call, canary| {
            let (name, style) = ("token", Style::Form);
            call.styled(RequestPart::Cookie, name, &token(canary), style, Explode::Yes);
        },
        ..EMPTY
    });
    check(Case {
        fill: |call, canary| {
            let (name, style) = ("x-token", Style::Simple);
            call.styled(
                RequestPart::Header,
                name,
                &Token { token: token(canary) },
                style,
                Explode::Yes,
            );
        },
        ..EMPTY
    });
    check(Case {
        fill: |call, canary| call.json("application/json", &Token { token: token(canary) }),
        ..EMPTY
    });
    check(Case {
        fill: |call, canary| {
            call.form("application/x-www-form-urlencoded", &Token { token: token(canary) }, &[])
        },
        ..EMPTY
    });
    // It is percent-encoded, and decoded for the comparison with the request ID.
    check(Case {
        fill: |call, canary| {
            let token = SecretString::from(canary.between("%", "").as_str());
            call.form("application/x-www-form-urlencoded", &Token { token }, &[])
        },
        ..EMPTY
    });
    check(Case {
        fill: |call, canary| {
            call.multipart("multipart/form-data", &Token { token: token(canary) }, &[])
        },
        ..EMPTY
    });
}

#[test]
fn what_is_received_is_wiped() {
    check(Case { answer: |canary| canary.between(r#"{"token": ""#, r#""}"#), ..EMPTY });
    // What does not have the documented type is left out by another path.
    check(Case { answer: |canary| canary.between(r#"{"id": {"x": ""#, r#""}}"#), ..EMPTY });
    check(Case { answer: |canary| canary.between(r#"{"id": "x", "token": ""#, r#""}"#), ..EMPTY });
    check(Case {
        status: 404,
        answer: |canary| canary.between(r#"{"token": ""#, r#""}"#),
        ..EMPTY
    });
    check(Case { status: 404, answer: |canary| canary.between("<p>", "</p>"), ..EMPTY });
}

/// Answers one request on loopback, without a copy of its own.
fn serve(listener: &TcpListener, answer: &str) {
    let (mut stream, _) = listener.accept().expect("the client connects");
    let mut request = Zeroizing::new(vec![0; 1 << 16]);
    let mut count = 0;
    while !request[..count].ends_with(b"}") && !request[..count].ends_with(b"\r\n\r\n") {
        count += stream.read(&mut request[count..]).expect("the request can be read");
    }
    let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", answer.len());
    stream.write_all(head.as_bytes()).expect("the head is taken");
    stream.write_all(answer.as_bytes()).expect("the body is taken");
}

/// Prints the copies that are left of a canary that was sent or received by HTTP.
fn measure(what: &str, case: &Case) {
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let canary = Canary::new();
    let listener = TcpListener::bind("127.0.0.1:0").expect("loopback has a free port");
    let base_url = format!("http://{}", listener.local_addr().expect("the listener is bound"));
    let answer = (case.answer)(&canary);
    let server = std::thread::spawn(move || serve(&listener, &answer));
    let connection = Connection::new(&base_url).expect("the connection is built");
    let runtime = runtime();
    send(&runtime, &connection, case, &canary);
    server.join().expect("the server ran to its end");
    let alive = canary.copies();
    drop((runtime, connection));
    eprintln!("{what}: {alive} copies, {} after the client is dropped", canary.copies());
}

/// What SECURITY.md says of other libraries comes from here.
#[test]
#[ignore = "a measurement of what other libraries leave, to be read by a person"]
fn copies_that_other_libraries_leave() {
    measure(
        "header",
        &Case { credential: |canary| Some(Arc::new(Bearer::new(token(canary)))), ..EMPTY },
    );
    let query: Case = Case {
        fill: |call, canary| call.query("token", &token(canary), &[], Explode::Yes),
        ..EMPTY
    };
    measure("query", &query);
    measure(
        "path",
        &Case {
            operation: &READ,
            fill: |call, canary| call.path("token", &token(canary), &[]),
            ..EMPTY
        },
    );
    measure(
        "body",
        &Case {
            fill: |call, canary| call.json("application/json", &Token { token: token(canary) }),
            ..EMPTY
        },
    );
    measure(
        "response",
        &Case { answer: |canary| canary.between(r#"{"token": ""#, r#""}"#), ..EMPTY },
    );
    measure(
        "escaped response",
        &Case { answer: |canary| canary.between(r#"{"token": "\u0041"#, r#""}"#), ..EMPTY },
    );
}
