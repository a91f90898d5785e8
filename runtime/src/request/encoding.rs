//! The encodings of properties in forms and multipart bodies.

use super::{Explode, Style};

/// The encoding of a property in a form or a multipart body (OpenAPI 3.0.4, Encoding Object).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// As a query parameter of this style is written. In a multipart body, nothing is
    /// percent-encoded.
    Styled(Style, Explode),
    /// As JSON of this media type, even if the value is a string.
    Json(&'static str),
    /// As the string that the value is, in a part of this media type. Only multipart bodies have
    /// it.
    MediaType(&'static str),
}

/// The documented encodings of properties, by their names.
pub(crate) type Encodings<'e> = &'e [(&'static str, Encoding)];

/// Returns the documented encoding of a property.
pub(crate) fn of(name: &str, encodings: Encodings<'_>) -> Option<Encoding> {
    encodings.iter().find(|(known, _)| *known == name).map(|(_, encoding)| *encoding)
}
