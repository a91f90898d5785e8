//! Removes keywords that progenitor drops, or enforces where they must not be enforced.
//!
//! Generated code checks sent values, and knows all of these keywords. Received values are not
//! checked at all.

use serde_json::{Map, Value, json};

use crate::api::{Direction, Schema};
use crate::schema::ANNOTATIONS;
use openapi::notes::PassNotes;
use openapi::object::{Object, ObjectMut, Schema as _};
use openapi::walk::{self, Site};

/// Constraints on values.
const CONSTRAINTS: [&str; 15] = [
    "additionalProperties",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "format",
    "maxItems",
    "maxLength",
    "maxProperties",
    "maximum",
    "minItems",
    "minLength",
    "minProperties",
    "minimum",
    "multipleOf",
    "pattern",
    "uniqueItems",
];

/// Formats that select a Rust type.
const TYPE_FORMATS: [&str; 5] = ["double", "float", "int32", "int64", "uint64"];

pub(super) fn run(schema: &Schema, lowered: &mut Value, notes: &mut PassNotes<'_>) {
    let site = Site::of_schema(&schema.name);
    walk::schema_mut(lowered, &site, &mut |site, node| {
        let Some(members) = node.as_object_mut() else { return };
        let properties = members.get("properties").cloned().unwrap_or_default();
        if let Some(required) = members.array_mut("required") {
            let stated = required.len();
            required.retain(|name| name.as_str().is_some_and(|name| properties.has(name)));
            if required.len() < stated {
                notes.add(&site.pointer(), "requires a property that it does not define");
            }
        }
        keep_other_properties(members);
        let is_number = matches!(members.stated_type(), Some("integer" | "number"));
        let has_runtime_type = members.contains_key("x-rust-type");
        members.retain(|keyword, value| {
            let kept = is_kept(keyword, value)
                && (keyword != "format" || is_number)
                && (keyword != "enum" || !is_number)
                && (keyword != "nullable" || *value == Value::Bool(true));
            let lost =
                CONSTRAINTS.contains(&keyword.as_str()) && schema.direction == Direction::Response;
            if !kept && lost && !has_runtime_type {
                notes.add(&site.pointer(), format!("`{keyword}: {value}` is not enforced"));
            }
            kept
        });
    });
}

/// Lets a type with properties have any others, too, if the document says so. Without properties,
/// the type is a map of any JSON in any case.
fn keep_other_properties(members: &mut Map<String, Value>) {
    let others = members.get("additionalProperties");
    let are_any = others.is_some_and(|others| *others == json!({}) || *others == json!(true));
    if are_any && members.properties().next().is_some() {
        // progenitor ignores true and `{}`.
        members.insert("additionalProperties".to_owned(), json!({ "description": "Any JSON." }));
    } else if are_any {
        members.remove("additionalProperties");
    }
}

fn is_kept(keyword: &str, value: &Value) -> bool {
    match (keyword, value) {
        ("format", Value::String(format)) => TYPE_FORMATS.contains(&format.as_str()),
        // `false` would reject new properties.
        ("additionalProperties", Value::Object(schema)) => !schema.is_empty(),
        ("x-rust-type", _) => true,
        ("allOf" | "anyOf" | "oneOf", Value::Array(parts)) => !parts.is_empty(),
        _ => {
            !CONSTRAINTS.contains(&keyword)
                && (!ANNOTATIONS.contains(&keyword) || keyword == "description")
                && !keyword.starts_with("x-")
        }
    }
}
