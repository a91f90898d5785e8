//! What arrived in a response body, decoded where possible.

use std::fmt;

use bytes::Bytes;
use zeroize::Zeroizing;

use super::ZeroizingBuffer;

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
    pub(crate) fn from_buffer(buffer: ZeroizingBuffer) -> Self {
        Self(Bytes::from_owner(buffer))
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
