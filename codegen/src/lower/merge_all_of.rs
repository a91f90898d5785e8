//! Merges the subschemas of an `allOf` into one schema.
//!
//! progenitor does so too, but it generates unknown types on the way, and overflows its stack if
//! the subschemas are recursive. An `allOf` with a single reference stays, since that is how
//! references get `nullable`.

use serde_json::{Map, Value, json};

use super::hoist_inline_schemas::modifiers;
use crate::schema::holds_secret;
use crate::schema::needs_name;
use openapi::notes::PassNotes;
use openapi::object::{Object, Schema};
use openapi::reference::schema_name;
use openapi::walk;

/// Keywords that describe a subschema and not the whole schema.
const OF_THE_PART: [&str; 9] = [
    "default",
    "deprecated",
    "description",
    "discriminator",
    "example",
    "nullable",
    "readOnly",
    "title",
    "writeOnly",
];

pub(super) fn run(root: &mut Value, notes: &mut PassNotes<'_>) {
    let Some(schemas) = root.pointer("/components/schemas").cloned() else { return };
    walk::document_mut(root, &mut |site, schema| {
        if !schema.keyword("allOf").is_some_and(Value::is_array) {
            return;
        }
        let parts = schema.subschemas();
        if matches!(parts, [only] if schema_name(only).is_some()) && !needs_name(schema) {
            return;
        }
        notes.add(&site.pointer(), format!("is merged from {} subschemas", parts.len()));
        *schema = merged(&schemas, schema, &mut Vec::new());
    });
}

/// Returns `schema` merged with its subschemas, recursively. `within` are the schemas that contain
/// it.
fn merged(schemas: &Value, schema: &Value, within: &mut Vec<String>) -> Value {
    if let Some(name) = schema_name(schema) {
        if within.iter().any(|outer| outer == name) {
            return json!({});
        }
        within.push(name.to_owned());
        let merged =
            schemas.get(name).map_or_else(|| json!({}), |target| merged(schemas, target, within));
        within.pop();
        return merged;
    }
    let mut own = schema.as_object().cloned().unwrap_or_default();
    let parts = own.remove("allOf").and_then(|parts| parts.as_array().cloned()).unwrap_or_default();
    let mut whole = Map::new();
    for part in &parts {
        let part = merged(schemas, part, within);
        for (keyword, value) in part.as_object().into_iter().flatten() {
            if !OF_THE_PART.contains(&keyword.as_str()) {
                add(schemas, &mut whole, keyword, value);
            }
        }
    }
    for (keyword, value) in &own {
        add(schemas, &mut whole, keyword, value);
    }
    if whole.contains_key("properties") {
        whole.insert("type".to_owned(), json!("object"));
    }
    Value::Object(whole)
}

/// Adds a keyword. Properties and required names accumulate, and the last value of any other
/// keyword counts.
fn add(schemas: &Value, whole: &mut Map<String, Value>, keyword: &str, value: &Value) {
    match (whole.get_mut(keyword), value) {
        (Some(Value::Object(known)), Value::Object(more)) if keyword == "properties" => {
            for (name, property) in more {
                let property = match known.get(name) {
                    Some(before) => narrowed(schemas, before, property),
                    None => property.clone(),
                };
                known.insert(name.clone(), property);
            }
        }
        (Some(Value::Array(known)), Value::Array(more)) if keyword == "required" => {
            known.extend(
                more.iter().filter(|name| !known.contains(name)).cloned().collect::<Vec<_>>(),
            );
        }
        _ => put(schemas, whole, keyword, value),
    }
}

/// Overwrites a keyword. A schema that is marked as a secret stays one.
pub(super) fn put(schemas: &Value, schema: &mut Map<String, Value>, keyword: &str, value: &Value) {
    let value = match (keyword, schema.get(keyword)) {
        ("format", Some(_)) if schema.is_secret() => return,
        ("items" | "additionalProperties", Some(before)) => narrowed(schemas, before, value),
        _ => value.clone(),
    };
    schema.insert(keyword.to_owned(), value);
}

/// Returns the schema of a property that two subschemas define: the keywords of both, unless one of
/// them is a named type. That one gets the modifiers of the other: a read-only property stays
/// read-only.
fn narrowed(schemas: &Value, before: &Value, property: &Value) -> Value {
    let is_plain =
        |schema: &Value| !schema.has("$ref") && !schema.has("allOf") && !needs_name(schema);
    match (before, property) {
        (_, Value::Object(more))
            if !more.contains_key("type") && is_plain(property) && !is_plain(before) =>
        {
            with_modifiers_of(property, before)
        }
        (Value::Object(known), Value::Object(more)) if is_plain(before) && is_plain(property) => {
            let mut both = known.clone();
            more.iter().for_each(|(keyword, value)| put(schemas, &mut both, keyword, value));
            both.into()
        }
        _ if holds_secret(schemas, before) && !holds_secret(schemas, property) => {
            with_modifiers_of(property, before)
        }
        _ => with_modifiers_of(before, property),
    }
}

/// Returns `schema` with the modifiers of `other`. A reference is wrapped in an `allOf` to hold
/// them.
fn with_modifiers_of(other: &Value, schema: &Value) -> Value {
    let modifiers = modifiers(other);
    let mut whole = match schema {
        Value::Object(_) if schema_name(schema).is_some() && !modifiers.is_empty() => {
            Map::from_iter([("allOf".to_owned(), json!([schema]))])
        }
        Value::Object(members) => members.clone(),
        // `additionalProperties` may be no schema, but true or false.
        other => return other.clone(),
    };
    for (keyword, value) in modifiers {
        whole.entry(keyword).or_insert(value);
    }
    whole.into()
}
