//! Moves `nullable` from a named schema to its references, since null is not a value of the
//! schema's Rust type.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::replace;
use crate::schema::needs_name;
use openapi::components::{schema_pointer, section_mut};
use openapi::notes::PassNotes;
use openapi::object::{Object, Schema};
use openapi::reference::schema_name;
use openapi::walk;

pub(super) fn run(root: &mut Value, notes: &mut PassNotes<'_>) {
    let Some(schemas) = section_mut(root, "schemas") else { return };
    let mut nullable = BTreeSet::new();
    for (name, schema) in schemas {
        if needs_name(schema) && schema.is_nullable() {
            notes.add(&schema_pointer(name), "is nullable where it is referred to");
            nullable.insert(name.clone());
            schema["nullable"] = json!(false);
        }
    }
    if nullable.is_empty() {
        return;
    }
    walk::document_mut(root, &mut |site, schema| {
        // A schema with a nullable alternative is nullable itself.
        if ["allOf", "oneOf", "anyOf"].iter().any(|keyword| site.is_one_of(keyword)) {
            return;
        }
        if schema_name(schema).is_some_and(|name| nullable.contains(name)) {
            let nullable = json!({ "nullable": true, "allOf": [schema.clone()] });
            replace(schema, nullable);
        } else if let [only] = schema.subschemas()
            // Around a reference, `false` forbids null.
            && schema.keyword("nullable") != Some(&json!(false))
            && schema_name(only).is_some_and(|name| nullable.contains(name))
        {
            schema["nullable"] = json!(true);
        }
    });
}
