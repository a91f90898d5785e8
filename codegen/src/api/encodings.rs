//! The encodings of properties in forms and multipart bodies.

use serde_json::Value;

use super::{Coding, Style};
use openapi::marks::{STYLED_PARTS, VERBATIM};
use openapi::media_type::{essence, is_header_value, is_json, is_range, listed};
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

/// The content of a part of a multipart body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Content {
    File,
    Object,
    Scalar,
}

/// Returns the encodings of the properties that do not have the default one (OpenAPI 3.0.4,
/// Encoding Object). `content` is a Media Type Object, and `kind` tells what a property contains.
pub(super) fn read_encodings(
    content: &Value,
    coding: Coding,
    kind: impl Fn(&str) -> Content,
) -> Vec<(String, Encoding)> {
    let read = content.entries("encoding").filter_map(|(name, encoding)| {
        let encoding = match coding {
            Coding::Form => styled(encoding).or_else(|| only_json(encoding)),
            Coding::Multipart if encoding.is_true(STYLED_PARTS) => styled(encoding),
            // Other styles have no effect there.
            Coding::Multipart => chosen(encoding, kind(name)).map(|media_type| {
                if is_json(&media_type) && !encoding.is_true(VERBATIM) {
                    Encoding::Json(media_type)
                } else {
                    Encoding::MediaType(media_type)
                }
            }),
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

/// Returns the only media type of an encoding, if it is JSON.
fn only_json(encoding: &Value) -> Option<Encoding> {
    let mut listed = listed(encoding.trimmed("contentType"));
    let only = listed.next().filter(|media_type| is_json(media_type) && can_be_sent(media_type));
    only.filter(|_| listed.next().is_none()).map(|only| Encoding::Json(only.to_owned()))
}

/// Returns the media type that describes a part best. Returns `None` if there are ranges alone. The
/// linter reports if the default is in none of them.
fn chosen(encoding: &Value, content: Content) -> Option<String> {
    let usable: Vec<&str> =
        listed(encoding.trimmed("contentType")).filter(|one| can_be_sent(one)).collect();
    let fits = |media_type: &&&str| match content {
        Content::File => true,
        Content::Object => is_json(media_type),
        Content::Scalar => essence(media_type).starts_with("text/"),
    };
    usable.iter().find(fits).or_else(|| usable.first()).map(|one| (*one).to_owned())
}

/// Returns true if a media type can be a header, and is no range.
fn can_be_sent(media_type: &str) -> bool {
    !is_range(media_type) && is_header_value(media_type)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Coding, Content, Encoding, Style, VERBATIM, read_encodings};

    #[track_caller]
    fn check(coding: Coding, encoding: &Value, expected: Option<Encoding>) {
        check_part(coding, Content::Scalar, encoding, expected);
    }

    #[track_caller]
    fn check_part(coding: Coding, kind: Content, encoding: &Value, expected: Option<Encoding>) {
        let read = read_encodings(&json!({"encoding": {"a": encoding}}), coding, |_| kind);
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
        let verbatim = Encoding::MediaType("application/json".to_owned());
        check(json!({"contentType": "application/json", VERBATIM: true}), Some(verbatim));
        check(json!({"contentType": "image/*"}), None);
        check(json!({"style": "deepObject"}), None);
        let marked =
            json!({"style": "deepObject", "contentType": "image/png", "x-styled-parts": true});
        check(marked, Some(Encoding::Styled(Style::DeepObject, false)));
    }

    #[test]
    fn of_several_media_types_a_part_has_the_one_that_describes_it_best() {
        let check = |content, list: &str, expected: &str| {
            let encoding = json!({ "contentType": list });
            let expected = if expected.ends_with("json") {
                Encoding::Json(expected.to_owned())
            } else {
                Encoding::MediaType(expected.to_owned())
            };
            check_part(Coding::Multipart, content, &encoding, Some(expected));
        };
        check(Content::File, "image/*, image/png, image/jpeg", "image/png");
        check(Content::Object, "application/xml, application/json", "application/json");
        check(Content::Scalar, "application/json, text/csv, text/plain", "text/csv");
        check(Content::Scalar, "application/xml, application/json", "application/xml");
    }
}
