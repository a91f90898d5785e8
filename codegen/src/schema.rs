//! Questions about schemas that several stages have.

use std::collections::BTreeSet;

use openapi::object::{Object, Schema, any_object};
use openapi::reference::schema_name;
use serde_json::Value;

/// Keywords that say nothing about the value.
pub(crate) const ANNOTATIONS: [&str; 10] = [
    "default",
    "deprecated",
    "description",
    "discriminator",
    "example",
    "externalDocs",
    "readOnly",
    "title",
    "writeOnly",
    "xml",
];

/// Returns true if a schema has properties, variants or alternatives, and so needs a Rust type of
/// its own.
pub(crate) fn needs_name(schema: &impl Schema) -> bool {
    let has_properties = schema.properties().next().is_some();
    let has_variants = schema.array("enum").iter().any(Value::is_string);
    let has_alternatives = schema.alternatives().next().is_some();
    let has_subschemas = match schema.subschemas() {
        [] => false,
        [only] => !only.has("$ref"),
        _ => true,
    };
    has_properties || has_variants || has_alternatives || has_subschemas
}

/// Returns true if a value of the schema is a secret or has one in it.
pub(crate) fn holds_secret(schemas: &Value, schema: &Value) -> bool {
    holds_new_secret(schemas, schema, &mut BTreeSet::new())
}

/// Does the same, except for schemas that were `seen` already.
fn holds_new_secret<'v>(
    schemas: &'v Value,
    schema: &'v Value,
    seen: &mut BTreeSet<&'v str>,
) -> bool {
    any_object(schema, &mut |object| {
        let target = schema_name(object).filter(|name| seen.insert(name));
        let target = target.and_then(|name| schemas.get(name));
        object.is_secret() || target.is_some_and(|target| holds_new_secret(schemas, target, seen))
    })
}
