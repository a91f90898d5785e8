//! Distinguishes an optional array or map that is empty from one that is absent.
//!
//! progenitor generates a plain collection and omits an empty one, so that an array could never be
//! emptied.

use serde_json::Value;

use crate::api::Schema;
use openapi::notes::PassNotes;
use openapi::object::{ObjectMut, Schema as _};
use openapi::walk::{self, Site};

pub(super) fn run(_: &Schema, lowered: &mut Value, _: &mut PassNotes<'_>) {
    walk::schema_mut(lowered, &Site::TOP, &mut |_, node| {
        let required = node.get("required").cloned().unwrap_or_default();
        let is_required = |name: &str| {
            required.as_array().is_some_and(|required| required.iter().any(|known| known == name))
        };
        for (name, property) in node.entries_mut("properties") {
            let is_collection = matches!(property.stated_type(), Some("array" | "object"));
            if is_collection && !is_required(name) {
                property["nullable"] = Value::Bool(true);
            }
        }
    });
}
