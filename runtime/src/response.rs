//! What came back from a call.

use std::fmt;
use std::ops::Deref;
use std::str::FromStr;

use reqwest::StatusCode;
use reqwest::header::HeaderMap;
use serde::de::DeserializeOwned;

use crate::{DecodeError, HeaderField, Payload, RawBody};

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

/// Headers in which servers give the id of a request, the most specific first.
const REQUEST_IDS: [&str; 4] =
    ["x-ms-request-id", "x-github-request-id", "x-request-id", "x-ms-correlation-request-id"];

/// Longest id of a request, in bytes.
const LONGEST_ID: usize = 128;

/// Headers whose values are printed; others can hold secrets.
const PRINTED: [&str; 10] = [
    "content-length",
    "content-type",
    "date",
    "retry-after",
    "x-github-request-id",
    "x-ms-correlation-request-id",
    "x-ms-request-id",
    "x-ratelimit-remaining",
    "x-ratelimit-reset",
    "x-request-id",
];

impl Received {
    /// The server's id of the request, to be quoted to its support; something else in its header is none.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        REQUEST_IDS.iter().find_map(|name| self.headers.get(*name)?.to_str().ok().filter(|text| is_id(text)))
    }

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

/// Whether a text can stand in a message: visible ASCII, and not more of it than ids have.
fn is_id(text: &str) -> bool {
    (1..=LONGEST_ID).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic())
}

impl fmt::Debug for Received {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let headers = fmt::from_fn(|formatter| {
            let mut map = formatter.debug_map();
            for (name, value) in &self.headers {
                match PRINTED.contains(&name.as_str()) {
                    true => map.entry(name, value),
                    false => map.entry(name, &format_args!("[redacted]")),
                };
            }
            map.finish()
        });
        formatter
            .debug_struct("Received")
            .field("status", &self.status)
            .field("headers", &headers)
            .field("body", &self.body)
            .finish()
    }
}

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
