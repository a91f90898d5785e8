//! Changes of the section `components` of a document.

use serde_json::{Map, Value, json};

/// Adds named schemas to a document that may have had none.
pub fn add_schemas(root: &mut Value, mut added: Map<String, Value>) {
    let components = root.as_object_mut().map(|root| root.entry("components").or_insert_with(|| json!({})));
    let components = components.and_then(Value::as_object_mut);
    let schemas = components.map(|components| components.entry("schemas").or_insert_with(|| json!({})));
    if let Some(schemas) = schemas.and_then(Value::as_object_mut) {
        schemas.append(&mut added);
    }
}
