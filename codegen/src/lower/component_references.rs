//! Makes every reference to a schema one to a component, without percent signs.
//!
//! A reference may lead to any place, such as a property of another schema; only components become Rust types.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use openapi::components::add_schemas;
use openapi::naming::{self, UniqueNames};
use openapi::notes::Notes;
use openapi::pointer::escape;
use openapi::pointer::from_fragment;
use openapi::walk;

const PREFIX: &str = "/components/schemas/";

pub fn run(root: &mut Value, notes: &mut Notes) {
    let mut names = UniqueNames::default();
    for name in root.pointer("/components/schemas").and_then(Value::as_object).into_iter().flat_map(Map::keys) {
        names.take(name);
    }
    let mut known: BTreeMap<String, String> = BTreeMap::new();
    // A schema that became a component can hold further such references.
    loop {
        let mut found: Vec<(String, String)> = Vec::new();
        walk::document_mut(root, &mut |_, schema| {
            let reference =
                schema.get("$ref").and_then(Value::as_str).and_then(|reference| reference.strip_prefix('#'));
            let Some(pointer) = reference.and_then(from_fragment) else { return };
            let mut target = pointer.clone();
            if pointer.strip_prefix(PREFIX).is_none_or(|name| name.contains('/')) {
                let name = known.entry(pointer.clone()).or_insert_with(|| {
                    let text = |name: &str| format!("is now the schema `{name}`");
                    let wanted = hint(&pointer);
                    let name = notes.add_name("component_references", &pointer, (&mut names, &wanted), text);
                    found.push((name.clone(), pointer.clone()));
                    name
                });
                target = format!("{PREFIX}{}", escape(name));
            }
            schema["$ref"] = json!(format!("#{target}"));
        });
        if found.is_empty() {
            return;
        }
        let added =
            found.into_iter().map(|(name, pointer)| (name, root.pointer(&pointer).cloned().unwrap_or_default()));
        let added = added.collect();
        add_schemas(root, added);
    }
}

/// A name made of the last two steps of a pointer.
fn hint(pointer: &str) -> String {
    let mut steps = pointer.rsplit('/').map(|step| step.replace("~1", "/").replace("~0", "~"));
    let last = steps.next().unwrap_or_default();
    let before = steps.find(|step| !["properties", "schema", "content"].contains(&step.as_str()));
    naming::pascal(&format!("{} {last}", before.unwrap_or_default()))
}
