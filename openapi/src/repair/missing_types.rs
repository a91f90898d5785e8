//! Gives a schema with `items`, `properties` or `additionalProperties` the type that they belong to.
//!
//! JSON Schema lets them stand without `type`, and holds values of other types to nothing then. Nobody means that. progenitor
//! takes such a list for any JSON; and a map that is not known as one would be neither null nor told from an absent one.

use serde_json::{Map, Value, json};

use crate::notes::Notes;
use crate::object::Object;
use crate::walk;

/// Keywords that say what the values are, in a way of their own.
const TELLING: [&str; 5] = ["type", "oneOf", "anyOf", "allOf", "$ref"];

pub fn run(root: &mut Value, notes: &mut Notes) {
    walk::document_mut(root, &mut |site, schema| {
        let Some(members) = schema.as_object_mut() else { return };
        if TELLING.iter().any(|keyword| members.contains_key(*keyword)) {
            return;
        }
        if let Some((kind, text)) = missing_type(members) {
            members.insert("type".to_owned(), json!(kind));
            notes.add("missing_types", &site.pointer(), text);
        }
    });
}

/// The type that the keywords belong to, and what is to be said of it.
fn missing_type(members: &Map<String, Value>) -> Option<(&'static str, &'static str)> {
    // `true`, `{}` and no members say nothing.
    let says = |keyword| members.entries(keyword).next().is_some();
    if members.contains_key("items") {
        Some(("array", "has `items`, so that it is a list"))
    } else if members.contains_key("enum") || members.contains_key("format") {
        // Members of a text or of a number mean nothing.
        None
    } else if says("properties") {
        Some(("object", "has `properties`, so that it is an object"))
    } else if says("additionalProperties") {
        Some(("object", "has `additionalProperties`, so that it is a map"))
    } else {
        None
    }
}
