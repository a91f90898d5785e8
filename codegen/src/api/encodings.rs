//! The encodings of properties in forms and multipart bodies.

use serde_json::Value;

use super::{Coding, Style};
use openapi::marks::STYLED_PARTS;
use openapi::media_type::{is_header_value, is_json};
use openapi::object::Object;

/// The encoding of a property, with the variants of the runtime's `Encoding`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// As a query parameter of this style, exploded or not. In a multipart body, nothing is
    /// percent-encoded.
    Styled(Style, bool),
    /// As JSON of this media type.
    Json(String),
    /// As a string of this media type.
    MediaType(String),
}

/// Returns the encodings of the properties that do not have the default one (OpenAPI 3.0.4,
/// Encoding Object). `content` is a Media Type Object.
pub(super) fn read_encodings(content: &Value, coding: Coding) -> Vec<(String, Encoding)> {
    let read = content.entries("encoding").filter_map(|(name, encoding)| {
        let encoding = match coding {
            Coding::Form => styled(encoding).or_else(|| json(encoding)),
            Coding::Multipart if encoding.is_true(STYLED_PARTS) => styled(encoding),
            // Other styles have no effect there.
            Coding::Multipart => {
                json(encoding).or_else(|| stated(encoding).map(Encoding::MediaType))
            }
            Coding::Json | Coding::Base64 | Coding::Raw => None,
        };
        Some((name.clone(), encoding?))
    });
    read.collect()
}

/// Returns the style, if one is stated. It takes precedence over the media type.
fn styled(encoding: &Value) -> Option<Encoding> {
    let explode = encoding.keyword("explode").and_then(Value::as_bool);
    let style = match encoding.string("style") {
        None => explode.map(|_| Style::Form)?,
        Some("form") => Style::Form,
        Some("spaceDelimited") => Style::SpaceDelimited,
        Some("pipeDelimited") => Style::PipeDelimited,
        Some("deepObject") => Style::DeepObject,
        Some(_) => return None,
    };
    Some(Encoding::Styled(style, explode.unwrap_or(style == Style::Form)))
}

fn json(encoding: &Value) -> Option<Encoding> {
    stated(encoding).filter(|media_type| is_json(media_type)).map(Encoding::Json)
}

/// Returns the media type. If there are several, or wildcards, the caller chooses.
fn stated(encoding: &Value) -> Option<String> {
    let media_type = encoding.trimmed("contentType");
    let is_one = !media_type.contains([',', '*']) && is_header_value(media_type);
    is_one.then(|| media_type.to_owned())
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Coding, Encoding, Style, read_encodings};

    #[track_caller]
    fn check(coding: Coding, encoding: &Value, expected: Option<Encoding>) {
        let read = read_encodings(&json!({"encoding": {"a": encoding}}), coding);
        assert_eq!(read, Vec::from_iter(expected.map(|expected| ("a".to_owned(), expected))));
    }

    #[test]
    fn forms_have_styles_before_media_types() {
        let check = |encoding, expected| check(Coding::Form, &encoding, expected);
        check(json!({"style": "deepObject"}), Some(Encoding::Styled(Style::DeepObject, false)));
        check(json!({"style": "form"}), Some(Encoding::Styled(Style::Form, true)));
        check(json!({"explode": false}), Some(Encoding::Styled(Style::Form, false)));
        let json_type = json!({"contentType": "application/json"});
        check(json_type, Some(Encoding::Json("application/json".to_owned())));
        let both = json!({"contentType": "application/json", "style": "pipeDelimited"});
        check(both, Some(Encoding::Styled(Style::PipeDelimited, false)));
        check(json!({"contentType": "text/plain"}), None);
        check(json!({"style": "matrix"}), None);
        check(json!({}), None);
    }

    #[test]
    fn parts_have_media_types_and_styles_only_since_3_1() {
        let check = |encoding, expected| check(Coding::Multipart, &encoding, expected);
        let png = Encoding::MediaType("image/png".to_owned());
        check(json!({"contentType": "image/png", "style": "form"}), Some(png));
        let json_type = Encoding::Json("application/a+json".to_owned());
        check(json!({"contentType": "application/a+json"}), Some(json_type));
        check(json!({"contentType": "image/png, image/jpeg"}), None);
        check(json!({"contentType": "image/*"}), None);
        check(json!({"style": "deepObject"}), None);
        let marked =
            json!({"style": "deepObject", "contentType": "image/png", "x-styled-parts": true});
        check(marked, Some(Encoding::Styled(Style::DeepObject, false)));
    }
}
