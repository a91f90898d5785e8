//! Responses as they were received.

use std::fmt;

use http::StatusCode;
use http::header::HeaderMap;
use serde::de::DeserializeOwned;

use super::decoded::decode;
use super::{DecodeError, Decoded, Payload};
use crate::retry::{Answer, RateLimit};
use crate::secrets::RawBody;

/// A response as it was received: status code, headers and body.
#[derive(Clone)]
pub struct Received {
    /// The status code.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: RawBody,
}

/// The headers in which servers return the ID of a request, the most specific first.
pub(crate) const REQUEST_ID_HEADERS: [&str; 4] =
    ["x-ms-request-id", "x-github-request-id", "x-request-id", "x-ms-correlation-request-id"];

/// The longest request ID that is accepted, in bytes.
const MAX_REQUEST_ID_LENGTH: usize = 128;

/// The headers whose values are printed. All others may contain secrets.
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
    /// Returns what the retry policy looks at.
    pub(crate) fn answer(&self, rate_limit: Option<&'static RateLimit>) -> Answer<'_> {
        let Self { status, headers, body } = self;
        Answer { status: *status, headers, body: body.expose_bytes(), rate_limit }
    }

    /// Returns the ID that the server gave the request, to quote to the vendor's support.
    ///
    /// An ID that is too long or not visible ASCII is ignored, and so is one that repeats what was
    /// sent, since that may be a secret.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        REQUEST_ID_HEADERS.iter().find_map(|name| {
            let value = self.headers.get(*name).filter(|value| !value.is_sensitive())?;
            value.to_str().ok().filter(|id| is_printable_id(id))
        })
    }

    /// Decodes the body of an error. A body that cannot be decoded is kept raw.
    #[must_use]
    pub fn payload<T: DeserializeOwned>(&self) -> Payload<T> {
        self.json().map_or_else(|_| Payload::Raw(self.body.clone()), Payload::Decoded)
    }

    /// Decodes the body as JSON, without the properties and items that are not of the documented
    /// type, that no type represents, such as `"\ud800"` and `1e999`, or that more than 127 arrays
    /// and objects contain.
    ///
    /// # Errors
    /// [`DecodeError`] if the body is not JSON, or is JSON of another kind, such as an array in
    /// place of an object.
    pub fn json<T: DeserializeOwned>(&self) -> Result<Decoded<T>, DecodeError> {
        decode(self.body.expose_bytes())
    }
}

/// Returns true if an ID can be part of a message: it is visible ASCII and not too long.
fn is_printable_id(id: &str) -> bool {
    (1..=MAX_REQUEST_ID_LENGTH).contains(&id.len())
        && id.bytes().all(|byte| byte.is_ascii_graphic())
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
