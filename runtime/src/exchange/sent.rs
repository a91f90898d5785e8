//! The comparison of a response with what was sent, since a server may repeat a secret.

use std::borrow::Cow;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::header::{HeaderMap, HeaderValue};
use http::{Request, Uri};
use percent_encoding::percent_decode;
use zeroize::Zeroizing;

use crate::request::{PreparedCall, RequestBody};
use crate::response::REQUEST_ID_HEADERS;
use crate::transport::Body;

/// The length in bytes from which a part of a word is compared. Shorter ones are repeated by
/// chance, so that only whole words are compared.
const MIN_PART_LENGTH: usize = 8;

/// The URL and the headers with which a request was sent, including its credential.
#[derive(Default)]
pub(super) struct Sent {
    uri: Uri,
    headers: Vec<HeaderValue>,
}

impl Sent {
    pub(super) fn of(request: &Request<Body>) -> Self {
        // An ID that the caller has chosen for the request is no secret.
        let is_secret = |name: &str, value: &HeaderValue| {
            value.is_sensitive() && !REQUEST_ID_HEADERS.contains(&name)
        };
        let headers = request.headers().iter();
        let headers = headers.filter(|(name, value)| is_secret(name.as_str(), value));
        Self {
            uri: request.uri().clone(),
            headers: headers.map(|(_, value)| value.clone()).collect(),
        }
    }

    /// Marks the request IDs that repeat what was sent as sensitive, so that they are not printed.
    pub(super) fn hide_echoes(&self, prepared: &PreparedCall, received: &mut HeaderMap) {
        for (name, id) in received.iter_mut() {
            if REQUEST_ID_HEADERS.contains(&name.as_str()) && self.has(prepared, id.as_bytes()) {
                id.set_sensitive(true);
            }
        }
    }

    /// Returns true if the request contains `value`, or `value` a long word of the request. A short
    /// `value` is compared with whole words.
    pub(super) fn has(&self, prepared: &PreparedCall, value: &[u8]) -> bool {
        let url = self.uri.path_and_query().map_or("", |url| url.as_str());
        let body = match &prepared.body {
            Some(RequestBody::Bytes(bytes)) => &**bytes,
            _ => &[],
        };
        let is_long = |part: &[u8]| part.len() >= MIN_PART_LENGTH;
        let is_repeated = |sent: &[u8]| {
            (is_long(value) && contains(sent, value))
                || words(sent).any(|word| word == value || (is_long(word) && contains(value, word)))
        };
        let headers = self.headers.iter().map(HeaderValue::as_bytes);
        headers.clone().chain([url.as_bytes(), body]).any(|sent| {
            is_repeated(sent) || decoded(sent).is_some_and(|decoded| is_repeated(&decoded))
        }) || headers.filter_map(basic).any(|decoded| is_repeated(&decoded))
    }
}

/// Decodes what is percent-encoded, if anything is.
fn decoded(sent: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    match percent_decode(sent).into() {
        Cow::Owned(decoded) => Some(Zeroizing::new(decoded)),
        Cow::Borrowed(_) => None,
    }
}

/// Decodes the credential of HTTP Basic authentication.
fn basic(header: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    STANDARD.decode(header.strip_prefix(b"Basic ")?).ok().map(Zeroizing::new)
}

/// Splits at the bytes that tokens do not have.
fn words(sent: &[u8]) -> impl Iterator<Item = &[u8]> {
    let ends = |byte: &u8| !byte.is_ascii_alphanumeric() && !b"-._~+/".contains(byte);
    sent.split(ends).filter(|word| !word.is_empty())
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    !part.is_empty() && bytes.windows(part.len()).any(|window| window == part)
}
