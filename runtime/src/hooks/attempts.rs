//! What hooks see of an attempt.

use std::fmt;
use std::time::Duration;

use http::header::HeaderMap;
use http::{Method, Request, StatusCode};

use crate::transport::Body;

/// The facts of an attempt that its document states, and its number.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Attempt {
    pub(crate) operation: &'static str,
    pub(crate) method: &'static Method,
    pub(crate) path_template: &'static str,
    pub(crate) number: u32,
}

/// The end of an attempt.
#[derive(Clone, Copy)]
pub(crate) struct Ended<'a> {
    /// The head and the number of bytes of the body, if a response arrived.
    pub(crate) received: Option<(StatusCode, &'a HeaderMap, usize)>,
    /// True if the response is complete.
    pub(crate) complete: bool,
    pub(crate) elapsed: Duration,
}

/// An attempt that is about to be sent. `Debug` prints no secret.
#[derive(Clone, Copy)]
pub struct StartedAttempt<'a> {
    attempt: Attempt,
    request: &'a Request<Body>,
}

/// An attempt that has ended. `Debug` prints no secret.
#[derive(Clone, Copy)]
pub struct FinishedAttempt<'a> {
    attempt: Attempt,
    ended: Ended<'a>,
}

macro_rules! documented_facts {
    () => {
        /// Returns the name of the operation, which is that of the client's method.
        #[must_use]
        pub fn operation(&self) -> &'static str {
            self.attempt.operation
        }

        /// Returns the HTTP method.
        #[must_use]
        pub fn method(&self) -> &'static Method {
            self.attempt.method
        }

        /// Returns the path as the document states it, with `{name}` in place of each value.
        #[must_use]
        pub fn path_template(&self) -> &'static str {
            self.attempt.path_template
        }

        /// Returns the number of the attempt, from 1.
        #[must_use]
        pub fn number(&self) -> u32 {
            self.attempt.number
        }
    };
}

impl<'a> StartedAttempt<'a> {
    documented_facts!();

    pub(super) fn new(attempt: Attempt, request: &'a Request<Body>) -> Self {
        Self { attempt, request }
    }

    /// Returns the number of bytes of the request's body, or `None` if it is a stream of unknown
    /// length.
    #[must_use]
    pub fn body_size(&self) -> Option<u64> {
        http_body::Body::size_hint(self.request.body()).exact()
    }

    /// Returns the request with all its secrets: the URL, the headers with the credential, and the
    /// body. The caller is responsible for keeping them secret.
    #[must_use]
    pub fn expose_request(&self) -> &'a Request<Body> {
        self.request
    }
}

impl<'a> FinishedAttempt<'a> {
    documented_facts!();

    pub(super) fn new(attempt: Attempt, ended: Ended<'a>) -> Self {
        Self { attempt, ended }
    }

    /// Returns the status code, if a response arrived.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.ended.received.map(|(status, _, _)| status)
    }

    /// Returns the number of bytes of the response's body that were read, if a response arrived. It
    /// is 0 if the caller reads the body as a stream.
    #[must_use]
    pub fn body_size(&self) -> Option<usize> {
        self.ended.received.map(|(_, _, size)| size)
    }

    /// Returns true if the whole response arrived, whatever its status code.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.ended.complete
    }

    /// Returns the time from sending the request to the end of the attempt.
    #[must_use]
    pub fn elapsed(&self) -> Duration {
        self.ended.elapsed
    }

    /// Returns the headers of the response, if one arrived. They may contain secrets; the caller is
    /// responsible for keeping them.
    #[must_use]
    pub fn expose_headers(&self) -> Option<&'a HeaderMap> {
        self.ended.received.map(|(_, headers, _)| headers)
    }
}

impl fmt::Debug for StartedAttempt<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("StartedAttempt")
            .field("attempt", &self.attempt)
            .field("body_size", &self.body_size())
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for FinishedAttempt<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("FinishedAttempt")
            .field("attempt", &self.attempt)
            .field("status", &self.status())
            .field("body_size", &self.body_size())
            .field("is_complete", &self.is_complete())
            .field("elapsed", &self.elapsed())
            .finish_non_exhaustive()
    }
}
