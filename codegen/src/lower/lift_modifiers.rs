//! Moves keywords that modify a location, such as `readOnly`, from subschemas of `allOf` to the
//! schema.
//!
//! OpenAPI 3.0 ignores keywords beside a reference, so documents put them into a subschema. The
//! subschema would make another type of the referenced schema, and the keywords would be lost in
//! it.

use serde_json::{Map, Value};

use openapi::notes::PassNotes;
use openapi::walk;

/// Keywords that modify a location and have an effect.
const MODIFIERS: [&str; 3] = ["nullable", "readOnly", "writeOnly"];

/// Keywords that a subschema can have beside them without being a type.
const ANNOTATIONS: [&str; 6] =
    ["default", "deprecated", "description", "example", "externalDocs", "title"];

pub(super) fn run(root: &mut Value, notes: &mut PassNotes<'_>) {
    walk::document_mut(root, &mut |site, schema| {
        let Some(members) = schema.as_object_mut() else { return };
        let Some(Value::Array(parts)) = members.get_mut("allOf") else { return };
        if parts.len() < 2 || !parts.iter().any(is_modifier) || parts.iter().all(is_modifier) {
            return;
        }
        let (modifiers, others): (Vec<Value>, Vec<Value>) =
            std::mem::take(parts).into_iter().partition(is_modifier);
        *parts = others;
        for (keyword, value) in modifiers.into_iter().filter_map(into_object).flatten() {
            members.entry(keyword).or_insert(value);
        }
        notes.add(&site.pointer(), "has what a part of its `allOf` says of its place");
    });
}

fn into_object(part: Value) -> Option<Map<String, Value>> {
    match part {
        Value::Object(members) => Some(members),
        _ => None,
    }
}

/// Returns true if a subschema has modifiers and does not constrain the value.
fn is_modifier(part: &Value) -> bool {
    let Some(members) = part.as_object() else { return false };
    let is_allowed = |keyword: &String| {
        MODIFIERS.contains(&keyword.as_str()) || ANNOTATIONS.contains(&keyword.as_str())
    };
    members.keys().all(is_allowed)
        && members.keys().any(|keyword| MODIFIERS.contains(&keyword.as_str()))
}
