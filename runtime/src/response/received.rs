//! Responses as they were received.

use std::fmt;
use std::sync::Arc;

use http::StatusCode;
use http::header::{CONTENT_TYPE, HeaderMap};
use http::response::Parts;
use serde::de::DeserializeOwned;

use super::decoded::decode;
use super::sent::Sent;
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
    /// The request, to be compared with what must not repeat a secret of it.
    sent: Option<Arc<Sent>>,
}

/// The headers in which servers return the ID of a request, the most specific first.
pub(super) const REQUEST_ID_HEADERS: [&str; 4] =
    ["x-ms-request-id", "x-github-request-id", "x-request-id", "x-ms-correlation-request-id"];

/// The longest request ID that is accepted, in bytes.
const MAX_REQUEST_ID_LENGTH: usize = 128;

/// The longest media type that is accepted, in bytes.
const MAX_MEDIA_TYPE_LENGTH: usize = 100;

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
    /// Creates a response.
    #[must_use]
    pub fn new(status: StatusCode, headers: HeaderMap, body: RawBody) -> Self {
        Self { status, headers, body, sent: None }
    }

    /// Creates the head of a response to a request. A success does not keep a large request: its
    /// IDs are compared at once.
    pub(crate) fn answering(sent: Sent, head: Parts, is_success: bool) -> Self {
        let mut received = Self::new(head.status, head.headers, RawBody::default());
        if is_success && sent.is_large() {
            for name in REQUEST_ID_HEADERS {
                let id = received.headers.get_mut(name).filter(|id| sent.has(id.as_bytes()));
                id.into_iter().for_each(|id| id.set_sensitive(true));
            }
        } else {
            received.sent = Some(Arc::new(sent));
        }
        received
    }

    /// Returns true if `value` repeats a part of the request, which may be a secret.
    pub(crate) fn repeats_request(&self, value: &[u8]) -> bool {
        self.sent.as_ref().is_some_and(|sent| sent.has(value))
    }

    /// Returns what the retry policy looks at.
    pub(crate) fn answer(&self, rate_limit: Option<&'static RateLimit>) -> Answer<'_> {
        let Self { status, headers, body, .. } = self;
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
            let id = value.to_str().ok().filter(|id| is_printable_id(id))?;
            Some(id).filter(|id| !self.repeats_request(id.as_bytes()))
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
        decode(self.body.expose_bytes()).map_err(|error| error.with_media_type(self.media_type()))
    }

    /// Returns the media type of the body without its parameters, if it can be part of a message.
    pub(crate) fn media_type(&self) -> Option<&str> {
        let stated = self.headers.get(CONTENT_TYPE)?.to_str().ok()?;
        let media_type = stated.split(';').next().unwrap_or_default().trim();
        let is_printable = media_type.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'`');
        let is_short = (1..=MAX_MEDIA_TYPE_LENGTH).contains(&media_type.len());
        Some(media_type).filter(|_| is_printable && is_short)
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
                let is_printed = PRINTED_HEADERS.contains(&name.as_str());
                let is_id = REQUEST_ID_HEADERS.contains(&name.as_str());
                match is_printed && !(is_id && self.repeats_request(value.as_bytes())) {
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

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize)]
    struct Answer {
        #[serde(rename = "items")]
        _items: Vec<Item>,
    }

    #[derive(Debug, Deserialize)]
    struct Item {
        #[serde(rename = "a/b")]
        _id: u8,
    }

    #[track_caller]
    fn check(content_type: &str, body: &str, expected: &str) {
        let value = content_type.parse().expect("a header value");
        let headers = HeaderMap::from_iter([(CONTENT_TYPE, value)]);
        let received = Received::new(StatusCode::OK, headers, body.into());
        let error = received.json::<Answer>().expect_err("it does not fit");
        assert_eq!(error.to_string(), expected);
    }

    #[test]
    fn a_secret_that_was_written_redacted_is_left_out() {
        #[derive(Debug, Default, Deserialize)]
        #[serde(default)]
        struct Stored {
            token: Option<crate::secrets::SecretString>,
            id: Option<u8>,
        }
        let body = r#"{"token": "[redacted]", "id": 1}"#.into();
        let received = Received::new(StatusCode::OK, HeaderMap::new(), body);
        let stored = received.json::<Stored>().expect("the rest fits");
        assert_eq!((stored.token.as_ref(), stored.id), (None, Some(1)));
        assert_eq!(stored.undecoded(), ["/token"]);
    }

    #[test]
    fn a_decode_error_names_the_value_and_the_media_type() {
        let html = "it is not JSON (line 1, column 1; media type `text/html`)";
        check("text/html; charset=utf-8", "<html>", html);
        check("canary`", "canary", "it is not JSON (line 1, column 1)");
        let longest = format!("text/{}", "x".repeat(95));
        let named = format!("it is not JSON (line 1, column 1; media type `{longest}`)");
        check(&longest, "canary", &named);
        check(&format!("{longest}x"), "canary", "it is not JSON (line 1, column 1)");
        check(
            "application/json",
            "{}",
            "the JSON does not have the documented type (line 1, column 2; media type `application/json`)",
        );
        let received = Received::new(
            StatusCode::OK,
            HeaderMap::new(),
            r#"[{"a/b": 1}, {"a/b": "canary"}]"#.into(),
        );
        let error = received.json::<[Item; 2]>().expect_err("it does not fit");
        assert_eq!(error.pointer(), "/1/a~1b");
        assert!(error.to_string().starts_with("the value at `/1/a~1b` does not have"), "{error}");
    }
}
