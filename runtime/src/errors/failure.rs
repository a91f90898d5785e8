//! The facts of a failed call.

use std::borrow::Cow;
use std::convert::Infallible;
use std::time::Duration;

use http::StatusCode;

use crate::credentials::CredentialError;
use crate::request::{InvalidRequestError, Operation};
use crate::response::{DecodeError, Received, claims_challenge};
use crate::retry::Answer;
use crate::transport::TransportError;

/// The content of an [`Error`](super::Error).
pub(crate) struct Failure<E> {
    pub(crate) operation: &'static Operation,
    pub(crate) cause: Cause<E>,
    pub(crate) received: Option<Received>,
    /// The name of a documented error, which can be printed.
    pub(crate) code: Option<String>,
    /// The description of the credential that the server refused with a 401; empty if none was
    /// sent.
    pub(crate) refused_credential: Option<Cow<'static, str>>,
    pub(crate) attempts: u32,
    /// True if the request reached or may have reached the server.
    pub(crate) sent: bool,
}

impl<E> Failure<E> {
    /// Returns what the retry policy looks at.
    pub(crate) fn answer(&self) -> Option<Answer<'_>> {
        self.received.as_ref().map(|received| received.answer(self.operation.rate_limit))
    }

    /// Returns the claims that a 401 asks for.
    pub(crate) fn claims_challenge(&self) -> Option<String> {
        let received = self.received.as_ref()?;
        let is_refused = received.status == StatusCode::UNAUTHORIZED;
        is_refused.then(|| claims_challenge(&received.headers))?
    }
}

impl<E> Failure<E> {
    /// Creates the failure of a call that was not sent.
    pub(crate) fn unsent(operation: &'static Operation, cause: Cause<E>) -> Self {
        Self {
            operation,
            cause,
            received: None,
            code: None,
            refused_credential: None,
            attempts: 0,
            sent: false,
        }
    }
}

/// The cause of a failure.
pub(crate) enum Cause<E> {
    InvalidRequest(InvalidRequestError),
    Credential(CredentialError),
    Connect { error: TransportError, origin: String },
    Transport(TransportError),
    Timeout(TimeLimit),
    BodyTooLarge { limit: usize },
    Undecodable(DecodeError),
    Undocumented,
    CrossOriginLink,
    Documented(E),
}

/// A time limit.
#[derive(Clone, Copy)]
pub(crate) enum TimeLimit {
    /// The limit of one attempt.
    Attempt(Duration),
    /// The limit of the call.
    Total(Duration),
}

impl Cause<Infallible> {
    /// Converts to the cause of an operation with documented errors.
    pub(crate) fn widen<E>(self) -> Cause<E> {
        match self {
            Self::InvalidRequest(invalid) => Cause::InvalidRequest(invalid),
            Self::Credential(error) => Cause::Credential(error),
            Self::Connect { error, origin } => Cause::Connect { error, origin },
            Self::Transport(error) => Cause::Transport(error),
            Self::Timeout(limit) => Cause::Timeout(limit),
            Self::BodyTooLarge { limit } => Cause::BodyTooLarge { limit },
            Self::Undecodable(error) => Cause::Undecodable(error),
            Self::Undocumented => Cause::Undocumented,
            Self::CrossOriginLink => Cause::CrossOriginLink,
            Self::Documented(never) => match never {},
        }
    }
}
