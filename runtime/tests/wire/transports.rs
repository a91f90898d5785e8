//! Tests of transports that are not the default one.

use std::convert::Infallible;
use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use http_body::Frame;
use oauth_token_clients_runtime::__codegen::{Call, Method, Operation, StatusPattern};
use oauth_token_clients_runtime::http::{Request, Response};
use oauth_token_clients_runtime::transport::{
    Body, BoxError, BoxFuture, Transport, TransportError,
};
use oauth_token_clients_runtime::{Connection, Error, ErrorKind, RetryPolicy};

use crate::server::block_on;

static MINT: Operation = Operation {
    name: "mint",
    method: Method::POST,
    path: "/tokens",
    accept: "application/json",
    idempotent: false,
    success: &[StatusPattern::Code(200)],
    rate_limit: None,
};

/// A transport that counts requests, and answers each by a function.
#[derive(Clone)]
struct Scripted {
    requests: Arc<AtomicU32>,
    answer: fn(u32) -> Result<Body, TransportError>,
}

impl fmt::Debug for Scripted {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Scripted")
    }
}

impl Transport for Scripted {
    fn send(&self, _: Request<Body>) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        let number = self.requests.fetch_add(1, Ordering::Relaxed);
        Box::pin(std::future::ready((self.answer)(number).map(Response::new)))
    }
}

/// A body that fails.
struct Failing(Option<BoxError>);

impl http_body::Body for Failing {
    type Data = bytes::Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<bytes::Bytes>, BoxError>>> {
        Poll::Ready(self.0.take().map(Err))
    }
}

type Outcome = Result<serde_json::Value, Error<Infallible>>;

/// Returns the outcome of a call, and the number of requests.
fn outcome(answer: fn(u32) -> Result<Body, TransportError>) -> (Outcome, u32) {
    let requests = Arc::new(AtomicU32::new(0));
    let transport = Scripted { requests: Arc::clone(&requests), answer };
    let connection = Connection::builder("https://example.com")
        .retry(RetryPolicy::default().first_backoff(Duration::from_millis(1)))
        .transport(transport)
        .build()
        .expect("the connection is built");
    let outcome = block_on(Call::new(&connection, None, &MINT).send_json());
    (outcome.map(|response| response.into_value()), requests.load(Ordering::Relaxed))
}

#[test]
fn a_server_that_was_not_reached_is_tried_again() {
    let (outcome, requests) = outcome(|number| match number {
        0 => Err(TransportError::unreachable("no route")),
        _ => Ok(Body::from("{}")),
    });
    assert_eq!(
        (outcome.expect("the second attempt succeeds"), requests),
        (serde_json::json!({}), 2)
    );
}

#[test]
fn what_may_have_been_sent_is_not_sent_again() {
    let (outcome, requests) = outcome(|_| Err(TransportError::interrupted("reset")));
    let error = outcome.expect_err("there is no response");
    assert_eq!((error.kind(), error.was_sent(), requests), (ErrorKind::Transport, true, 1));
    let (outcome, requests) = self::outcome(|_| Err(TransportError::unsendable("too long")));
    let error = outcome.expect_err("nothing was sent");
    assert_eq!((error.kind(), error.was_sent(), requests), (ErrorKind::InvalidRequest, false, 1));
}

#[test]
fn the_failure_of_a_body_is_what_the_transport_says_of_it() {
    let late = |_| {
        let error = TransportError::interrupted("late").timed_out();
        Ok(Body::stream(Failing(Some(error.into()))))
    };
    assert_eq!(outcome(late).0.expect_err("no body").kind(), ErrorKind::Timeout);
    let lost = |_| Ok(Body::stream(Failing(Some("lost".into()))));
    assert_eq!(outcome(lost).0.expect_err("no body").kind(), ErrorKind::Transport);
}
