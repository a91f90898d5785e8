//! Turns every inline schema with properties, variants or alternatives into a named one.
//!
//! progenitor gives the inline bodies of an operation the same name, so that an error replaces the
//! success. Besides, a type needs a known name so that documentation, validation and examples can
//! be attached to it.

use serde_json::{Map, Value, json};

use crate::schema::needs_name;
use openapi::components::{add_schemas, schema_names};
use openapi::extensions::RUST_NAME;
use openapi::naming;
use openapi::notes::PassNotes;
use openapi::object::Object;
use openapi::reference::to_schema;
use openapi::walk::{self, Site};

pub(super) fn run(root: &mut Value, notes: &mut PassNotes<'_>) {
    let mut names = schema_names(root);
    let mut hoisted = Map::new();
    walk::document_mut(root, &mut |site, schema| {
        // The parts of an `allOf` are merged into one type; they need none of their own.
        if site.is_named()
            || site.is_one_of("allOf")
            || is_constant(site, schema)
            || !needs_name(schema)
        {
            return;
        }
        let wanted = naming::schema_type(&site.hint());
        let text = |name: &str| format!("is now the schema `{name}`");
        let name = notes.add_name(&site.pointer(), (&mut names, &wanted), text);
        let replacement = replacement(schema, &name);
        let mut named = std::mem::replace(schema, replacement);
        if named.has("nullable") {
            named["nullable"] = json!(false);
        }
        hoisted.insert(name, named);
    });
    if !hoisted.is_empty() {
        add_schemas(root, hoisted);
    }
}

/// Returns the replacement of a hoisted schema: a reference, with the keywords that belong to its
/// location and not to the schema.
fn replacement(schema: &Value, name: &str) -> Value {
    let reference = to_schema(name);
    let mut modifiers = modifiers(schema);
    if modifiers.is_empty() {
        return reference;
    }
    modifiers.insert("allOf".to_owned(), json!([reference]));
    modifiers.into()
}

/// Returns the keywords that belong to a schema's location.
pub(super) fn modifiers(schema: &Value) -> Map<String, Value> {
    let said = ["nullable", "readOnly", "writeOnly", RUST_NAME].iter().filter_map(|keyword| {
        let value = schema.get(keyword).filter(|value| **value != Value::Bool(false))?;
        Some(((*keyword).to_owned(), value.clone()))
    });
    said.collect()
}

/// Returns true for a parameter with a single possible value. It is not an argument, and so needs
/// no type.
fn is_constant(site: &Site, schema: &Value) -> bool {
    site.is_of_parameter() && schema.array("enum").len() == 1
}
