//! Successful responses.

use std::ops::Deref;
use std::str::FromStr;

use reqwest::StatusCode;
use reqwest::header::HeaderMap;

use super::{DecodeError, Decoded, HeaderField, Received};
use crate::secrets::RawBody;

/// A successful response: the decoded value with the status code, the headers and the raw body.
///
/// It dereferences to the value, so `response.token` works directly. If the value has a method of
/// the same name as one of these, call it on `(*response)`.
#[derive(Clone, Debug)]
pub struct Response<T> {
    value: Decoded<T>,
    received: Received,
    attempts: u32,
}

impl<T> Response<T> {
    pub(crate) fn new(value: Decoded<T>, received: Received, attempts: u32) -> Self {
        Self { value, received, attempts }
    }

    pub(crate) fn received(&self) -> &Received {
        &self.received
    }

    /// Returns the status code.
    pub fn status(&self) -> StatusCode {
        self.received.status
    }

    /// Returns the headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.received.headers
    }

    /// Returns the value of a documented header if it is present and of the documented type.
    pub fn header<V: FromStr>(&self, field: HeaderField<V>) -> Option<V> {
        field.read(&self.received.headers)
    }

    /// Returns the body as it was received.
    pub fn raw_body(&self) -> &RawBody {
        &self.received.body
    }

    /// Returns the ID that the server gave the request, to quote to the vendor's support.
    pub fn request_id(&self) -> Option<&str> {
        self.received.request_id()
    }

    /// Returns the number of attempts. If it is more than one, an earlier attempt may already have
    /// taken effect.
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// Returns the JSON pointers (RFC 6901) of the properties and items of the body that were left
    /// out because they are not of the documented type. Usually there are none.
    ///
    /// A token beside such a property is still there. [`raw_body`](Self::raw_body) has everything.
    pub fn undecoded(&self) -> &[String] {
        self.value.undecoded()
    }

    /// Returns the decoded value.
    pub fn into_inner(self) -> T {
        self.value.into_inner()
    }
}

impl<T> Deref for Response<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

/// A success with several documented status codes, whose bodies may have different types.
pub trait ByStatus: Sized {
    /// Selects the variant by the status code and decodes the body.
    ///
    /// # Errors
    /// [`DecodeError`] if the body is not JSON, or is JSON of another kind than documented for the
    /// status code.
    fn by_status(received: &Received) -> Result<Decoded<Self>, DecodeError>;
}
