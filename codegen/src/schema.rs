//! Questions about schemas that several stages have.

use std::collections::{BTreeMap, BTreeSet};

use openapi::marks::PROPERTY_ORDER;
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

/// Returns the properties of a schema in the order of the document. Those that a pass has added
/// come last.
pub(crate) fn properties_in_order<S: Schema>(schema: &S) -> Vec<(&String, &Value)> {
    let mut properties: Vec<(&String, &Value)> = schema.properties().collect();
    let positions = positions(schema.array(PROPERTY_ORDER).iter().filter_map(Value::as_str));
    if !positions.is_empty() {
        properties
            .sort_by_key(|(name, _)| positions.get(name.as_str()).copied().unwrap_or(usize::MAX));
    }
    properties
}

/// Returns the names of the required properties in the order of the document, each once.
pub(crate) fn required_in_order(schema: &Value) -> Vec<&str> {
    let mut known = BTreeSet::new();
    let listed = schema.array("required").iter().filter_map(Value::as_str);
    listed.filter(|name| known.insert(*name)).collect()
}

/// Returns the positions of names.
pub(crate) fn positions<'n>(names: impl IntoIterator<Item = &'n str>) -> BTreeMap<&'n str, usize> {
    names.into_iter().enumerate().map(|(position, name)| (name, position)).collect()
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
