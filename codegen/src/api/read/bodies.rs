//! Reads the request bodies of operations.

use serde_json::Value;

use super::parameters::{is_scalar, is_unsendable, unwrapped};
use super::{Reader, read_examples};
use crate::api::encodings::{self, read_encodings};
use crate::api::media_types::choose;
use crate::api::{Body, Direction};
use openapi::marks::FILE;
use openapi::object::{Object, Schema};

/// Reads the request body of an operation.
pub(super) fn read_body(reader: &mut Reader<'_>, operation: &Value, pointer: &str) -> Option<Body> {
    let node = operation.get("requestBody")?;
    let pointer = format!("{pointer}/requestBody");
    let body = reader.root.pointer(&pointer).map_or(node, |node| reader.resolve(node));
    if is_unsendable(reader, body, &pointer) {
        return None;
    }
    let contents = body.object("content")?;
    let Some(content) = choose(contents, Direction::Request) else {
        if !contents.is_empty() {
            reader.unsupported(&pointer, "a request body of this media type", "Use JSON or a form");
        }
        return None;
    };
    reader.note_others(contents, &content, &pointer);
    reader.warn_of_schema(&content, &pointer);
    let (schema, rust_type) = content.schema();
    Some(Body {
        required: body.is_true("required"),
        description: body.trimmed("description").to_owned(),
        coding: content.coding,
        encodings: read_encodings(content.object, content.coding, |name| {
            part(reader, &schema, name)
        }),
        rust_type,
        schema,
        examples: read_examples(reader, content.object),
        media_type: content.media_type,
        media_type_choices: content.choices,
    })
}

/// Returns what a property, or each of its items, contains as a part of a multipart body.
fn part(reader: &Reader<'_>, body: &Value, name: &str) -> encodings::Content {
    let property = reader.resolve(unwrapped(body)).property(name);
    let property = property.map(|property| reader.resolve(unwrapped(property)));
    let items = property.and_then(|property| property.get("items"));
    match items.map(|items| reader.resolve(unwrapped(items))).or(property) {
        Some(schema) if schema.is_true(FILE) => encodings::Content::File,
        Some(schema) if !is_scalar(schema) => encodings::Content::Object,
        _ => encodings::Content::Scalar,
    }
}
