//! Tests of bodies that are sent and received as streams.

use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use futures_core::Stream;
use oauth_token_clients_runtime::{
    __codegen::{Call, Method, Operation, StatusPattern},
    CallOptions, Connection, ErrorKind, RetryPolicy, StreamError, Upload,
};

use crate::server::{Act, Server, block_on};

static PUT: Operation = Operation {
    name: "put",
    method: Method::PUT,
    path: "/files",
    accept: "*/*",
    idempotent: true,
    success: &[StatusPattern::Code(200)],
    rate_limit: None,
};

/// A stream that returns its chunks without waiting.
pub(crate) struct Chunks(pub(crate) Vec<Result<&'static str, &'static str>>);

impl Stream for Chunks {
    type Item = Result<Vec<u8>, &'static str>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let next = (!self.0.is_empty()).then(|| self.0.remove(0));
        Poll::Ready(next.map(|chunk| chunk.map(|chunk| chunk.as_bytes().to_vec())))
    }
}

fn connection(server: &Server) -> Connection {
    Connection::builder(&server.base_url)
        .retry(RetryPolicy::default())
        .build()
        .expect("the connection is built")
}

#[test]
fn a_stream_is_sent_chunk_by_chunk() {
    let server = Server::start(&[Act::answer(200, &[], "")]);
    let connection = connection(&server);
    let mut call = Call::new(&connection, None, &PUT);
    call.raw("text/csv", Upload::stream(Chunks(vec![Ok("a,b\n"), Ok("1,2\n")])));
    block_on(call.send_empty::<Infallible>()).expect("the server answers");
    let request = server.requests().concat();
    assert!(request.contains("content-type: text/csv\r\n"), "{request}");
    assert!(
        request.contains("transfer-encoding: chunked\r\n") && request.contains("4\r\na,b\n\r\n"),
        "{request}"
    );
}

#[test]
fn a_stream_is_encoded_in_base64_whatever_its_chunks_are() {
    let server = Server::start(&[Act::answer(200, &[], "")]);
    let connection = Connection::new(&server.base_url).expect("the connection is built");
    let mut call = Call::new(&connection, None, &PUT);
    let chunks = Chunks(vec![Ok("a"), Ok(""), Ok("bcde"), Ok("fgh")]);
    call.base64("text/plain", Upload::stream(chunks));
    block_on(call.send_empty::<Infallible>()).expect("the server answers");
    let request = server.requests().concat();
    let (_, body) = request.split_once("\r\n\r\n").expect("there is a body");
    let encoded: Vec<&str> = body.split("\r\n").skip(1).step_by(2).collect();
    assert_eq!(encoded.concat(), "YWJjZGVmZ2g=", "{request}");
}

#[test]
fn a_stream_is_not_sent_twice_even_if_the_operation_is_idempotent() {
    let server = Server::start(&[Act::answer(503, &[], ""), Act::answer(200, &[], "")]);
    let connection = connection(&server);
    let mut call = Call::new(&connection, None, &PUT);
    call.raw("text/csv", Upload::stream(Chunks(vec![Ok("a")])));
    let error = block_on(call.send_empty::<Infallible>()).expect_err("the server is not ready");
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Undocumented, 1));
    let mut call = Call::new(&connection, None, &PUT);
    call.raw("text/csv", "a");
    block_on(call.send_empty::<Infallible>()).expect("bytes are sent again");
}

#[test]
fn a_failing_stream_fails_the_call() {
    let server = Server::start(&[Act::answer(200, &[], "")]);
    let connection = connection(&server);
    let mut call = Call::new(&connection, None, &PUT);
    call.raw("text/csv", Upload::stream(Chunks(vec![Ok("a"), Err("canary")])));
    let error = block_on(call.send_empty::<Infallible>()).expect_err("the body is incomplete");
    assert_eq!(error.kind(), ErrorKind::Transport);
    assert!(!error.to_string().contains("canary"), "{error}");
}

#[test]
fn a_success_is_streamed_and_an_error_is_decoded() {
    let large = "x".repeat(3 << 20);
    let server = Server::start(&[
        Act::answer(200, &[("x-request-id", "r1")], &large),
        Act::answer(404, &[], "gone"),
    ]);
    let connection = Connection::builder(&server.base_url)
        .body_limit(1000)
        .build()
        .expect("the connection is built");
    block_on(async {
        let call = Call::new(&connection, None, &PUT);
        let response = call.send_streaming::<Infallible>().await.expect("the head arrives");
        assert_eq!(response.request_id(), Some("r1"));
        assert_eq!(format!("{:?}", response.value()), "[a stream]");
        let mut body = response.into_value();
        let mut length = 0;
        while let Some(chunk) = body.chunk().await.expect("the body arrives") {
            length += chunk.len();
        }
        assert_eq!(length, large.len());
        let error = Call::new(&connection, None, &PUT)
            .send_streaming::<Infallible>()
            .await
            .expect_err("it is gone");
        assert_eq!(error.raw_body().and_then(|body| body.expose_text()), Some("gone"));
    });
}

#[test]
fn a_body_stream_that_fails_or_stalls_is_an_error() {
    let head = b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nsome".to_vec();
    let pause = Duration::from_secs(60);
    let server = Server::start(&[Act::Send(head.clone()), Act::Drip(head, pause)]);
    let connection = connection(&server);
    block_on(async {
        for expected in
            ["the connection failed while the body was being received", "no data arrived for 0.2 s"]
        {
            let mut call = Call::new(&connection, None, &PUT);
            call.options(CallOptions::new().attempt_timeout(Duration::from_millis(200)));
            let mut body =
                call.send_streaming::<Infallible>().await.expect("the head arrives").into_value();
            let error: StreamError = loop {
                match body.chunk().await {
                    Ok(chunk) => assert!(chunk.is_some(), "the body does not end"),
                    Err(error) => break error,
                }
            };
            assert!(error.to_string().starts_with(expected), "{error}");
        }
    });
}
