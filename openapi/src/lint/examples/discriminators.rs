//! The schemas that the value of a discriminator selects.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::components::{schema_pointer, section};
use crate::object::{Object, Schema};
use crate::reference;

/// A schema that some values of a discriminator select, in JSON Schema.
pub(super) struct Selection {
    pub schema: Value,
    /// The schema of the values that it is selected for.
    pub condition: Value,
}

impl Selection {
    /// Returns the schema of the values that match the selected schema if it is selected.
    pub(super) fn must_match(&self) -> Value {
        json!({ "anyOf": [{ "not": self.condition }, self.schema] })
    }

    /// Returns the schema of the values that it is selected for, and that match it.
    pub(super) fn may_match(&self) -> Value {
        json!({ "allOf": [self.schema, self.condition] })
    }
}

/// Returns the schema of the objects whose property has one of these values.
pub(super) fn condition(property: &str, values: &[&str]) -> Value {
    json!({
        "type": "object",
        "required": [property],
        "properties": { property: { "enum": values } },
    })
}

/// Returns references to the schemas whose `allOf` names others, by the pointers to these.
pub(super) fn made_of(root: &Value) -> BTreeMap<String, Vec<String>> {
    let mut made_of: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (name, schema) in section(root, "schemas").into_iter().flatten() {
        let parts = schema.subschemas().iter().filter_map(reference::of);
        for pointer in parts.filter_map(reference::pointer_of) {
            made_of.entry(pointer).or_default().push(reference::schema_reference(name));
        }
    }
    made_of
}

/// Returns the pointers to the subtypes of the schema at a pointer, each with its condition: those
/// that the discriminator maps to, and those that are made of the schema or of a subtype. The
/// alternatives of a schema stand for themselves.
pub(super) fn subtypes(
    pointer: &str,
    schema: &Value,
    made_of: &BTreeMap<String, Vec<String>>,
) -> Vec<(String, Value)> {
    let Some(discriminator) = schema.keyword("discriminator") else { return Vec::new() };
    let Some(property) = discriminator.string("propertyName") else { return Vec::new() };
    if schema.alternatives().next().is_some() {
        return Vec::new();
    }
    let mapped = discriminator.entries("mapping").filter_map(|(_, target)| target.as_str());
    let made_of = |pointer: &str| made_of.get(pointer).into_iter().flatten().map(String::as_str);
    let mut open: Vec<&str> = mapped.chain(made_of(pointer)).collect();
    let mut found = BTreeMap::new();
    while let Some(target) = open.pop() {
        let subtype = reference::pointer_of(target).unwrap_or_else(|| schema_pointer(target));
        if subtype != pointer && !found.contains_key(&subtype) {
            open.extend(made_of(&subtype));
            found.insert(subtype, reference::discriminator_values(discriminator, target));
        }
    }
    let selected = found.into_iter();
    selected.map(|(pointer, values)| (pointer, condition(property, &values))).collect()
}
