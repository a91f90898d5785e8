//! The comparison of a response with what was sent, since a server may repeat a secret.

use std::borrow::Cow;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::header::HeaderValue;
use http::{Request, Uri};
use percent_encoding::percent_decode;
use zeroize::Zeroizing;

use super::received::REQUEST_ID_HEADERS;
use crate::transport::Body;

/// The length in bytes from which a part of a word is compared. Shorter ones are repeated by
/// chance, so that only whole words are compared.
const MIN_PART_LENGTH: usize = 8;

/// The length in bytes from which a body is compared at once instead of being kept.
const MAX_KEPT: usize = 64 * 1024;

/// A request as it was sent: its URL, its sensitive headers, including the credential, and its
/// body.
pub(crate) struct Sent {
    uri: Uri,
    headers: Vec<HeaderValue>,
    body: Bytes,
}

impl Sent {
    pub(crate) fn of(request: &Request<Body>) -> Self {
        // An ID that the caller has chosen for the request is no secret.
        let is_secret = |name: &str, value: &HeaderValue| {
            value.is_sensitive() && !REQUEST_ID_HEADERS.contains(&name)
        };
        let headers = request.headers().iter();
        let headers = headers.filter(|(name, value)| is_secret(name.as_str(), value));
        Self {
            uri: request.uri().clone(),
            headers: headers.map(|(_, value)| value.clone()).collect(),
            body: request.body().bytes(),
        }
    }

    /// Returns true if the body is too large to be kept as long as the response.
    pub(super) fn is_large(&self) -> bool {
        self.body.len() > MAX_KEPT
    }

    /// Returns true if the request contains `value`, or `value` a long word of the request. A short
    /// `value` is compared with whole words.
    pub(super) fn has(&self, value: &[u8]) -> bool {
        let url = self.uri.path_and_query().map_or("", |url| url.as_str());
        let headers = self.headers.iter().map(HeaderValue::as_bytes);
        headers.clone().chain([url.as_bytes(), &self.body]).any(|sent| {
            repeats(value, sent) || decoded(sent).is_some_and(|decoded| repeats(value, &decoded))
        }) || headers.filter_map(basic).any(|decoded| repeats(value, &decoded))
    }
}

/// Returns true if `sent` contains `value`, or `value` a long word of `sent`.
fn repeats(value: &[u8], sent: &[u8]) -> bool {
    let is_long = |part: &[u8]| part.len() >= MIN_PART_LENGTH;
    let is_repeated =
        |word: &[u8]| word == value || (is_long(word) && is_long(value) && contains(value, word));
    (is_long(value) && contains(sent, value)) || words(sent).any(is_repeated)
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
