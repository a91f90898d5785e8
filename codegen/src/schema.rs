//! What several stages ask of a schema.

use openapi::object::{Object, Schema};
use openapi::reference::schema_name;
use serde_json::Value;

/// Returns true if a schema has properties, variants or alternatives, and so needs a Rust type of its own.
pub fn needs_name(schema: &Value) -> bool {
    let has_properties = schema.properties().next().is_some();
    let has_variants = schema.array("enum").iter().any(Value::is_string);
    let has_alternatives = schema.alternatives().next().is_some();
    let has_subschemas = match schema.subschemas() {
        [] => false,
        [only] => only.get("$ref").is_none(),
        _ => true,
    };
    has_properties || has_variants || has_alternatives || has_subschemas
}

/// Returns true if a value of the schema is a secret or has one in it.
pub fn holds_secret(schemas: &Value, schema: &Value) -> bool {
    holds_new_secret(schemas, schema, &mut Vec::new())
}

/// The same, but for what is in the schemas that were `seen` already.
fn holds_new_secret(schemas: &Value, schema: &Value, seen: &mut Vec<String>) -> bool {
    if schema.is_secret() {
        return true;
    }
    if let Some(name) = schema_name(schema).filter(|name| !seen.iter().any(|known| known == name)) {
        seen.push(name.to_owned());
        return schemas.get(name).is_some_and(|target| holds_new_secret(schemas, target, seen));
    }
    match schema {
        Value::Object(members) => members.values().any(|inner| holds_new_secret(schemas, inner, seen)),
        Value::Array(items) => items.iter().any(|inner| holds_new_secret(schemas, inner, seen)),
        _ => false,
    }
}
