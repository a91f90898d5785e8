//! Decoded bodies, and errors in decoding them.

use std::fmt;

use serde_json::error::Category;

use super::Decoded;
use crate::secrets::RawBody;

/// The body of a documented error.
///
/// Only the status code decides which error it is. A body that is not as documented is kept raw.
#[derive(Clone, Debug, PartialEq, Eq)]
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

/// The reason why a body could not be decoded. It contains the location and the media type, but no
/// value of the body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecodeError {
    category: Category,
    line: usize,
    column: usize,
    pointer: String,
    media_type: Option<String>,
}

impl DecodeError {
    /// Creates an error at a value, or about the whole body.
    pub(super) fn new(error: &serde_json::Error, pointer: String) -> Self {
        let (line, column) = (error.line(), error.column());
        Self { category: error.classify(), line, column, pointer, media_type: None }
    }

    pub(super) fn with_media_type(self, media_type: Option<&str>) -> Self {
        Self { media_type: media_type.map(str::to_owned), ..self }
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

    /// Returns the JSON pointer (RFC 6901) of the value that is not of the documented type. It is
    /// empty if that is the whole body, or if the body is not JSON.
    #[must_use]
    pub fn pointer(&self) -> &str {
        &self.pointer
    }

    /// Returns the media type of the body, if the response states one.
    #[must_use]
    pub fn media_type(&self) -> Option<&str> {
        self.media_type.as_deref()
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { category, line, column, pointer, media_type } = self;
        match (category, pointer.as_str()) {
            (Category::Eof, _) => formatter.write_str("the JSON ends too early")?,
            (Category::Data, "") => {
                formatter.write_str("the JSON does not have the documented type")?;
            }
            (Category::Data, pointer) => {
                write!(formatter, "the value at `{pointer}` does not have the documented type")?;
            }
            (Category::Syntax | Category::Io, _) => formatter.write_str("it is not JSON")?,
        }
        write!(formatter, " (line {line}, column {column}")?;
        match media_type {
            Some(media_type) => write!(formatter, "; media type `{media_type}`)"),
            None => formatter.write_str(")"),
        }
    }
}

impl std::error::Error for DecodeError {}
