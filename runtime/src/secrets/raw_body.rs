//! The bytes of a body.

use std::fmt;

use bytes::Bytes;
use subtle::ConstantTimeEq as _;
use zeroize::Zeroizing;

use super::ZeroizingBuffer;

/// The bytes of a request or response body.
///
/// They may contain secrets, so `Debug` prints only their number, and they are wiped when the last
/// copy is dropped.
#[derive(Clone, Default)]
pub struct RawBody(Bytes);

impl RawBody {
    /// Returns the bytes. The caller is responsible for keeping them secret.
    #[must_use]
    pub fn expose_bytes(&self) -> &[u8] {
        &self.0
    }

    /// Returns the number of bytes.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Returns true if there are no bytes.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns a copy that shares the bytes.
    pub(crate) fn bytes(&self) -> Bytes {
        self.0.clone()
    }

    /// Returns the body as a string if it is UTF-8. The caller is responsible for keeping it
    /// secret.
    #[must_use]
    pub fn expose_text(&self) -> Option<&str> {
        std::str::from_utf8(&self.0).ok()
    }

    /// Takes the bytes of a buffer, which are wiped with the last copy of the body.
    pub(crate) fn from_buffer(buffer: ZeroizingBuffer) -> Self {
        Self(Bytes::from_owner(buffer))
    }
}

/// Takes the bytes, which are wiped when the last copy is dropped.
impl From<Vec<u8>> for RawBody {
    fn from(bytes: Vec<u8>) -> Self {
        Self(Bytes::from_owner(Zeroizing::new(bytes)))
    }
}

/// Shares the bytes.
impl From<&RawBody> for RawBody {
    fn from(body: &RawBody) -> Self {
        body.clone()
    }
}

/// Shares bytes that may have other owners, so they are not wiped.
impl From<Bytes> for RawBody {
    fn from(bytes: Bytes) -> Self {
        Self(bytes)
    }
}

/// Takes the bytes of the string, which are wiped when the last copy is dropped.
impl From<String> for RawBody {
    fn from(string: String) -> Self {
        Self::from(string.into_bytes())
    }
}

/// Copies the string.
impl From<&str> for RawBody {
    fn from(string: &str) -> Self {
        Self::from(string.as_bytes().to_vec())
    }
}

/// Compares in a time that depends on the lengths alone.
impl PartialEq for RawBody {
    fn eq(&self, other: &Self) -> bool {
        self.expose_bytes().ct_eq(other.expose_bytes()).into()
    }
}

impl Eq for RawBody {}

impl fmt::Debug for RawBody {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "[{} bytes]", self.len())
    }
}
