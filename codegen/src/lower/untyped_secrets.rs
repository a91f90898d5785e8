//! Turns a secret without `type` into a string.
//!
//! Without a type it would be any JSON, which is printed.

use serde_json::{Value, json};

use openapi::marks::TYPE_INFERRED;
use openapi::notes::PassNotes;
use openapi::object::{Object, Schema};
use openapi::walk;

/// Keywords that determine a value's type.
const OF_A_TYPE: [&str; 8] =
    ["$ref", "additionalProperties", "allOf", "anyOf", "items", "oneOf", "properties", "type"];

pub(super) fn run(root: &mut Value, notes: &mut PassNotes<'_>) {
    walk::document_mut(root, &mut |site, schema| {
        if schema.is_secret() && !OF_A_TYPE.iter().any(|keyword| schema.has(keyword)) {
            schema["type"] = json!("string");
            // The request plan shows it, so that no change of a document goes unseen.
            schema[TYPE_INFERRED] = json!(true);
            notes.add(&site.pointer(), "is a string");
        }
    });
}
