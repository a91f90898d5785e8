//! Gives every named schema a name that is a Rust type, so that progenitor has nothing left to rename.
//!
//! progenitor makes type names of schema names by rules of its own, and two schemas can come out with one name.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use openapi::naming::{self, UniqueNames};
use openapi::notes::Notes;
use openapi::pointer::unescape;
use openapi::walk;

const PREFIX: &str = "#/components/schemas/";

pub fn run(root: &mut Value, notes: &mut Notes) {
    let Some(schemas) = root.pointer_mut("/components/schemas").and_then(Value::as_object_mut) else { return };
    let mut names = UniqueNames::default();
    let mut renamed: BTreeMap<String, String> = BTreeMap::new();
    let mut named = Map::new();
    for (name, schema) in std::mem::take(schemas) {
        let rust_name = names.take(&naming::schema_type(&name));
        if rust_name != name {
            let pointer = format!("/components/schemas/{}", openapi::pointer::escape(&rust_name));
            notes.add("name_schemas", &pointer, format!("was named `{name}`"));
        }
        named.insert(rust_name.clone(), schema);
        renamed.insert(name, rust_name);
    }
    *schemas = named;
    walk::document_mut(root, &mut |_, schema| {
        let target = schema.get("$ref").and_then(Value::as_str).and_then(|reference| reference.strip_prefix(PREFIX));
        let target = target.map(unescape);
        if let Some(rust_name) = target.and_then(|name| renamed.get(&name)) {
            schema["$ref"] = Value::String(format!("{PREFIX}{rust_name}"));
        }
        let mapping = schema.pointer_mut("/discriminator/mapping").and_then(Value::as_object_mut);
        for target in mapping.into_iter().flat_map(Map::values_mut) {
            // A mapping names a schema, or refers to it.
            let name = target.as_str().map(|target| unescape(target.strip_prefix(PREFIX).unwrap_or(target)));
            if let Some(rust_name) = name.and_then(|name| renamed.get(&name)) {
                *target = Value::String(format!("{PREFIX}{rust_name}"));
            }
        }
    });
}
