//! What is wrong with a request that was not sent.

use std::fmt;

/// Where in a request a value goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RequestPart {
    /// A segment of the path.
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
            Self::Body => "body field",
        })
    }
}

/// A value that the document does not allow. The value itself is not part of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidRequest {
    pub(crate) part: RequestPart,
    pub(crate) name: String,
    pub(crate) requirement: String,
}

impl InvalidRequest {
    /// Where in the request the value goes.
    #[must_use]
    pub fn part(&self) -> RequestPart {
        self.part
    }

    /// The document's name of the parameter or field; nested fields as in `owner.emails[0]`. It is empty where the whole body
    /// is meant, or the whole URL as a place in the path.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }
}

impl fmt::Display for InvalidRequest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.part, self.name.as_str()) {
            (RequestPart::Body, "") => write!(formatter, "the body {}", self.requirement),
            (RequestPart::Path, "") => write!(formatter, "the URL {}", self.requirement),
            (part, name) => write!(formatter, "{part} `{name}` {}", self.requirement),
        }
    }
}

impl std::error::Error for InvalidRequest {}
