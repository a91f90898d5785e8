//! Documented responses.

use std::fmt;

use serde_json::Value;

use super::{Example, RustType};

/// A key of the Responses Object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// A status code.
    Code(u16),
    /// All status codes with this first digit.
    Range(u16),
    /// All status codes that are not listed.
    Default,
}

/// A documented response.
#[derive(Clone, Debug)]
pub struct Response {
    /// The status codes that it stands for.
    pub status: Status,
    /// JSON pointer to the response, or to the reference to it.
    pub pointer: String,
    /// The description in the document.
    pub description: String,
    /// The documented headers.
    pub headers: Vec<Header>,
    /// The body.
    pub body: Option<ResponseBody>,
}

/// The body of a documented response.
#[derive(Clone, Debug)]
pub struct ResponseBody {
    /// `Content-Type`.
    pub media_type: String,
    /// The schema of the body.
    pub schema: Value,
    /// The type of the body.
    pub rust_type: RustType,
    /// The examples in the document.
    pub examples: Vec<Example>,
}

/// A header of a documented response.
#[derive(Clone, Debug)]
pub struct Header {
    /// The name of the header.
    pub name: String,
    /// True if the header is required.
    pub required: bool,
    /// The description in the document.
    pub description: String,
    /// The schema of its values.
    pub schema: Value,
    /// The examples in the document.
    pub examples: Vec<Example>,
}

/// As the document writes it.
impl fmt::Display for Status {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => write!(formatter, "default"),
            Self::Range(digit) => write!(formatter, "{digit}XX"),
            Self::Code(code) => write!(formatter, "{code}"),
        }
    }
}

impl Status {
    /// Returns true if the status codes count as success.
    pub fn is_success(self) -> bool {
        matches!(self, Self::Code(200..=299) | Self::Range(2))
    }
}
