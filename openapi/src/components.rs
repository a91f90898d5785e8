//! The section `components` of a document.

use serde_json::{Map, Value, json};

use crate::naming::UniqueNames;
use crate::object::{Object, ObjectMut};
use crate::pointer;

/// Returns a section of `components`, such as `schemas`.
#[must_use]
pub fn section<'r>(root: &'r Value, name: &str) -> Option<&'r Map<String, Value>> {
    root.object("components")?.object(name)
}

/// Returns a section of `components` for changes.
pub fn section_mut<'r>(root: &'r mut Value, name: &str) -> Option<&'r mut Map<String, Value>> {
    root.object_mut("components")?.object_mut(name)
}

/// Returns the pointer of a named schema.
#[must_use]
pub fn schema_pointer(name: &str) -> String {
    pointer::child("/components/schemas", name)
}

/// Returns the names of all named schemas, which no other schema can have.
#[must_use]
pub fn schema_names(root: &Value) -> UniqueNames {
    let mut names = UniqueNames::default();
    for name in section(root, "schemas").into_iter().flat_map(Map::keys) {
        names.take(name);
    }
    names
}

/// Adds named schemas to a document, which may have none yet.
pub fn add_schemas(root: &mut Value, mut added: Map<String, Value>) {
    let components =
        root.as_object_mut().map(|root| root.entry("components").or_insert_with(|| json!({})));
    let components = components.and_then(Value::as_object_mut);
    let schemas =
        components.map(|components| components.entry("schemas").or_insert_with(|| json!({})));
    if let Some(schemas) = schemas.and_then(Value::as_object_mut) {
        schemas.append(&mut added);
    }
}
