//! Renames every named schema so that its name is that of the Rust type, and progenitor has nothing
//! left to rename.
//!
//! progenitor derives type names by its own rules, and two schemas can get the same name.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use openapi::components::section_mut;
use openapi::naming::{self, UniqueNames};
use openapi::notes::PassNotes;
use openapi::object::ObjectMut;
use openapi::pointer::unescape;
use openapi::reference::{named_schema, schema_name, schema_reference};
use openapi::walk;

pub(super) fn run(root: &mut Value, notes: &mut PassNotes<'_>) {
    let Some(schemas) = section_mut(root, "schemas") else { return };
    let mut names = UniqueNames::default();
    let mut renamed: BTreeMap<String, String> = BTreeMap::new();
    let mut named = Map::new();
    for (name, schema) in std::mem::take(schemas) {
        let rust_name = names.take(&naming::schema_type(&name));
        if rust_name != name {
            notes.add_renamed((&name, &rust_name), format!("was named `{name}`"));
        }
        named.insert(rust_name.clone(), schema);
        renamed.insert(name, rust_name);
    }
    *schemas = named;
    walk::document_mut(root, &mut |_, schema| {
        let target = schema_name(schema).map(unescape);
        if let Some(rust_name) = target.and_then(|name| renamed.get(&name)) {
            schema["$ref"] = json!(schema_reference(rust_name));
        }
        let discriminator = schema.keyword_mut("discriminator").into_iter();
        for (_, target) in
            discriminator.flat_map(|discriminator| discriminator.entries_mut("mapping"))
        {
            // A mapping names a schema, or refers to it.
            let name =
                target.as_str().map(|target| unescape(named_schema(target).unwrap_or(target)));
            if let Some(rust_name) = name.and_then(|name| renamed.get(&name)) {
                *target = json!(schema_reference(rust_name));
            }
        }
    });
}
