//! Sends a call: tries, waits in between, and what the response means.

use std::borrow::Cow;
use std::time::{Duration, SystemTime};

use reqwest::Request;
use reqwest::StatusCode;
use serde::de::DeserializeOwned;
use tokio::time::{Instant, timeout_at};

use crate::call::Prepared;
use crate::error::{Cause, Failure, Limit};
use crate::observe::{CallSpan, observed};
use crate::retry::Outcome;
use crate::upload::SentBody;
use crate::wiped::WipedBuffer;
use crate::{
    BodyStream, ByStatus, Call, DecodeError, DocumentedError, Error, InvalidRequest, Place, RawBody, Received,
    Response, RetryPolicy,
};

impl Call<'_> {
    /// Sends the request; the body of a success is JSON.
    ///
    /// # Errors
    /// See [`ErrorKind`](crate::ErrorKind).
    pub async fn send_json<T: DeserializeOwned, E: DocumentedError>(self) -> Result<Response<T>, Error<E>> {
        self.send(|received, _| received.json()).await
    }

    /// Sends the request; a success has no body, and one that comes nevertheless is kept raw.
    ///
    /// # Errors
    /// See [`ErrorKind`](crate::ErrorKind).
    pub async fn send_empty<E: DocumentedError>(self) -> Result<Response<()>, Error<E>> {
        self.send(|_, _| Ok(())).await
    }

    /// Sends the request; the body of a success is given as it comes.
    ///
    /// # Errors
    /// See [`ErrorKind`](crate::ErrorKind).
    pub async fn send_raw<E: DocumentedError>(self) -> Result<Response<RawBody>, Error<E>> {
        self.send(|received, _| Ok(received.body.clone())).await
    }

    /// Sends the request; the body of a success is read by the caller while it arrives.
    ///
    /// # Errors
    /// See [`ErrorKind`](crate::ErrorKind). The head of a success has arrived when this ends; what comes behind it has errors
    /// of its own.
    pub async fn send_streaming<E: DocumentedError>(mut self) -> Result<Response<BodyStream>, Error<E>> {
        self.stream_success();
        self.send(|_, rest| Ok(rest.unwrap_or_else(BodyStream::empty))).await
    }

    /// Sends the request; the status of a success decides what its body is.
    ///
    /// # Errors
    /// See [`ErrorKind`](crate::ErrorKind).
    pub async fn send_by_status<T: ByStatus, E: DocumentedError>(self) -> Result<Response<T>, Error<E>> {
        self.send(|received, _| T::by_status(received)).await
    }

    async fn send<T, E: DocumentedError>(self, decode: Decode<T>) -> Result<Response<T>, Error<E>> {
        let operation = self.operation();
        match self.prepare() {
            Ok(prepared) => send_prepared(&prepared, decode).await,
            Err(invalid) => {
                let cause = Cause::InvalidRequest(invalid);
                Err(Error::new(Failure { operation, cause, received: None, refused: None, attempts: 0, sent: false }))
            }
        }
    }
}

/// Makes the value of a success out of what was received, and of what is still to come if it is streamed.
pub(crate) type Decode<T> = fn(&Received, Option<BodyStream>) -> Result<T, DecodeError>;

/// Sends a request whose values are all allowed.
pub(crate) async fn send_prepared<T, E: DocumentedError>(
    prepared: &Prepared<'_>,
    decode: Decode<T>,
) -> Result<Response<T>, Error<E>> {
    let operation = prepared.operation;
    let span = CallSpan::of(operation);
    let Exchange { tried, rest, attempts, sent } = observed(&span, exchange(prepared)).await;
    let (cause, received) = match tried {
        // A body that breaks off does not change what the status says.
        Err((Broken::Sent(cause), Some(received))) if !operation.succeeds_with(received.status) => {
            let documented = E::by_status(&received).map(Cause::Documented);
            (documented.unwrap_or_else(|| cause.without_document()), Some(received))
        }
        Err((broken, received)) => (broken.into_cause(), received),
        Ok(received) if !operation.succeeds_with(received.status) => {
            let cause = E::by_status(&received).map_or(Cause::Undocumented, Cause::Documented);
            (cause, Some(received))
        }
        Ok(received) => match decode(&received, rest) {
            Ok(value) => {
                span.ended(Some(&received), None, attempts);
                return Ok(Response::new(value, received, attempts));
            }
            Err(error) => (Cause::Undecodable(error), Some(received)),
        },
    };
    let refused = received.as_ref().is_some_and(|received| received.status == StatusCode::UNAUTHORIZED);
    let refused = refused.then(|| prepared.credential.map_or(Cow::Borrowed(""), |credential| credential.in_words()));
    let error = Error::new(Failure { operation, cause, received, refused, attempts, sent });
    span.ended(error.received(), Some(error.kind()), attempts);
    Err(error)
}

/// Why a try gave no whole response.
enum Broken {
    /// Nothing was sent.
    Unsent(Cause<Never>),
    /// The request was, or may have been, sent.
    Sent(Cause<Never>),
}

/// No documented error: none can be known before a response is there.
type Never = std::convert::Infallible;

impl Broken {
    fn into_cause<E>(self) -> Cause<E> {
        let (Self::Unsent(cause) | Self::Sent(cause)) = self;
        cause.without_document()
    }
}

/// Longer than any call, and short enough to be added to the time of day.
const FOREVER: Duration = Duration::from_secs(60 * 60 * 24 * 365 * 30);

/// When a limit ends.
#[derive(Clone, Copy)]
struct Deadline {
    at: Instant,
    limit: Limit,
}

impl Limit {
    fn starting_now(self) -> Deadline {
        let (Self::Attempt(time) | Self::Total(time)) = self;
        Deadline { at: Instant::now() + time.min(FOREVER), limit: self }
    }
}

impl Deadline {
    fn earlier(self, other: Self) -> Self {
        if other.at < self.at { other } else { self }
    }

    fn remaining(self) -> Duration {
        self.at.saturating_duration_since(Instant::now())
    }
}

type Tried = Result<Received, (Broken, Option<Received>)>;

/// What all tries came to.
struct Exchange {
    /// The last try.
    tried: Tried,
    /// The body of a success that the caller reads.
    rest: Option<BodyStream>,
    attempts: u32,
    /// Whether one of them reached, or may have reached, the server.
    sent: bool,
}

/// Sends the request as often as it is safe and sensible.
async fn exchange(prepared: &Prepared<'_>) -> Exchange {
    let settings = prepared.connection.settings();
    let retry: RetryPolicy = prepared.options.retry.unwrap_or(settings.retry);
    let total = Limit::Total(prepared.options.total_timeout.unwrap_or(settings.total_timeout)).starting_now();
    let of_one = Limit::Attempt(prepared.options.attempt_timeout.unwrap_or(settings.attempt_timeout));
    let (mut attempts, mut sent) = (0, false);
    loop {
        attempts += 1;
        let mut rest = None;
        let tried = attempt(prepared, total.earlier(of_one.starting_now()), &mut rest).await;
        sent |= !matches!(tried, Err((Broken::Unsent(_), _)));
        if let (Ok(received) | Err((_, Some(received))), Some(credential)) = (&tried, prepared.credential)
            && received.status == StatusCode::UNAUTHORIZED
        {
            credential.refused();
        }
        let Some(wait) = wait(&retry, attempts, prepared, &tried).filter(|wait| *wait < total.remaining()) else {
            let (Limit::Attempt(timeout) | Limit::Total(timeout)) = of_one;
            let rest = rest.map(|rest| BodyStream::new(rest, timeout));
            return Exchange { tried, rest, attempts, sent };
        };
        tokio::time::sleep(wait).await;
    }
}

fn wait(retry: &RetryPolicy, attempt: u32, prepared: &Prepared<'_>, tried: &Tried) -> Option<Duration> {
    if prepared.body.as_ref().is_some_and(|body| !body.is_repeatable()) {
        return None;
    }
    let outcome = match tried {
        Ok(received) => Outcome::Answered(received.status, &received.headers),
        Err((Broken::Unsent(Cause::Connect { .. }), _)) => Outcome::NotSent,
        Err((Broken::Unsent(_), _)) => return None,
        Err((Broken::Sent(Cause::BodyTooLarge { .. }), _)) => return None,
        Err((Broken::Sent(_), _)) => Outcome::Broken,
    };
    retry.wait(attempt, prepared.operation.idempotent, &outcome, SystemTime::now())
}

/// Sends the request once and reads the whole response, up to a deadline. Of a success that is streamed it reads the head.
async fn attempt(
    prepared: &Prepared<'_>,
    Deadline { at, limit }: Deadline,
    rest: &mut Option<reqwest::Response>,
) -> Tried {
    let request = timeout_at(at, request(prepared)).await;
    let request = request.map_err(|_| (Broken::Unsent(Cause::Timeout(limit)), None))?.map_err(|cause| (cause, None))?;
    let response = timeout_at(at, prepared.connection.http().execute(request)).await;
    let mut response = match response.map_err(|_| (Broken::Sent(Cause::Timeout(limit)), None))? {
        Ok(response) => response,
        Err(error) if error.is_connect() => {
            let origin = prepared.url.origin().ascii_serialization();
            return Err((Broken::Unsent(Cause::Connect { error: error.without_url(), origin }), None));
        }
        // A URL can have no more bytes than http::Uri takes.
        Err(error) if error.is_builder() => {
            let requirement = "is too long to be sent".to_owned();
            let invalid = InvalidRequest { place: Place::Path, name: String::new(), requirement };
            return Err((Broken::Unsent(Cause::InvalidRequest(invalid)), None));
        }
        Err(error) => return Err((Broken::Sent(transport(error)), None)),
    };
    let headers = std::mem::take(response.headers_mut());
    let mut received = Received { status: response.status(), headers, body: RawBody::default() };
    if prepared.streams_success && prepared.operation.succeeds_with(received.status) {
        *rest = Some(response);
        return Ok(received);
    }
    let body_limit = prepared.connection.settings().body_limit;
    let mut body = WipedBuffer::default();
    let read = timeout_at(at, read(response, body_limit, &mut body)).await;
    received.body = RawBody::from_buffer(body);
    match read.unwrap_or(Err(Cause::Timeout(limit))) {
        Ok(()) => Ok(received),
        Err(cause) => Err((Broken::Sent(cause), Some(received))),
    }
}

async fn request(prepared: &Prepared<'_>) -> Result<Request, Broken> {
    let mut request = Request::new(prepared.operation.method.clone(), prepared.url.clone());
    request.headers_mut().clone_from(&prepared.options.headers);
    prepared.headers.write(request.headers_mut());
    *request.body_mut() = prepared.body.as_ref().and_then(SentBody::take);
    if let Some(credential) = prepared.credential {
        let applied = credential.apply(&mut request).await;
        applied.map_err(|error| Broken::Unsent(Cause::Credential(error)))?;
    }
    Ok(request)
}

/// Reads what comes into `body`, which keeps it when the rest does not come.
async fn read(mut response: reqwest::Response, limit: usize, body: &mut WipedBuffer) -> Result<(), Cause<Never>> {
    while let Some(chunk) = response.chunk().await.map_err(transport)? {
        if body.len() + chunk.len() > limit {
            return Err(Cause::BodyTooLarge { limit });
        }
        body.extend(&chunk);
    }
    Ok(())
}

/// The URL of the error goes: it can hold a token.
fn transport(error: reqwest::Error) -> Cause<Never> {
    Cause::Transport(error.without_url())
}
