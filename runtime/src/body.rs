//! What arrived in a response body, decoded where possible.

use std::fmt;

use bytes::Bytes;
use serde::de::DeserializeOwned;
use serde_json::error::Category;
use zeroize::Zeroizing;

use crate::wiped::WipedBuffer;

/// The bytes of a body. They may hold secrets, so `Debug` prints only how many there are, and they are wiped
/// when the last copy is dropped.
#[derive(Clone, Default)]
pub struct RawBody(Bytes);

impl RawBody {
    /// The bytes themselves. Whoever calls this answers for where they go.
    #[must_use]
    pub fn expose_bytes(&self) -> &[u8] {
        &self.0
    }

    /// Number of bytes.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// A copy that shares the bytes.
    pub(crate) fn bytes(&self) -> Bytes {
        self.0.clone()
    }

    /// The body as text, if it is UTF-8. Whoever calls this answers for where it goes.
    #[must_use]
    pub fn expose_text(&self) -> Option<&str> {
        std::str::from_utf8(&self.0).ok()
    }

    /// The bytes of a buffer, which are wiped with the last copy of the body.
    pub(crate) fn from_buffer(buffer: WipedBuffer) -> Self {
        Self(Bytes::from_owner(buffer))
    }

    pub(crate) fn decode<T: DeserializeOwned>(&self) -> Result<T, DecodeError> {
        serde_json::from_slice(&self.0).map_err(|error| DecodeError::new(&error))
    }
}

/// A body to send.
impl From<Vec<u8>> for RawBody {
    fn from(bytes: Vec<u8>) -> Self {
        Self(Bytes::from_owner(Zeroizing::new(bytes)))
    }
}

/// A body to send: a copy that shares the bytes.
impl From<&RawBody> for RawBody {
    fn from(body: &RawBody) -> Self {
        body.clone()
    }
}

/// A body to send, which other owners may share, so that it is not wiped.
impl From<Bytes> for RawBody {
    fn from(bytes: Bytes) -> Self {
        Self(bytes)
    }
}

/// A body to send.
impl From<String> for RawBody {
    fn from(text: String) -> Self {
        Self::from(text.into_bytes())
    }
}

/// A body to send.
impl From<&str> for RawBody {
    fn from(text: &str) -> Self {
        Self::from(text.as_bytes().to_vec())
    }
}

impl fmt::Debug for RawBody {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "[{} bytes]", self.len())
    }
}

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
    fn new(error: &serde_json::Error) -> Self {
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
