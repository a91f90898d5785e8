//! The error of a call.

use std::fmt;
use std::str::FromStr;
use std::time::{Duration, SystemTime};

use http::StatusCode;
use http::header::HeaderMap;
use serde::de::DeserializeOwned;

use super::display;
use super::{Cause, DocumentedError, ErrorKind, Failure};
use crate::credentials::{CredentialError, TokenSourceError};
use crate::request::InvalidRequestError;
use crate::response::{DecodeError, Decoded, HeaderField, Notices, Received};
use crate::retry::{AttemptOutcome, RetryPolicy};
use crate::secrets::RawBody;

/// The error of a failed call. `E` is the enum of the operation's documented errors.
///
/// The message is one line that says what went wrong and what to do about it. It contains no
/// secrets: no parameter values, no bodies, and no URLs except the origin of a server that cannot
/// be reached.
pub struct Error<E>(Box<Failure<E>>);

impl<E> Error<E> {
    pub(crate) fn new(failure: Failure<E>) -> Self {
        Self(Box::new(failure))
    }

    /// Returns the kind of the error.
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

    /// Returns the documented error, if it is one.
    pub fn documented(&self) -> Option<&E> {
        match &self.0.cause {
            Cause::Documented(error) => Some(error),
            _ => None,
        }
    }

    /// Returns the documented error by value.
    ///
    /// # Errors
    /// The error itself if it is not a documented error.
    pub fn into_documented(self) -> Result<E, Self> {
        let failure = *self.0;
        match failure.cause {
            Cause::Documented(error) => Ok(error),
            cause => Err(Self::new(Failure { cause, ..failure })),
        }
    }

    /// Returns true if the request reached or may have reached the server.
    pub fn was_sent(&self) -> bool {
        self.0.sent
    }

    /// Returns true if sending the same call again is safe and may help.
    ///
    /// This is so if the server was not reached, if the call is idempotent and the failure may be
    /// temporary, or if the server says when to try again.
    pub fn is_retryable(&self) -> bool {
        let idempotent = self.0.operation.idempotent;
        match (&self.0.cause, self.0.answer()) {
            (Cause::InvalidRequest(_) | Cause::Credential(_), _) => false,
            (Cause::BodyTooLarge { .. } | Cause::Undecodable(_) | Cause::CrossOriginLink, _) => {
                false
            }
            (Cause::Connect { origin, .. }, _) => !display::lacks_tls(origin),
            (Cause::Transport(error), None) if error.is_refused() => true,
            (Cause::Transport(_) | Cause::Timeout(_), _) => idempotent || !self.0.sent,
            (_, Some(answer)) => {
                RetryPolicy::is_retryable(idempotent, &AttemptOutcome::Response(answer))
            }
            (_, None) => false,
        }
    }

    /// Returns true if a rate limit is exceeded, as the document says that the server tells it.
    pub fn is_rate_limited(&self) -> bool {
        self.0.answer().is_some_and(|answer| answer.is_rate_limited())
    }

    /// Returns the wait that the server asks for: `Retry-After`, the time until an exhausted rate
    /// limit is reset, or the wait that the document states for an exceeded limit.
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.answer()?.requested_wait(SystemTime::now())
    }

    /// Returns the name of the error that the server sent, such as `AuthorizationFailed`, if the
    /// document marks the property that has it. It is part of the message.
    ///
    /// A name that is longer than 64 bytes, has characters that names do not have, or repeats what
    /// was sent, is left out.
    pub fn code(&self) -> Option<&str> {
        self.0.code.as_deref()
    }

    /// Returns what the server announces in the headers, such as a deprecation, if a response
    /// arrived.
    pub fn notices(&self) -> Notices {
        self.headers().map(Notices::of).unwrap_or_default()
    }

    /// Returns the claims that the server wants a token to have, from a 401 with the error
    /// `insufficient_claims`, such as that of Microsoft's Continuous Access Evaluation. Request a
    /// token with them; the call is not sent again by itself.
    pub fn claims_challenge(&self) -> Option<String> {
        self.0.claims_challenge()
    }

    /// Returns the number of attempts, which is 0 if the request was invalid.
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// Returns the ID that the server gave the request, to quote to the vendor's support.
    pub fn request_id(&self) -> Option<&str> {
        self.0.received.as_ref()?.request_id()
    }

    /// Returns the reason why the request was not sent, if it was invalid.
    pub fn invalid_request(&self) -> Option<&InvalidRequestError> {
        match &self.0.cause {
            Cause::InvalidRequest(invalid) => Some(invalid),
            _ => None,
        }
    }

    /// Returns the reason why the token source returned no token, if that is what went wrong. It
    /// may contain secrets, so neither the message nor [`source`](std::error::Error::source) has
    /// it.
    pub fn token_source_error(&self) -> Option<&TokenSourceError> {
        match &self.0.cause {
            Cause::Credential(CredentialError::Source(error)) => Some(error),
            _ => None,
        }
    }

    pub(crate) fn received(&self) -> Option<&Received> {
        self.0.received.as_ref()
    }

    /// Returns the status code, if a response arrived.
    pub fn status(&self) -> Option<StatusCode> {
        self.0.received.as_ref().map(|received| received.status)
    }

    /// Returns the headers, if a response arrived.
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.0.received.as_ref().map(|received| &received.headers)
    }

    /// Returns the value of a documented header, if a response arrived that has it with the
    /// documented type.
    pub fn header<V: FromStr>(&self, field: HeaderField<V>) -> Option<V> {
        field.read(self.headers()?)
    }

    /// Decodes the body as JSON of any type, such as that of a status code that the document does
    /// not list. Returns `None` if no response arrived.
    ///
    /// # Errors
    /// [`DecodeError`] if the body is not JSON of that type.
    pub fn json<T: DeserializeOwned>(&self) -> Option<Result<Decoded<T>, DecodeError>> {
        self.0.received.as_ref().map(Received::json)
    }

    /// Returns the body as it was received, if a response arrived.
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
            // The body of a documented error may repeat secrets from the request, so only its
            // description is printed.
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
