//! A single attempt of a call.

use std::convert::Infallible;

use reqwest::Request;
use tokio::time::timeout_at;

use super::deadline::Deadline;
use crate::errors::Cause;
use crate::request::{InvalidRequest, PreparedCall, RequestBody, RequestPart};
use crate::response::Received;
use crate::secrets::{RawBody, ZeroizingBuffer};

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
    prepared: &PreparedCall<'_>,
    Deadline { at, limit }: Deadline,
    stream: &mut Option<reqwest::Response>,
) -> AttemptResult {
    let request = timeout_at(at, request(prepared)).await;
    let request = request
        .map_err(|_| (AttemptError::NotSent(Cause::Timeout(limit)), None))?
        .map_err(|cause| (cause, None))?;
    let response = timeout_at(at, prepared.connection.http().execute(request)).await;
    let mut response =
        match response.map_err(|_| (AttemptError::Sent(Cause::Timeout(limit)), None))? {
            Ok(response) => response,
            Err(error) if error.is_connect() => {
                let origin = prepared.url.origin().ascii_serialization();
                return Err((
                    AttemptError::NotSent(Cause::Connect { error: error.without_url(), origin }),
                    None,
                ));
            }
            // The URL is longer than `http::Uri` allows.
            Err(error) if error.is_builder() => {
                let requirement = "is too long to be sent".to_owned();
                let invalid =
                    InvalidRequest { part: RequestPart::Path, name: String::new(), requirement };
                return Err((AttemptError::NotSent(Cause::InvalidRequest(invalid)), None));
            }
            Err(error) => return Err((AttemptError::Sent(transport(error)), None)),
        };
    let headers = std::mem::take(response.headers_mut());
    let mut received = Received { status: response.status(), headers, body: RawBody::default() };
    if prepared.streams_success && prepared.operation.succeeds_with(received.status) {
        *stream = Some(response);
        return Ok(received);
    }
    let body_limit = prepared.connection.settings().body_limit;
    let mut body = ZeroizingBuffer::default();
    let read = timeout_at(at, read(response, body_limit, &mut body)).await;
    received.body = RawBody::from_buffer(body);
    match read.unwrap_or(Err(Cause::Timeout(limit))) {
        Ok(()) => Ok(received),
        Err(cause) => Err((AttemptError::Sent(cause), Some(received))),
    }
}

async fn request(prepared: &PreparedCall<'_>) -> Result<Request, AttemptError> {
    let mut request = Request::new(prepared.operation.method.clone(), prepared.url.clone());
    request.headers_mut().clone_from(&prepared.options.headers);
    prepared.headers.write(request.headers_mut());
    *request.body_mut() = prepared.body.as_ref().and_then(RequestBody::take);
    if let Some(credential) = prepared.credential {
        let applied = credential.apply(&mut request).await;
        applied.map_err(|error| AttemptError::NotSent(Cause::Credential(error)))?;
    }
    Ok(request)
}

/// Reads the body into `body`, which keeps what arrived if reading fails.
async fn read(
    mut response: reqwest::Response,
    limit: usize,
    body: &mut ZeroizingBuffer,
) -> Result<(), Cause<Infallible>> {
    while let Some(chunk) = response.chunk().await.map_err(transport)? {
        if body.len() + chunk.len() > limit {
            return Err(Cause::BodyTooLarge { limit });
        }
        body.extend(&chunk);
    }
    Ok(())
}

/// Removes the URL from the error, since it may contain a token.
fn transport(error: reqwest::Error) -> Cause<Infallible> {
    Cause::Transport(error.without_url())
}
