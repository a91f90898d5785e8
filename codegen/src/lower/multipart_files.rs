//! Marks the strings of multipart bodies that are files.
//!
//! A string with `format: binary` is a file if it is a part of its own, and an ordinary string in
//! JSON. A part of which the schema says nothing is a file if `encoding` gives it a media type, as
//! OpenAPI 3.1 writes files. A named schema that contains files is therefore inlined where a
//! multipart body is described.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use openapi::marks::FILE;
use openapi::media_type::{essence, is_binary, is_json, is_multipart};
use openapi::notes::PassNotes;
use openapi::object::{Object, ObjectMut, Schema};
use openapi::reference::schema_name;
use openapi::walk;

const FORM: &str = "application/x-www-form-urlencoded";

/// Keywords of a schema that says what its values are.
const TELLING: [&str; 7] =
    ["additionalProperties", "allOf", "anyOf", "enum", "items", "oneOf", "properties"];

/// The largest nesting of named schemas. A deeper one is recursive.
const DEEPEST: usize = 16;

pub(super) fn run(root: &mut Value, notes: &mut PassNotes<'_>) {
    let schemas = root.pointer("/components/schemas").cloned().unwrap_or_default();
    walk::request_bodies_mut(root, &mut |site, body| {
        for (media_type, content) in
            body.entries_mut("content").filter(|(media_type, _)| is_multipart(media_type))
        {
            let parts = stated(content);
            let Some(schema) = content.keyword_mut("schema") else { continue };
            if let Some(marked) = marked(&schemas, schema, &parts, DEEPEST) {
                notes.add(&site.pointer(), format!("has files as parts of `{media_type}`"));
                *schema = marked;
            }
        }
    });
}

/// What `encoding` says of a part.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stated {
    /// Nothing, or that it is JSON or a form.
    Nothing,
    /// Another media type, so that a part of which no schema says anything is a file.
    Other,
    /// A media type that is neither text nor JSON, so that a string is a file.
    Binary,
}

fn stated(content: &Value) -> BTreeMap<String, Stated> {
    let parts = content.entries("encoding").map(|(name, encoding)| {
        let media_type = encoding.string("contentType").unwrap_or_default();
        let essence = essence(media_type);
        let stated = if is_binary(media_type) {
            Stated::Binary
        } else if essence.is_empty() || is_json(media_type) || essence == FORM {
            Stated::Nothing
        } else {
            Stated::Other
        };
        (name.clone(), stated)
    });
    parts.collect()
}

/// Returns the schema with its files marked, or `None` if it has none.
fn marked(
    schemas: &Value,
    schema: &Value,
    parts: &BTreeMap<String, Stated>,
    depth: usize,
) -> Option<Value> {
    let depth = depth.checked_sub(1)?;
    if let Some(target) = schema_name(schema).and_then(|name| schemas.get(name)) {
        return marked(schemas, target, parts, depth);
    }
    let mut members = schema.as_object()?.clone();
    let mut has_files = false;
    for (name, property) in members.entries_mut("properties") {
        let stated = parts.get(name).copied().unwrap_or(Stated::Nothing);
        if let Some(file) = file(schemas, property, stated, depth) {
            *property = file;
            has_files = true;
        }
    }
    if let Some(values) = members
        .get("additionalProperties")
        .and_then(|values| file(schemas, values, Stated::Nothing, depth))
    {
        members.insert("additionalProperties".to_owned(), values);
        has_files = true;
    }
    for keyword in ["allOf", "anyOf", "oneOf"] {
        for part in members.array_mut(keyword).into_iter().flatten() {
            if let Some(with_files) = marked(schemas, part, parts, depth) {
                *part = with_files;
                has_files = true;
            }
        }
    }
    has_files.then_some(Value::Object(members))
}

/// Returns the schema of a part that is a file, or an array of files.
fn file(schemas: &Value, schema: &Value, stated: Stated, depth: usize) -> Option<Value> {
    let depth = depth.checked_sub(1)?;
    if let Some(target) = schema_name(schema).and_then(|name| schemas.get(name)) {
        return file(schemas, target, stated, depth);
    }
    let is_binary = schema.format() == "binary";
    let mut members: Map<String, Value> = schema.as_object()?.clone();
    match schema.stated_type() {
        Some("string") if is_binary || (stated == Stated::Binary && !schema.has("enum")) => {
            members.insert(FILE.to_owned(), json!(true));
        }
        Some("array") => {
            let items = file(schemas, schema.get("items")?, stated, depth)?;
            members.insert("items".to_owned(), items);
        }
        None if stated != Stated::Nothing && !TELLING.iter().any(|keyword| schema.has(keyword)) => {
            members.insert("type".to_owned(), json!("string"));
            members.insert(FILE.to_owned(), json!(true));
        }
        _ => return None,
    }
    Some(Value::Object(members))
}
