//! Successful responses.

use std::str::FromStr;

use http::StatusCode;
use http::header::HeaderMap;

use super::{DecodeError, Decoded, HeaderField, Notices, Received};
use crate::secrets::RawBody;

/// A successful response: the decoded value with the status code, the headers and the raw body.
///
/// [`value`](Self::value) returns the value, and [`into_value`](Self::into_value) takes it.
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

    /// Returns what the server announces in the headers, such as a deprecation.
    pub fn notices(&self) -> Notices {
        Notices::of(&self.received.headers)
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
    pub fn value(&self) -> &T {
        &self.value
    }

    /// Returns the decoded value and drops the rest of the response.
    pub fn into_value(self) -> T {
        self.value.into_inner()
    }

    /// Changes the value, and keeps the status code, the headers and the raw body.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Response<U> {
        let Self { value, received, attempts } = self;
        Response { value: value.map(change), received, attempts }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mapped_response_keeps_everything_but_its_value() {
        let (status, headers) = (StatusCode::CREATED, HeaderMap::new());
        let received = Received::new(status, headers, r#"[1, "two"]"#.into());
        let value = received.json::<Vec<u8>>().expect("the rest fits");
        let response = Response::new(value, received, 2).map(|numbers| numbers.len());
        assert_eq!((*response.value(), response.status()), (1, StatusCode::CREATED));
        assert_eq!((response.undecoded(), response.attempts()), (&["/1".to_owned()][..], 2));
        assert_eq!(response.raw_body().expose_text(), Some(r#"[1, "two"]"#));
    }
}
