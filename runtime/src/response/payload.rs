//! The decoded body of a response, and the reason when it cannot be decoded.

use std::fmt;

use serde_json::error::Category;

use crate::secrets::RawBody;

/// The body of a documented error.
///
/// The status alone decides which error it is; a body that is not what the document promises is kept as it came.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Payload<T> {
    /// The body is as documented.
    Decoded(T),
    /// The body is something else, such as a proxy's HTML page.
    Raw(RawBody),
}

impl<T> Payload<T> {
    /// The decoded body, if it was as documented.
    pub fn decoded(&self) -> Option<&T> {
        match self {
            Self::Decoded(value) => Some(value),
            Self::Raw(_) => None,
        }
    }
}

/// Why a body could not be decoded: the place, but none of the content.
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

    /// Line of the body, from 1.
    #[must_use]
    pub fn line(&self) -> usize {
        self.line
    }

    /// Column in the line, in bytes, from 1.
    #[must_use]
    pub fn column(&self) -> usize {
        self.column
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match self.category {
            Category::Eof => "the JSON ends too early",
            Category::Data => "the JSON has another type than documented",
            Category::Syntax | Category::Io => "it is not JSON",
        };
        write!(formatter, "{what} (line {}, column {})", self.line, self.column)
    }
}

impl std::error::Error for DecodeError {}
