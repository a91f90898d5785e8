//! Decoded bodies, and errors in decoding them.

use std::fmt;

use serde_json::error::Category;

use super::Decoded;
use crate::secrets::RawBody;

/// The body of a documented error.
///
/// Only the status code decides which error it is. A body that is not as documented is kept raw.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Payload<T> {
    /// The body is as documented, but for what [`undecoded`](Self::undecoded) names.
    Decoded(Decoded<T>),
    /// The body is something else, such as a proxy's HTML page.
    Raw(RawBody),
}

impl<T> Payload<T> {
    /// Returns the decoded body if it is as documented.
    pub fn decoded(&self) -> Option<&T> {
        match self {
            Self::Decoded(value) => Some(value),
            Self::Raw(_) => None,
        }
    }

    /// Returns true if the body is as documented. Otherwise the status code may be that of another
    /// server, such as a proxy, and proves nothing.
    pub fn is_documented(&self) -> bool {
        self.decoded().is_some()
    }

    /// Returns the JSON pointers (RFC 6901) of the properties and items that were left out because
    /// they are not of the documented type.
    pub fn undecoded(&self) -> &[String] {
        match self {
            Self::Decoded(value) => value.undecoded(),
            Self::Raw(_) => &[],
        }
    }
}

/// The reason why a body could not be decoded. It contains the position, but nothing of the body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DecodeError {
    category: Category,
    line: usize,
    column: usize,
}

impl DecodeError {
    pub(super) fn new(error: &serde_json::Error) -> Self {
        Self { category: error.classify(), line: error.line(), column: error.column() }
    }

    /// Returns the line in the body, from 1.
    #[must_use]
    pub fn line(&self) -> usize {
        self.line
    }

    /// Returns the column in the line, in bytes, from 1.
    #[must_use]
    pub fn column(&self) -> usize {
        self.column
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let reason = match self.category {
            Category::Eof => "the JSON ends too early",
            Category::Data => "the JSON does not have the documented type",
            Category::Syntax | Category::Io => "it is not JSON",
        };
        write!(formatter, "{reason} (line {}, column {})", self.line, self.column)
    }
}

impl std::error::Error for DecodeError {}
