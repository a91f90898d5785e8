//! Why a call failed.

use std::fmt;
use std::str::FromStr;
use std::time::{Duration, SystemTime};

use reqwest::StatusCode;
use reqwest::header::HeaderMap;

use super::display;
use super::{Cause, DocumentedError, ErrorKind, Failure};
use crate::request::InvalidRequest;
use crate::response::{HeaderField, Received};
use crate::retry::{AttemptOutcome, RetryPolicy, requested_wait};
use crate::secrets::RawBody;

/// A failed call; `E` is the operation's enum of documented errors.
///
/// Its message is one line that says what went wrong and what to do about it. No message holds a secret: neither values of
/// parameters, nor bodies, nor URLs, but for the origin of a server that cannot be reached.
pub struct Error<E>(Box<Failure<E>>);

impl<E> Error<E> {
    pub(crate) fn new(failure: Failure<E>) -> Self {
        Self(Box::new(failure))
    }

    /// What kind of failure it is.
    pub fn kind(&self) -> ErrorKind {
        match &self.0.cause {
            Cause::InvalidRequest(_) => ErrorKind::InvalidRequest,
            Cause::Credential(_) => ErrorKind::Credential,
            Cause::Connect { .. } => ErrorKind::Connect,
            Cause::Transport(error) if error.is_timeout() => ErrorKind::Timeout,
            Cause::Timeout(_) => ErrorKind::Timeout,
            Cause::Transport(_) => ErrorKind::Transport,
            Cause::BodyTooLarge { .. } => ErrorKind::BodyTooLarge,
            Cause::Undecodable(_) => ErrorKind::Undecodable,
            Cause::Undocumented => ErrorKind::Undocumented,
            Cause::CrossOriginLink => ErrorKind::CrossOriginLink,
            Cause::Documented(_) => ErrorKind::Documented,
        }
    }

    /// The documented error, if it is one.
    pub fn documented(&self) -> Option<&E> {
        match &self.0.cause {
            Cause::Documented(error) => Some(error),
            _ => None,
        }
    }

    /// The documented error by value.
    ///
    /// # Errors
    /// The error itself if it is none of the documented ones.
    pub fn into_documented(self) -> Result<E, Self> {
        let failure = *self.0;
        match failure.cause {
            Cause::Documented(error) => Ok(error),
            cause => Err(Self::new(Failure { cause, ..failure })),
        }
    }

    /// Whether the request reached, or may have reached, the server.
    pub fn was_sent(&self) -> bool {
        self.0.sent
    }

    /// Whether sending the same call again is safe and may help: nothing was sent, or the call is idempotent and the
    /// failure is of the passing kind, or the server says when to come back.
    pub fn is_retryable(&self) -> bool {
        let idempotent = self.0.operation.idempotent;
        match (&self.0.cause, &self.0.received) {
            (Cause::InvalidRequest(_) | Cause::Credential(_), _) => false,
            (Cause::BodyTooLarge { .. } | Cause::Undecodable(_) | Cause::CrossOriginLink, _) => false,
            (Cause::Connect { origin, .. }, _) => !display::lacks_tls(origin),
            (Cause::Transport(_) | Cause::Timeout(_), _) => idempotent || !self.0.sent,
            (_, Some(received)) => {
                let outcome = AttemptOutcome::Response(received.status, &received.headers);
                RetryPolicy::is_retryable(idempotent, &outcome)
            }
            (_, None) => false,
        }
    }

    /// How long the server asks to wait before the next call: by `Retry-After`, or by the reset of an exhausted rate limit.
    pub fn retry_after(&self) -> Option<Duration> {
        requested_wait(self.headers()?, SystemTime::now())
    }

    /// Number of tries; none if the request was refused before the first one.
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// The server's id of the request, to be quoted to its support.
    pub fn request_id(&self) -> Option<&str> {
        self.0.received.as_ref()?.request_id()
    }

    /// What is wrong with the request, if it was never sent for that.
    pub fn invalid_request(&self) -> Option<&InvalidRequest> {
        match &self.0.cause {
            Cause::InvalidRequest(invalid) => Some(invalid),
            _ => None,
        }
    }

    pub(crate) fn received(&self) -> Option<&Received> {
        self.0.received.as_ref()
    }

    /// Status of the response, if one arrived.
    pub fn status(&self) -> Option<StatusCode> {
        self.0.received.as_ref().map(|received| received.status)
    }

    /// Headers of the response, if one arrived.
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.0.received.as_ref().map(|received| &received.headers)
    }

    /// The value of a documented header, if a response arrived with it and it is of the documented type.
    pub fn header<V: FromStr>(&self, field: HeaderField<V>) -> Option<V> {
        field.read(self.headers()?)
    }

    /// Body of the response as it arrived, if one did.
    pub fn raw_body(&self) -> Option<&RawBody> {
        self.0.received.as_ref().map(|received| &received.body)
    }
}

impl<E: DocumentedError> fmt::Display for Error<E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        display::write(&self.0, formatter)
    }
}

impl<E: DocumentedError> fmt::Debug for Error<E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Error")
            .field("operation", &self.0.operation.name)
            .field("kind", &self.kind())
            .field("message", &format_args!("{self}"))
            // What the server says may repeat what was sent to it, so that only whoever asks for it prints it.
            .field("documented", &self.documented().map(E::description))
            .field("received", &self.0.received)
            .finish()
    }
}

impl<E: DocumentedError> std::error::Error for Error<E> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.0.cause {
            Cause::InvalidRequest(invalid) => Some(invalid),
            Cause::Credential(error) => Some(error),
            Cause::Connect { error, .. } | Cause::Transport(error) => Some(error),
            Cause::Undecodable(error) => Some(error),
            _ => None,
        }
    }
}
