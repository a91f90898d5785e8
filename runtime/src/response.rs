//! What came back from a call.

use std::fmt;
use std::ops::Deref;

use reqwest::StatusCode;
use reqwest::header::{HeaderMap, HeaderName};
use serde::de::DeserializeOwned;

use crate::{DecodeError, Payload, RawBody};

/// A response as it arrived: status, headers and body.
#[derive(Clone)]
pub struct Received {
    /// Status of the response.
    pub status: StatusCode,
    /// Headers of the response.
    pub headers: HeaderMap,
    /// Body of the response.
    pub body: RawBody,
}

impl Received {
    /// Decodes the body of an error; what does not decode is kept raw.
    #[must_use]
    pub fn payload<T: DeserializeOwned>(&self) -> Payload<T> {
        self.body.decode().map_or_else(|_| Payload::Raw(self.body.clone()), Payload::Decoded)
    }

    /// Decodes the body as JSON.
    ///
    /// # Errors
    /// [`DecodeError`] when the body is no JSON or of another type.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, DecodeError> {
        self.body.decode()
    }
}

impl fmt::Debug for Received {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&HeaderName> = self.headers.keys().collect();
        formatter
            .debug_struct("Received")
            .field("status", &self.status)
            .field("header_names", &names)
            .field("body", &self.body)
            .finish()
    }
}

/// A success: the decoded value, with the status, headers and raw body that it came with.
///
/// It derefs to the value, so that `response.token` works without further ado.
#[derive(Clone, Debug)]
pub struct Response<T> {
    value: T,
    received: Received,
}

impl<T> Response<T> {
    pub(crate) fn new(value: T, received: Received) -> Self {
        Self { value, received }
    }

    /// Status of the response; it tells apart successes that share a type, such as 200 and 201.
    pub fn status(&self) -> StatusCode {
        self.received.status
    }

    /// Headers of the response.
    pub fn headers(&self) -> &HeaderMap {
        &self.received.headers
    }

    /// Body of the response as it arrived.
    pub fn raw_body(&self) -> &RawBody {
        &self.received.body
    }

    /// The decoded value alone.
    pub fn into_inner(self) -> T {
        self.value
    }
}

impl<T> Deref for Response<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

/// A success whose type depends on the status.
pub trait ByStatus: Sized {
    /// Selects the variant by the status and decodes its body.
    ///
    /// # Errors
    /// [`DecodeError`] when the body is not what the document promises for the status.
    fn by_status(received: &Received) -> Result<Self, DecodeError>;
}
