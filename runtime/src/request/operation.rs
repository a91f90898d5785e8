//! What a document says of one operation, as the generated code states it.

use reqwest::{Method, StatusCode};

/// One documented operation; the generated code holds one `static` for each.
#[derive(Debug)]
pub struct Operation {
    /// Name of the client method.
    pub name: &'static str,
    /// HTTP method.
    pub method: Method,
    /// Path template with a `{name}` for each path parameter, relative to the base URL.
    pub path: &'static str,
    /// Value of the `Accept` header.
    pub accept: &'static str,
    /// Whether sending the operation twice has the effect of sending it once (RFC 9110, section 9.2.2).
    pub idempotent: bool,
    /// Statuses that count as success.
    pub success: &'static [StatusPattern],
}

impl Operation {
    /// Whether the document counts `status` as success.
    #[must_use]
    pub fn succeeds_with(&self, status: StatusCode) -> bool {
        self.success.iter().any(|pattern| pattern.matches(status))
    }
}

/// A key of an OpenAPI responses object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StatusPattern {
    /// One status, such as `404`.
    Code(u16),
    /// All statuses with this first digit, such as `4XX`.
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
