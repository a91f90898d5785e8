//! Turns alternatives that are all strings into a string, such as an `enum` of known values beside
//! `type: string`.
//!
//! progenitor would generate a struct from them, which never decodes.

use serde_json::{Value, json};

use super::alternatives::alternatives;
use openapi::notes::PassNotes;
use openapi::object::{SECRET_FORMAT, Schema};
use openapi::reference::schema_name;
use openapi::walk;

pub(super) fn run(root: &mut Value, notes: &mut PassNotes<'_>) {
    let schemas = root.pointer("/components/schemas").cloned().unwrap_or_default();
    walk::document_mut(root, &mut |site, schema| {
        let Some(all) = alternatives(schema) else { return };
        let all: Vec<&Value> = all.iter().map(|one| target(&schemas, one)).collect();
        if !all.iter().all(|one| one.stated_type() == Some("string")) {
            return;
        }
        let Some(members) = schema.as_object_mut() else { return };
        for keyword in ["oneOf", "anyOf", "discriminator"] {
            members.remove(keyword);
        }
        members.insert("type".to_owned(), json!("string"));
        if all.iter().any(|one| one.is_secret()) {
            members.insert("format".to_owned(), json!(SECRET_FORMAT));
        }
        notes.add(&site.pointer(), format!("is a string instead of {} alternatives", all.len()));
    });
}

/// Returns the schema at the end of a chain of references, which were checked to resolve.
fn target<'v>(schemas: &'v Value, schema: &'v Value) -> &'v Value {
    let mut target = schema;
    while let Some(next) = schema_name(target).and_then(|name| schemas.get(name)) {
        target = next;
    }
    target
}
