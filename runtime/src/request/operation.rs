//! The documented facts about an operation.

use http::{Method, StatusCode};

use crate::retry::RateLimit;

/// A documented operation. The generated code has one `static` for each.
#[derive(Debug)]
pub struct Operation {
    /// The name of the client method.
    pub name: &'static str,
    /// The HTTP method.
    pub method: Method,
    /// The path template, with `{name}` for each path parameter, relative to the base URL.
    pub path: &'static str,
    /// The value of the `Accept` header.
    pub accept: &'static str,
    /// True if sending a request twice has the same effect as sending it once (RFC 9110, section
    /// 9.2.2).
    pub idempotent: bool,
    /// The status codes that count as success.
    pub success: &'static [StatusPattern],
    /// The documented rate limit of the API.
    pub rate_limit: Option<&'static RateLimit>,
}

impl Operation {
    /// Returns true if `status` is a documented success.
    #[must_use]
    pub fn succeeds_with(&self, status: StatusCode) -> bool {
        self.success.iter().any(|pattern| pattern.matches(status))
    }
}

/// A status code or a range of them, as in the keys of an OpenAPI Responses Object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StatusPattern {
    /// One status code, such as `404`.
    Code(u16),
    /// All status codes with this first digit, such as `4XX`.
    Range(u16),
}

impl StatusPattern {
    fn matches(self, status: StatusCode) -> bool {
        match self {
            Self::Code(code) => status.as_u16() == code,
            Self::Range(digit) => status.as_u16() / 100 == digit,
        }
    }
}
