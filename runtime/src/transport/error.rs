//! Errors of transports.

use std::fmt;

use super::BoxError;

/// The reason why a [`Transport`](super::Transport) returned no response.
///
/// It must not contain the URL, headers or body of the request, since it is part of the error chain
/// of a call.
#[derive(Debug)]
pub struct TransportError {
    stage: Stage,
    is_timeout: bool,
    source: BoxError,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    Invalid,
    Connecting,
    Refused,
    Sent,
}

impl TransportError {
    /// Creates an error for a server that could not be reached. No part of the request was sent, so
    /// it is safe to send it again.
    pub fn unreachable(source: impl Into<BoxError>) -> Self {
        Self { stage: Stage::Connecting, is_timeout: false, source: source.into() }
    }

    /// Creates an error for a request that was sent, but of which the server said that it did not
    /// process it: by `REFUSED_STREAM`, or by a `GOAWAY` for an earlier stream (RFC 9113, section
    /// 8.7). It is safe to send the request again.
    pub fn refused(source: impl Into<BoxError>) -> Self {
        Self { stage: Stage::Refused, is_timeout: false, source: source.into() }
    }

    /// Creates an error for a request that was sent, or may have been.
    pub fn interrupted(source: impl Into<BoxError>) -> Self {
        Self { stage: Stage::Sent, is_timeout: false, source: source.into() }
    }

    /// Creates an error for a request that the transport cannot send, such as one with a URL that
    /// is too long. Nothing was sent.
    pub fn unsendable(source: impl Into<BoxError>) -> Self {
        Self { stage: Stage::Invalid, is_timeout: false, source: source.into() }
    }

    /// Creates the error of a body that failed while it was read.
    pub(crate) fn of_body(error: BoxError) -> Self {
        error.downcast().map_or_else(Self::interrupted, |error| *error)
    }

    /// Says that a time limit of the transport was reached.
    #[must_use]
    pub fn timed_out(mut self) -> Self {
        self.is_timeout = true;
        self
    }

    /// Returns true if a time limit of the transport was reached.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        self.is_timeout
    }

    /// Returns true if the request was sent, or may have been.
    #[must_use]
    pub fn was_sent(&self) -> bool {
        matches!(self.stage, Stage::Refused | Stage::Sent)
    }

    /// Returns true if the server said that it did not process the request.
    #[must_use]
    pub fn is_refused(&self) -> bool {
        self.stage == Stage::Refused
    }

    pub(crate) fn is_unsendable(&self) -> bool {
        self.stage == Stage::Invalid
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self.stage {
            Stage::Invalid => "the request cannot be sent",
            Stage::Connecting => "the server could not be reached",
            Stage::Refused => "the server refused to process the request",
            Stage::Sent => "the connection failed",
        })
    }
}

impl std::error::Error for TransportError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&*self.source)
    }
}
