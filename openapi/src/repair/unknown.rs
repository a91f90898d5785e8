//! What takes the place of something unknown: of the target of a reference that leads nowhere, or
//! of a parameter or body that cannot be read.

use serde_json::{Value, json};

use super::edits::remove;
use super::log::Edit;
use crate::marks::UNSENDABLE;
use crate::object::{Object, SECRET_FORMAT};
use crate::pointer::{last, parent};
use crate::secrets::is_secret_name;

/// The effect of a parameter or body of which nothing is known.
pub(super) const LACKS: Edit = Edit::Lossy("The client leaves out the operations that send it.");

/// The effect of a path that cannot be requested.
pub(super) const LEFT_OUT: Edit = Edit::Lossy("The client leaves out the operations of this path.");

/// The effect of a response of which nothing else is known.
pub(super) const STATUS_ALONE: Edit =
    Edit::Lossy("The client knows no more of this response than its status code.");

/// Keywords that have schemas as values, or sections of them.
const SCHEMA_KEYWORDS: [&str; 9] = [
    "additionalProperties",
    "allOf",
    "anyOf",
    "items",
    "not",
    "oneOf",
    "properties",
    "schema",
    "schemas",
];

/// Replaces a reference that leads nowhere: a schema with any JSON, a response with one of which
/// only the status code is known, and what is sent with a mark that it cannot be sent.
pub(super) fn cut_reference(root: &mut Value, pointer: &str) -> Option<Edit> {
    let object = parent(pointer)?.to_owned();
    let name = last(&object);
    let inside: Vec<&str> = object.split('/').collect();
    let is_schema = inside.iter().any(|step| SCHEMA_KEYWORDS.contains(step));
    if is_schema {
        let unknown = unknown_schema(&name);
        let effect = if unknown.has("format") {
            "The client takes it as a secret, since it is named like one."
        } else {
            "The client takes it as any JSON."
        };
        *root.pointer_mut(&object)? = unknown;
        return Some(Edit::Lossy(effect));
    }
    let section = inside.iter().rev().nth(1);
    let (known, edit) = match section {
        _ if name == "requestBody" => (unsendable_body(), LACKS),
        Some(&"requestBodies") => (unsendable_body(), LACKS),
        Some(&"parameters") => (unsendable_parameter(), LACKS),
        Some(&"responses") => (unknown_response(), STATUS_ALONE),
        Some(&"paths") => return remove(root, &object, LEFT_OUT),
        _ => return remove(root, &object, Edit::Lossy("The client does not know it.")),
    };
    *root.pointer_mut(&object)? = known;
    Some(edit)
}

/// Returns what stands for an unknown one; it cannot be sent.
pub(super) fn unsendable_body() -> Value {
    json!({"content": {}, UNSENDABLE: true})
}

/// Returns what stands for an unknown one; it cannot be sent.
pub(super) fn unsendable_parameter() -> Value {
    json!({"name": "unknown", "in": "query", "schema": {}, UNSENDABLE: true})
}

/// Returns what stands for an unknown one.
pub(super) fn unknown_response() -> Value {
    json!({"description": ""})
}

/// Returns a schema for a value of which nothing is known: a secret if it is named like one, or
/// else any JSON.
pub(super) fn unknown_schema(name: &str) -> Value {
    if is_secret_name(name, true) {
        json!({"type": "string", "format": SECRET_FORMAT})
    } else {
        json!({})
    }
}
