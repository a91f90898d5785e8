//! Makes a schema nullable if one of its alternatives is null or can be null.
//!
//! As an alternative, null would be a variant of its own, or the nothing in one of them. A received
//! value that has the properties of all alternatives could not be null at all.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use openapi::notes::PassNotes;
use openapi::object::{Object, ObjectMut, Schema};
use openapi::reference::schema_name;
use openapi::walk;

pub(super) fn run(root: &mut Value, notes: &mut PassNotes<'_>) {
    let schemas = root.pointer("/components/schemas").cloned().unwrap_or_default();
    walk::document_mut(root, &mut |site, schema| {
        let mut seen = BTreeSet::new();
        let is_nullable = schema.alternatives().any(|one| is_nullable(&schemas, one, &mut seen));
        let Some(members) = schema.as_object_mut().filter(|_| is_nullable) else { return };
        members.insert("nullable".to_owned(), json!(true));
        notes.add(&site.pointer(), "can be null, as one of its alternatives can");
        for keyword in ["oneOf", "anyOf"] {
            take_null_out(members, keyword);
        }
    });
}

fn is_nullable<'v>(schemas: &'v Value, schema: &'v Value, seen: &mut BTreeSet<&'v str>) -> bool {
    let target = schema_name(schema).filter(|name| seen.insert(name));
    schema.is_nullable()
        || schema.array("enum").contains(&Value::Null)
        || target
            .and_then(|name| schemas.get(name))
            .is_some_and(|target| is_nullable(schemas, target, seen))
        || schema.alternatives().any(|one| is_nullable(schemas, one, seen))
}

/// Removes alternatives that are nothing but null, and null from the others.
fn take_null_out(members: &mut Map<String, Value>, keyword: &str) {
    let Some(alternatives) = members.array_mut(keyword) else { return };
    alternatives.retain(|one| one.array("enum") != [Value::Null]);
    for one in alternatives.iter_mut().filter_map(Value::as_object_mut) {
        one.remove("nullable");
        if let Some(values) = one.array_mut("enum") {
            values.retain(|value| !value.is_null());
        }
    }
    match std::mem::take(alternatives).as_slice() {
        [] => drop(members.remove(keyword)),
        [only] if schema_name(only).is_some() && !members.contains_key("allOf") => {
            members.remove(keyword);
            members.insert("allOf".to_owned(), json!([only]));
        }
        others => drop(members.insert(keyword.to_owned(), json!(others))),
    }
}
