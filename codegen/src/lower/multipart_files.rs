//! Marks the strings of multipart bodies that are files.
//!
//! A string with `format: binary` is a file if it is a part of its own, and an ordinary string in
//! JSON. A named schema that contains files is therefore inlined where a multipart body is
//! described.

use serde_json::{Map, Value, json};

use openapi::marks::FILE;
use openapi::media_type::is_multipart;
use openapi::notes::PassNotes;
use openapi::object::{Object, ObjectMut, Schema};
use openapi::reference::schema_name;
use openapi::walk;

/// The largest nesting of named schemas. A deeper one is recursive.
const DEEPEST: usize = 16;

pub(super) fn run(root: &mut Value, notes: &mut PassNotes<'_>) {
    let schemas = root.pointer("/components/schemas").cloned().unwrap_or_default();
    walk::request_bodies_mut(root, &mut |site, body| {
        for (media_type, content) in
            body.entries_mut("content").filter(|(media_type, _)| is_multipart(media_type))
        {
            let file_types = file_types(content);
            let Some(schema) = content.keyword_mut("schema") else { continue };
            if let Some(marked) = marked(&schemas, schema, &file_types, DEEPEST) {
                notes.add(&site.pointer(), format!("has files as parts of `{media_type}`"));
                *schema = marked;
            }
        }
    });
}

/// Returns the names of the parts whose media type is neither text nor JSON.
fn file_types(content: &Value) -> Vec<String> {
    let files = content.entries("encoding").filter(|(_, encoding)| {
        let media_type = encoding.string("contentType").unwrap_or_default();
        let is_file = |start: &&str| media_type.starts_with(*start);
        [
            "application/octet-stream",
            "application/pdf",
            "application/zip",
            "audio/",
            "image/",
            "video/",
        ]
        .iter()
        .any(is_file)
    });
    files.map(|(name, _)| name.clone()).collect()
}

/// Returns the schema with its files marked, or `None` if it has none.
fn marked(schemas: &Value, schema: &Value, file_types: &[String], depth: usize) -> Option<Value> {
    let depth = depth.checked_sub(1)?;
    if let Some(target) = schema_name(schema).and_then(|name| schemas.get(name)) {
        return marked(schemas, target, file_types, depth);
    }
    let mut members = schema.as_object()?.clone();
    let mut has_files = false;
    for (name, property) in members.entries_mut("properties") {
        let is_named_file = file_types.contains(name);
        if let Some(file) = file(schemas, property, is_named_file, depth) {
            *property = file;
            has_files = true;
        }
    }
    if let Some(values) =
        members.get("additionalProperties").and_then(|values| file(schemas, values, false, depth))
    {
        members.insert("additionalProperties".to_owned(), values);
        has_files = true;
    }
    for keyword in ["allOf", "anyOf", "oneOf"] {
        for part in members.array_mut(keyword).into_iter().flatten() {
            if let Some(with_files) = marked(schemas, part, file_types, depth) {
                *part = with_files;
                has_files = true;
            }
        }
    }
    has_files.then_some(Value::Object(members))
}

/// Returns the schema of a part that is a file, or an array of files.
fn file(schemas: &Value, schema: &Value, is_named_file: bool, depth: usize) -> Option<Value> {
    let depth = depth.checked_sub(1)?;
    if let Some(target) = schema_name(schema).and_then(|name| schemas.get(name)) {
        return file(schemas, target, is_named_file, depth);
    }
    let is_binary = schema.format() == "binary";
    let mut members: Map<String, Value> = schema.as_object()?.clone();
    match schema.stated_type() {
        Some("string") if is_binary || (is_named_file && !schema.has("enum")) => {
            members.insert(FILE.to_owned(), json!(true));
        }
        Some("array") => {
            let items = file(schemas, schema.get("items")?, is_named_file, depth)?;
            members.insert("items".to_owned(), items);
        }
        _ => return None,
    }
    Some(Value::Object(members))
}
