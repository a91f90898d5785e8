//! The facts of a failed call.

use std::borrow::Cow;
use std::convert::Infallible;
use std::time::Duration;

use crate::credentials::CredentialError;
use crate::request::{InvalidRequest, Operation};
use crate::response::{DecodeError, Received};

pub(crate) struct Failure<E> {
    pub(crate) operation: &'static Operation,
    pub(crate) cause: Cause<E>,
    pub(crate) received: Option<Received>,
    /// What the server refused by 401, as [`Credential::description`](crate::credentials::Credential::description) says it.
    pub(crate) refused: Option<Cow<'static, str>>,
    pub(crate) attempts: u32,
    /// Whether the request reached, or may have reached, the server.
    pub(crate) sent: bool,
}

pub(crate) enum Cause<E> {
    InvalidRequest(InvalidRequest),
    Credential(CredentialError),
    Connect { error: reqwest::Error, origin: String },
    Transport(reqwest::Error),
    Timeout(TimeLimit),
    BodyTooLarge { limit: usize },
    Undecodable(DecodeError),
    Undocumented,
    CrossOriginLink,
    Documented(E),
}

/// The limit of time that ran out.
#[derive(Clone, Copy)]
pub(crate) enum TimeLimit {
    /// That of one try.
    Attempt(Duration),
    /// That of the call.
    Total(Duration),
}

impl Cause<Infallible> {
    /// The same cause for an operation that has documented errors.
    pub(crate) fn without_document<E>(self) -> Cause<E> {
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
