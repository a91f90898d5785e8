//! Gives a schema with `items` the type that they belong to.
//!
//! JSON Schema lets `items` stand without `type: array`, and holds values that are no list to nothing then. Nobody means
//! that; progenitor takes such a schema for any JSON.

use serde_json::{Value, json};

use crate::lower::{Notes, walk};

pub fn run(root: &mut Value, notes: &mut Notes) {
    walk::document(root, &mut |site, schema| {
        let Some(members) = schema.as_object_mut() else { return };
        let untyped = ["type", "oneOf", "anyOf", "allOf", "$ref"].iter().all(|keyword| !members.contains_key(*keyword));
        if untyped && members.contains_key("items") {
            members.insert("type".to_owned(), json!("array"));
            notes.add("missing_types", &site.pointer(), "has `items`, so that it is a list");
        }
    });
}
