//! Turns every reference to a schema into one to a component, without percent-encoding.
//!
//! A reference may point anywhere, such as to a property of another schema, but only components
//! become Rust types.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use openapi::components::{add_schemas, schema_names, schema_pointer};
use openapi::naming;
use openapi::notes::PassNotes;
use openapi::pointer::unescape;
use openapi::reference;
use openapi::walk;

/// Keywords that would make a type of a schema.
const OF_A_TYPE: [&str; 9] = [
    "additionalProperties",
    "allOf",
    "anyOf",
    "enum",
    "items",
    "oneOf",
    "properties",
    "required",
    "type",
];

const PREFIX: &str = "/components/schemas/";

pub(super) fn run(root: &mut Value, notes: &mut PassNotes<'_>) {
    let mut names = schema_names(root);
    let mut known: BTreeMap<String, String> = BTreeMap::new();
    // A schema that became a component can hold further such references.
    loop {
        let mut found: Vec<(String, String)> = Vec::new();
        walk::document_mut(root, &mut |_, schema| {
            let Some(pointer) = reference::of(schema).and_then(reference::pointer_of) else {
                return;
            };
            let mut target = pointer.clone();
            if pointer.strip_prefix(PREFIX).is_none_or(|name| name.contains('/')) {
                let name = known.entry(pointer.clone()).or_insert_with(|| {
                    let text = |name: &str| format!("is now the schema `{name}`");
                    let wanted = hint(&pointer);
                    let name = notes.add_name(&pointer, (&mut names, &wanted), text);
                    found.push((name.clone(), pointer.clone()));
                    name
                });
                target = schema_pointer(name);
            }
            schema["$ref"] = json!(format!("#{target}"));
            if let Some(members) = schema.as_object_mut() {
                // OpenAPI 3.0 ignores them beside a reference.
                members.retain(|keyword, _| !OF_A_TYPE.contains(&keyword.as_str()));
            }
        });
        if found.is_empty() {
            return;
        }
        let added = found
            .into_iter()
            .map(|(name, pointer)| (name, root.pointer(&pointer).cloned().unwrap_or_default()));
        let added = added.collect();
        add_schemas(root, added);
    }
}

/// Returns a name made of the last two steps of a pointer.
fn hint(pointer: &str) -> String {
    let mut steps = pointer.rsplit('/').map(unescape);
    let last = steps.next().unwrap_or_default();
    let before = steps.find(|step| !["properties", "schema", "content"].contains(&step.as_str()));
    naming::pascal(&format!("{} {last}", before.unwrap_or_default()))
}
