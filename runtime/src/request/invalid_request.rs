//! The reason why a request is not sent.

use std::fmt;

/// The part of a request that a value belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RequestPart {
    /// The path.
    Path,
    /// The query.
    Query,
    /// A header.
    Header,
    /// A cookie.
    Cookie,
    /// The body.
    Body,
}

impl fmt::Display for RequestPart {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Path => "path parameter",
            Self::Query => "query parameter",
            Self::Header => "header",
            Self::Cookie => "cookie",
            Self::Body => "body property",
        })
    }
}

/// A value that violates a documented constraint. It does not contain the value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidRequestError {
    pub(crate) part: RequestPart,
    pub(crate) name: String,
    pub(crate) requirement: String,
}

impl InvalidRequestError {
    /// Returns the part of the request that the value belongs to.
    #[must_use]
    pub fn part(&self) -> RequestPart {
        self.part
    }

    /// Returns the documented name of the parameter, or the path to the property, such as
    /// `owner.emails[0]`.
    ///
    /// The name is empty for the body as a whole and, with [`RequestPart::Path`], for the URL as a
    /// whole.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }
}

impl fmt::Display for InvalidRequestError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.part, self.name.as_str()) {
            (RequestPart::Body, "") => write!(formatter, "the body {}", self.requirement),
            (RequestPart::Path, "") => write!(formatter, "the URL {}", self.requirement),
            (part, name) => write!(formatter, "{part} `{name}` {}", self.requirement),
        }
    }
}

impl std::error::Error for InvalidRequestError {}
