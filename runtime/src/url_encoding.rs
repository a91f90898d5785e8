//! Percent-encoding of the names and values in URLs, forms and cookies.

use percent_encoding::{
    AsciiSet, NON_ALPHANUMERIC, PercentEncode, percent_decode_str, utf8_percent_encode,
};

/// Everything but RFC 3986's unreserved characters.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Everything but the characters that forms leave alone.
const FORM: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'*');

/// Percent-encodes everything but RFC 3986's unreserved characters, so that no value can end its
/// segment or pair.
pub(crate) fn percent_encode(value: &str) -> PercentEncode<'_> {
    utf8_percent_encode(value, RESERVED)
}

/// Percent-encodes the name or value of a pair in a form (WHATWG's URL Standard,
/// `application/x-www-form-urlencoded`).
pub(crate) fn form_encode(value: &str) -> impl Iterator<Item = &str> {
    let words = value.split(' ').enumerate();
    words.flat_map(|(index, word)| {
        let space = if index == 0 { "" } else { "+" };
        std::iter::once(space).chain(utf8_percent_encode(word, FORM))
    })
}

/// Returns true if the name of a `name=value` pair is `name` once it is decoded.
pub(crate) fn is_named(pair: &str, name: &str) -> bool {
    let encoded = pair.split('=').next().unwrap_or_default();
    percent_decode_str(encoded).decode_utf8_lossy() == name
}
