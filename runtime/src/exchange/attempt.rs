//! A single attempt of a call.

use std::convert::Infallible;

use bytes::Bytes;
use http::{Request, Uri};
use http_body::Frame;
use http_body_util::BodyExt as _;
use tokio::time::{Instant, timeout_at};

use super::deadline::Deadline;
use crate::errors::Cause;
use crate::hooks::{Attempt, Ended};
use crate::request::{InvalidRequestError, PreparedCall, RequestBody, RequestPart};
use crate::response::{Received, Sent};
use crate::secrets::{RawBody, ZeroizingBuffer};
use crate::transport::{Body, TransportError};

/// The reason why an attempt returned no complete response.
pub(super) enum AttemptError {
    /// Nothing was sent.
    NotSent(Cause<Infallible>),
    /// The request was or may have been sent.
    Sent(Cause<Infallible>),
}

impl AttemptError {
    pub(super) fn into_cause<E>(self) -> Cause<E> {
        let (Self::NotSent(cause) | Self::Sent(cause)) = self;
        cause.widen()
    }
}

/// A complete response, or an error with what arrived of the response.
pub(super) type AttemptResult = Result<Received, (AttemptError, Option<Received>)>;

/// Sends the request once and reads the response until a deadline. If the caller reads the body of
/// a success, only the head is read, and `stream` is set.
pub(super) async fn attempt(
    prepared: &PreparedCall,
    number: u32,
    deadline: Deadline,
    stream: &mut Option<Body>,
) -> AttemptResult {
    let Deadline { at, limit } = deadline;
    let request = timeout_at(at, request(prepared)).await;
    let request = request
        .map_err(|_| (AttemptError::NotSent(Cause::Timeout(limit)), None))?
        .map_err(|cause| (cause, None))?;
    let operation = prepared.operation;
    let attempt = Attempt {
        operation: operation.name,
        method: &operation.method,
        path_template: operation.path,
        number,
    };
    let hooks = &prepared.connection.settings().hooks;
    hooks.before(attempt, &request);
    let start = Instant::now();
    let result = send(prepared, request, deadline, stream).await;
    hooks.after(attempt, ended(&result, start));
    result
}

/// Returns what hooks may know of the end of an attempt.
fn ended(result: &AttemptResult, start: Instant) -> Ended<'_> {
    let (received, complete) = match result {
        Ok(received) => (Some(received), true),
        Err((_, received)) => (received.as_ref(), false),
    };
    let received =
        received.map(|received| (received.status, &received.headers, received.body.len()));
    Ended { received, complete, elapsed: start.elapsed() }
}

/// Sends a complete request and reads the response until a deadline.
async fn send(
    prepared: &PreparedCall,
    request: Request<Body>,
    Deadline { at, limit }: Deadline,
    stream: &mut Option<Body>,
) -> AttemptResult {
    let sent = Sent::of(&request);
    let response = timeout_at(at, prepared.connection.send(&prepared.url, request)).await;
    let response = response
        .map_err(|_| (AttemptError::Sent(Cause::Timeout(limit)), None))?
        .map_err(|error| (failed(error, prepared), None))?;
    let (head, body) = response.into_parts();
    let is_success = prepared.operation.succeeds_with(head.status);
    let mut received = Received::answering(sent, head, is_success);
    if prepared.streams_success && is_success {
        *stream = Some(body);
        return Ok(received);
    }
    let body_limit = prepared.connection.settings().body_limit;
    let mut bytes = ZeroizingBuffer::default();
    let read = timeout_at(at, read(body, body_limit, &mut bytes)).await;
    received.body = RawBody::from_buffer(bytes);
    match read.unwrap_or(Err(Cause::Timeout(limit))) {
        Ok(()) => Ok(received),
        Err(cause) => Err((AttemptError::Sent(cause), Some(received))),
    }
}

fn failed(error: TransportError, prepared: &PreparedCall) -> AttemptError {
    if error.is_unsendable() {
        return AttemptError::NotSent(Cause::InvalidRequest(too_long()));
    }
    if error.was_sent() {
        return AttemptError::Sent(Cause::Transport(error));
    }
    let origin = prepared.url.origin().ascii_serialization();
    AttemptError::NotSent(Cause::Connect { error, origin })
}

/// The URL is longer than [`Uri`] allows.
fn too_long() -> InvalidRequestError {
    let requirement = "is too long to be sent".to_owned();
    InvalidRequestError { part: RequestPart::Path, name: String::new(), requirement }
}

async fn request(prepared: &PreparedCall) -> Result<Request<Body>, AttemptError> {
    let url = Uri::try_from(prepared.url.as_str())
        .map_err(|_| AttemptError::NotSent(Cause::InvalidRequest(too_long())))?;
    let body = prepared.body.as_ref().and_then(RequestBody::take).unwrap_or_default();
    let mut request = Request::new(body);
    request.method_mut().clone_from(&prepared.operation.method);
    *request.uri_mut() = url;
    request.headers_mut().clone_from(&prepared.options.headers);
    prepared.headers.write(request.headers_mut());
    if let Some(credential) = &prepared.credential {
        let applied = credential.apply(&mut request).await;
        applied.map_err(|error| AttemptError::NotSent(Cause::Credential(error)))?;
    }
    Ok(request)
}

/// Reads the body into `bytes`, which keeps what arrived if reading fails.
async fn read(
    mut body: Body,
    limit: usize,
    bytes: &mut ZeroizingBuffer,
) -> Result<(), Cause<Infallible>> {
    while let Some(chunk) = chunk(&mut body).await? {
        if bytes.len() + chunk.len() > limit {
            return Err(Cause::BodyTooLarge { limit });
        }
        bytes.extend(&chunk);
    }
    Ok(())
}

/// Reads the next chunk, without trailers.
async fn chunk(body: &mut Body) -> Result<Option<Bytes>, Cause<Infallible>> {
    loop {
        match body.frame().await.map(|frame| frame.map(Frame::into_data)) {
            None => return Ok(None),
            Some(Ok(Ok(data))) => return Ok(Some(data)),
            Some(Ok(Err(_))) => {}
            Some(Err(error)) => return Err(Cause::Transport(TransportError::of_body(error))),
        }
    }
}
