//! Adds the type that `items`, `properties` or `additionalProperties` imply.
//!
//! In JSON Schema these keywords may occur without `type`, and then they do not constrain values of
//! other types. Nobody means that. progenitor would take such an array as any JSON, and a map that
//! is not known as one could be neither null nor told from an absent one.

use serde_json::{Map, Value, json};

use super::log::Log;
use crate::object::Object;
use crate::walk;

/// Keywords that determine the values in another way.
const TELLING: [&str; 5] = ["type", "oneOf", "anyOf", "allOf", "$ref"];

pub(super) fn run(root: &mut Value, log: &mut Log<'_>) {
    walk::document_mut(root, &mut |site, schema| {
        let Some(members) = schema.as_object_mut() else { return };
        if TELLING.iter().any(|keyword| members.contains_key(*keyword)) {
            return;
        }
        if let Some((kind, text)) = missing_type(members) {
            members.insert("type".to_owned(), json!(kind));
            log.note("missing_types", &site.pointer(), text);
        }
    });
}

/// Returns the type that the keywords imply, and the text of the note.
fn missing_type(members: &Map<String, Value>) -> Option<(&'static str, &'static str)> {
    // `true`, `{}` and no properties imply nothing.
    let says = |keyword| members.entries(keyword).next().is_some();
    if members.contains_key("items") {
        Some(("array", "has `items`, so it is an array"))
    } else if members.contains_key("enum") || members.contains_key("format") {
        // Properties of a string or a number mean nothing.
        None
    } else if says("properties") {
        Some(("object", "has `properties`, so it is an object"))
    } else if says("additionalProperties") {
        Some(("object", "has `additionalProperties`, so it is a map"))
    } else {
        None
    }
}
