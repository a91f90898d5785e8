//! What came back from a call.

use std::fmt;

use reqwest::StatusCode;
use reqwest::header::HeaderMap;
use serde::de::DeserializeOwned;

use super::{DecodeError, Payload};
use crate::secrets::RawBody;

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
const REQUEST_ID_HEADERS: [&str; 4] =
    ["x-ms-request-id", "x-github-request-id", "x-request-id", "x-ms-correlation-request-id"];

/// Longest id of a request, in bytes.
const MAX_REQUEST_ID_LENGTH: usize = 128;

/// Headers whose values are printed; others can hold secrets.
const PRINTED_HEADERS: [&str; 10] = [
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
        REQUEST_ID_HEADERS
            .iter()
            .find_map(|name| self.headers.get(*name)?.to_str().ok().filter(|text| is_printable_id(text)))
    }

    /// Decodes the body of an error; what does not decode is kept raw.
    #[must_use]
    pub fn payload<T: DeserializeOwned>(&self) -> Payload<T> {
        self.json().map_or_else(|_| Payload::Raw(self.body.clone()), Payload::Decoded)
    }

    /// Decodes the body as JSON.
    ///
    /// # Errors
    /// [`DecodeError`] when the body is no JSON or of another type.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, DecodeError> {
        serde_json::from_slice(self.body.expose_bytes()).map_err(|error| DecodeError::new(&error))
    }
}

/// Whether a text can stand in a message: visible ASCII, and not more of it than ids have.
fn is_printable_id(text: &str) -> bool {
    (1..=MAX_REQUEST_ID_LENGTH).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic())
}

impl fmt::Debug for Received {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let headers = fmt::from_fn(|formatter| {
            let mut map = formatter.debug_map();
            for (name, value) in &self.headers {
                match PRINTED_HEADERS.contains(&name.as_str()) {
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
