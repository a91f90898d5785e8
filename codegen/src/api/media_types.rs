//! Selects one of several media types for a body, and the encoding of the body.

use serde_json::{Map, Value, json};

use super::{Direction, RustType, type_of};
use openapi::marks::FILE;
use openapi::media_type::{essence, is_header_value, is_json, is_multipart};
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
    /// As raw bytes.
    Raw,
}

/// A media type and its Media Type Object.
pub(super) struct Content<'d> {
    /// The value of the `Content-Type` header of a request.
    pub media_type: String,
    /// The Media Type Object.
    pub object: &'d Value,
    /// The encoding of the body.
    pub coding: Coding,
}

impl Content<'_> {
    /// Returns the schema of the body and the type of its values. Raw bytes have no schema.
    pub(super) fn schema(&self) -> (Value, RustType) {
        match (self.coding, self.object.get("schema")) {
            (Coding::Raw, _) => (Value::Null, RustType::Raw),
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
/// others, and among equals the first. Returns `None` if there is none, or none that is a valid
/// header value.
pub(super) fn choose(contents: &Map<String, Value>, direction: Direction) -> Option<Content<'_>> {
    let named = contents.iter().filter(|(media_type, _)| is_header_value(media_type));
    let contents = named.map(|(media_type, object)| {
        let coding = match coding(media_type, object) {
            // Parts are written and not read.
            Coding::Multipart if direction == Direction::Response => Coding::Raw,
            coding => coding,
        };
        let is_any = media_type.contains('*');
        let media_type = if is_any { stated(coding) } else { media_type.clone() };
        Content { media_type, object, coding }
    });
    contents.min_by_key(|content| content.coding)
}

fn coding(media_type: &str, object: &Value) -> Coding {
    let essence = essence(media_type);
    let is_any = matches!(essence.as_str(), "*/*" | "application/*");
    let is_binary = object.keyword("schema").is_some_and(|schema| schema.format() == "binary");
    if is_json(media_type) || (is_any && object.has("schema") && !is_binary) {
        Coding::Json
    } else if essence == "application/x-www-form-urlencoded" && object.has("schema") {
        Coding::Form
    } else if is_multipart(media_type) {
        Coding::Multipart
    } else {
        Coding::Raw
    }
}

/// Returns the media type that is sent if a document allows any.
fn stated(coding: Coding) -> String {
    let media_type = match coding {
        Coding::Json => "application/json",
        Coding::Form => "application/x-www-form-urlencoded",
        Coding::Multipart => "multipart/form-data",
        Coding::Raw => "application/octet-stream",
    };
    media_type.to_owned()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Coding, choose};
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
    }
}
