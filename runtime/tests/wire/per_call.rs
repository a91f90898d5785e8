//! Tests of a single call: its headers and limits, its refused token, and dropping it.

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use oauth_token_clients_runtime::http::header::{AUTHORIZATION, HeaderName, HeaderValue};
use oauth_token_clients_runtime::{
    __codegen::{Call, Method, Operation, StatusPattern},
    Bearer, CallOptions, Connection, ErrorKind, SecretString, TokenSource, TokenSourceError,
};

use crate::server::{Act, Server, block_on};

static READ: Operation = Operation {
    name: "read",
    method: Method::GET,
    path: "/tokens",
    accept: "*/*",
    idempotent: true,
    success: &[StatusPattern::Code(200)],
    rate_limit: None,
};

/// A token source that returns a new token after the previous one was refused.
#[derive(Clone, Default)]
struct Counting(Arc<AtomicU32>);

impl TokenSource for Counting {
    async fn token(&self) -> Result<SecretString, TokenSourceError> {
        Ok(SecretString::from(format!("token-{}", self.0.load(Ordering::Relaxed))))
    }

    fn refused(&self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

#[test]
fn a_token_source_is_told_that_its_token_was_refused() {
    let server = Server::start(&[Act::answer(401, &[], ""), Act::answer(200, &[], "")]);
    let connection = Connection::new(&server.base_url).expect("the connection is built");
    let bearer = Bearer::new(Counting::default());
    let call =
        || Call::new(&connection, Some(Arc::new(bearer.clone())), &READ).send_empty::<Infallible>();
    assert_eq!(
        block_on(call()).expect_err("the first token is refused").kind(),
        ErrorKind::Undocumented
    );
    block_on(call()).expect("the second token is accepted");
    let requests = server.requests();
    assert!(
        requests[0].contains("Bearer token-0") || requests[0].contains("bearer token-0"),
        "{}",
        requests[0]
    );
    assert!(requests[1].contains("token-1"), "{}", requests[1]);
}

#[test]
fn call_headers_do_not_replace_the_credential() {
    let server = Server::start(&[Act::answer(200, &[], "")]);
    let connection = Connection::new(&server.base_url).expect("the connection is built");
    let bearer = Bearer::new(Counting::default());
    let mut call = Call::new(&connection, Some(Arc::new(bearer.clone())), &READ);
    let options = CallOptions::new()
        .header(HeaderName::from_static("x-trace"), HeaderValue::from_static("1"))
        .header(AUTHORIZATION, HeaderValue::from_static("Bearer another"));
    call.options(options);
    block_on(call.send_empty::<Infallible>()).expect("the server answers");
    let request = server.requests().concat();
    assert!(
        request.contains("x-trace: 1")
            && request.contains("token-0")
            && !request.contains("another"),
        "{request}"
    );
}

#[test]
fn a_call_can_have_its_own_limits_and_be_dropped() {
    let server = Server::start(&[Act::Hang]);
    let connection = Connection::new(&server.base_url).expect("the connection is built");
    let mut call = Call::new(&connection, None, &READ);
    call.options(CallOptions::new().total_timeout(Duration::from_millis(100)));
    let error = block_on(call.send_empty::<Infallible>()).expect_err("the server never answers");
    assert_eq!((error.kind(), error.was_sent()), (ErrorKind::Timeout, true));
    let dropped = block_on(async {
        let call = Call::new(&connection, None, &READ).send_empty::<Infallible>();
        tokio::time::timeout(Duration::from_millis(100), call).await
    });
    assert!(dropped.is_err(), "the call was dropped while it waited");
    let again = Server::start(&[Act::answer(200, &[], "")]);
    let connection = Connection::new(&again.base_url).expect("the connection is built");
    block_on(Call::new(&connection, None, &READ).send_empty::<Infallible>())
        .expect("others are not affected");
}
