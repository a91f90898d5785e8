//! A success with its decoded body.

use std::ops::Deref;
use std::str::FromStr;

use reqwest::StatusCode;
use reqwest::header::HeaderMap;

use super::{DecodeError, HeaderField, Received};
use crate::secrets::RawBody;

/// A success: the decoded value, with the status, headers and raw body that it came with.
///
/// It derefs to the value, so that `response.token` works without further ado. A method of the value that has the name of
/// one of these is reached by `(*response)`.
#[derive(Clone, Debug)]
pub struct Response<T> {
    value: T,
    received: Received,
    attempts: u32,
}

impl<T> Response<T> {
    pub(crate) fn new(value: T, received: Received, attempts: u32) -> Self {
        Self { value, received, attempts }
    }

    pub(crate) fn received(&self) -> &Received {
        &self.received
    }

    /// Status of the response.
    pub fn status(&self) -> StatusCode {
        self.received.status
    }

    /// Headers of the response.
    pub fn headers(&self) -> &HeaderMap {
        &self.received.headers
    }

    /// The value of a documented header, if it came and is of the documented type.
    pub fn header<V: FromStr>(&self, field: HeaderField<V>) -> Option<V> {
        field.read(&self.received.headers)
    }

    /// Body of the response as it arrived.
    pub fn raw_body(&self) -> &RawBody {
        &self.received.body
    }

    /// The server's id of the request, to be quoted to its support.
    pub fn request_id(&self) -> Option<&str> {
        self.received.request_id()
    }

    /// Number of tries that it took. After more than one, an earlier try may have had its effect already.
    pub fn attempts(&self) -> u32 {
        self.attempts
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

/// A success that can come with several statuses, which may have bodies of different types.
pub trait ByStatus: Sized {
    /// Selects the variant by the status and decodes its body.
    ///
    /// # Errors
    /// [`DecodeError`] when the body is not what the document promises for the status.
    fn by_status(received: &Received) -> Result<Self, DecodeError>;
}
