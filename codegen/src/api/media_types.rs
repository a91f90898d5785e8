//! Selects one of several media types for a body, and the encoding of the body.

use serde_json::{Map, Value, json};

use super::{Direction, RustType, type_of};
use openapi::marks::{FILE, POSITION};
use openapi::media_type::{essence, is_header_value, is_json, is_multipart, is_range, matches};
use openapi::object::{Object, Schema};

/// The encoding of a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Coding {
    /// As JSON.
    Json,
    /// As a form, `application/x-www-form-urlencoded`.
    Form,
    /// As parts, `multipart/form-data` and similar types.
    Multipart,
    /// As bytes in base64.
    Base64,
    /// As raw bytes.
    Raw,
}

/// A media type and its Media Type Object.
pub(super) struct Content<'d> {
    /// The value of the `Content-Type` header of a request, or a sample if the caller chooses.
    pub media_type: String,
    /// The media types and ranges that the caller chooses from. If there are none, there is no
    /// choice.
    pub choices: Vec<String>,
    /// The key in `content`.
    pub key: &'d str,
    /// The Media Type Object.
    pub object: &'d Value,
    /// The encoding of the body.
    pub coding: Coding,
}

impl Content<'_> {
    /// Returns the schema of the body and the type of its values. Raw bytes have no schema.
    pub(super) fn schema(&self) -> (Value, RustType) {
        match (self.coding, self.object.get("schema")) {
            (Coding::Raw | Coding::Base64, _) => (Value::Null, RustType::Raw),
            (Coding::Multipart, schema) => {
                let rust_type = schema.map_or(RustType::Any, type_of);
                match (schema, rust_type) {
                    (Some(schema), rust_type @ (RustType::Named(_) | RustType::Map(_))) => {
                        (schema.clone(), rust_type)
                    }
                    // Nothing is said of the parts, any of which can be a file.
                    _ => {
                        let any = json!({"type": "object", "additionalProperties": {"type": "string", FILE: true}});
                        (any, RustType::Map(Box::new(RustType::File)))
                    }
                }
            }
            (_, Some(schema)) => (schema.clone(), type_of(schema)),
            (_, None) => (Value::Null, RustType::Any),
        }
    }
}

/// Selects the media type that describes its values best: JSON, then forms, then parts, then
/// others. Among equals `application/json` comes first, ranges come last, and the order of the
/// source text decides. Returns `None` if there is none, or none that is a valid header value.
pub(super) fn choose(contents: &Map<String, Value>, direction: Direction) -> Option<Content<'_>> {
    let named = contents.iter().filter(|(key, _)| is_header_value(key));
    let mut named: Vec<_> = named
        .map(|(key, object)| match coding(key, object) {
            // Parts are written and not read, and what is received is not decoded.
            Coding::Multipart | Coding::Base64 if direction == Direction::Response => {
                (Coding::Raw, key, object)
            }
            coding => (coding, key, object),
        })
        .collect();
    named.sort_by_key(|(coding, key, object)| {
        (*coding, essence(key) != "application/json", is_range(key), object.count(POSITION))
    });
    let (coding, key, object) = *named.first()?;
    let alike = named.iter().filter(|(known, ..)| *known == coding).map(|(_, key, _)| *key);
    let choices = match direction {
        Direction::Request => choices(coding, alike.cloned().collect()),
        Direction::Response => Vec::new(),
    };
    let media_type = match direction {
        // `Accept` can hold a range.
        Direction::Response if coding == Coding::Raw => key.clone(),
        _ if is_range(key) => stated(coding, key),
        _ => key.clone(),
    };
    Some(Content { media_type, choices, key, object, coding })
}

/// Returns the media types that a caller chooses from. Only raw bytes can be of any of them. All
/// other bodies have the preferred one, unless it is a range that the usual one does not match.
fn choices(coding: Coding, alike: Vec<String>) -> Vec<String> {
    let is_raw = matches!(coding, Coding::Raw | Coding::Base64);
    let is_open = |key: &String| is_range(key) && !matches(key, usual(coding));
    match alike.as_slice() {
        [only] if is_raw && is_range(only) => alike,
        [_, _, ..] if is_raw => alike,
        [first, ..] if !is_raw && is_open(first) => vec![first.clone()],
        _ => Vec::new(),
    }
}

fn coding(media_type: &str, object: &Value) -> Coding {
    let essence = essence(media_type);
    let is_any = matches!(essence.as_str(), "*/*" | "application/*");
    let format = object.keyword("schema").map(Schema::format).unwrap_or_default();
    if is_json(media_type) || (is_any && object.has("schema") && format != "binary") {
        Coding::Json
    } else if essence == "application/x-www-form-urlencoded" && object.has("schema") {
        Coding::Form
    } else if is_multipart(media_type) {
        Coding::Multipart
    } else if format == "byte" {
        Coding::Base64
    } else {
        Coding::Raw
    }
}

/// Returns the media type that is usual for an encoding.
fn usual(coding: Coding) -> &'static str {
    match coding {
        Coding::Json => "application/json",
        Coding::Form => "application/x-www-form-urlencoded",
        Coding::Multipart => "multipart/form-data",
        Coding::Base64 | Coding::Raw => "application/octet-stream",
    }
}

/// Returns a media type that matches a range.
fn stated(coding: Coding, range: &str) -> String {
    let known = [usual(coding), "image/png", "text/plain", "audio/mpeg", "video/mp4"];
    match known.into_iter().find(|known| matches(range, known)) {
        Some(known) => known.to_owned(),
        None => essence(range).replace('*', "x-any"),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Coding, POSITION, choose};
    use crate::api::Direction;

    #[track_caller]
    fn check(contents: &serde_json::Value, expected: Option<(&str, Coding)>) {
        let contents = contents.as_object().expect("contents are an object");
        let chosen = choose(contents, Direction::Request);
        assert_eq!(
            chosen.as_ref().map(|content| (content.media_type.as_str(), content.coding)),
            expected
        );
    }

    #[test]
    fn json_comes_first_with_its_parameters() {
        let schema = json!({"schema": {}});
        check(
            &json!({"text/csv": schema, "application/x-www-form-urlencoded": schema, "application/scim+json; v=1": schema}),
            Some(("application/scim+json; v=1", Coding::Json)),
        );
        check(&json!({"application/json": {}}), Some(("application/json", Coding::Json)));
    }

    #[test]
    fn what_is_neither_json_nor_a_form_is_raw() {
        check(&json!({"application/pdf": {}}), Some(("application/pdf", Coding::Raw)));
        check(&json!({"*/*": {"schema": {}}}), Some(("application/json", Coding::Json)));
        check(
            &json!({"*/*": {"schema": {"format": "binary"}}}),
            Some(("application/octet-stream", Coding::Raw)),
        );
        check(&json!({"a\nb": {}}), None);
        check(
            &json!({"multipart/form-data": {}}),
            Some(("multipart/form-data", Coding::Multipart)),
        );
        check(&json!({}), None);
        check(
            &json!({"application/octet-stream": {"schema": {"format": "byte"}}}),
            Some(("application/octet-stream", Coding::Base64)),
        );
    }

    #[test]
    fn application_json_comes_before_the_order_of_the_document_and_ranges_come_last() {
        let at = |position: u64| json!({"schema": {}, POSITION: position});
        let json = |media_type| Some((media_type, Coding::Json));
        check(
            &json!({"application/a+json": at(1), "application/json; v=1": at(2), "*/*": at(0)}),
            json("application/json; v=1"),
        );
        check(
            &json!({"application/a+json": at(2), "application/b+json": at(1), "application/*+json": at(0)}),
            json("application/b+json"),
        );
    }

    #[track_caller]
    fn check_choices(contents: &serde_json::Value, sample: &str, expected: &[&str]) {
        let contents = contents.as_object().expect("contents are an object");
        let chosen = choose(contents, Direction::Request).expect("one is chosen");
        assert_eq!(
            (chosen.media_type.as_str(), chosen.choices),
            (sample, expected.iter().map(|choice| (*choice).to_owned()).collect())
        );
        let received = choose(contents, Direction::Response).expect("one is chosen");
        assert!(received.choices.is_empty());
    }

    #[test]
    fn a_caller_chooses_among_types_of_bytes_and_within_ranges() {
        check_choices(&json!({"image/*": {}}), "image/png", &["image/*"]);
        check_choices(&json!({"model/*": {}}), "model/x-any", &["model/*"]);
        check_choices(&json!({"*/*": {}}), "application/octet-stream", &["*/*"]);
        check_choices(
            &json!({"a/b": {POSITION: 2}, "a/c": {POSITION: 1}, "a/*": {POSITION: 0}}),
            "a/c",
            &["a/c", "a/b", "a/*"],
        );
        check_choices(&json!({"a/b": {}}), "a/b", &[]);
        check_choices(
            &json!({"application/*+json": {}}),
            "application/x-any+json",
            &["application/*+json"],
        );
        check_choices(&json!({"*/*": {"schema": {}}}), "application/json", &[]);
        check_choices(
            &json!({"application/json": {}, "a/b": {}, "a/c": {}}),
            "application/json",
            &[],
        );
    }

    #[test]
    fn a_range_is_accepted_as_it_is() {
        let contents = json!({"image/*": {}});
        let received = choose(contents.as_object().expect("an object"), Direction::Response);
        assert_eq!(received.expect("one is chosen").media_type, "image/*");
    }
}
