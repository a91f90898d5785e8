//! Makes a schema nullable if one of its alternatives is null or can be null.
//!
//! As an alternative, null would be a variant of its own, or the nothing in one of them. A received
//! value that has the properties of all alternatives could not be null at all.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use openapi::notes::PassNotes;
use openapi::object::{Object, ObjectMut, Schema};
use openapi::reference::schema_name;
use openapi::walk;

pub(super) fn run(root: &mut Value, notes: &mut PassNotes<'_>) {
    let named = nullable_names(root.pointer("/components/schemas").unwrap_or(&Value::Null));
    walk::document_mut(root, &mut |site, schema| {
        let is_nullable = schema.alternatives().any(|one| is_nullable(&named, one));
        let Some(members) = schema.as_object_mut().filter(|_| is_nullable) else { return };
        members.insert("nullable".to_owned(), json!(true));
        notes.add(&site.pointer(), "can be null, as one of its alternatives can");
        for keyword in ["oneOf", "anyOf"] {
            take_null_out(members, keyword);
        }
    });
}

/// Returns the names of the schemas that can be null.
fn nullable_names(schemas: &Value) -> BTreeSet<String> {
    let mut users: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let (mut nullable, mut open) = (BTreeSet::new(), Vec::new());
    for (name, schema) in schemas.as_object().into_iter().flatten() {
        let mut targets = Vec::new();
        collect_targets(schema, &mut targets);
        targets.into_iter().for_each(|target| users.entry(target).or_default().push(name));
        if is_nullable(&BTreeSet::new(), schema) {
            open.push(name.as_str());
        }
    }
    while let Some(name) = open.pop() {
        if nullable.insert(name.to_owned()) {
            open.extend(users.get(name).into_iter().flatten());
        }
    }
    nullable
}

/// Collects the named schemas of which null is a value of `schema`, too, if it is one of theirs.
fn collect_targets<'v>(schema: &'v Value, targets: &mut Vec<&'v str>) {
    targets.extend(schema_name(schema));
    schema.alternatives().for_each(|one| collect_targets(one, targets));
}

/// Returns true if a schema can be null, by itself or since one of the `named` ones can.
fn is_nullable(named: &BTreeSet<String>, schema: &Value) -> bool {
    schema.is_nullable()
        || schema.array("enum").contains(&Value::Null)
        || schema_name(schema).is_some_and(|name| named.contains(name))
        || schema.alternatives().any(|one| is_nullable(named, one))
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
