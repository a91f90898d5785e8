//! Normalizes `enum`: strings without null and duplicates, or numbers that stay a constraint.
//!
//! Documents list null, values of another type than `type`, values without any `type`, and strings
//! beside any other string. progenitor fails on each of them.

use serde_json::{Value, json};

use openapi::marks::TYPE_INFERRED;
use openapi::notes::PassNotes;
use openapi::object::{Object, Schema};
use openapi::walk;

pub(super) fn run(root: &mut Value, notes: &mut PassNotes<'_>) {
    walk::document_mut(root, &mut |site, schema| {
        let Some(values) = schema.keyword("enum").and_then(Value::as_array).cloned() else {
            return;
        };
        let tidy = tidied(schema, &values);
        if tidy != values {
            notes.add(&site.pointer(), format!("lists {}", json!(tidy)));
        }
        if tidy.len() < values.len() && values.contains(&Value::Null) {
            schema["nullable"] = json!(true);
        }
        let kind = kind_of(&tidy);
        if let Some(members) = schema.as_object_mut() {
            if !members.contains_key("type") {
                // The request plan shows it, so that no change of a document goes unseen.
                members.insert(TYPE_INFERRED.to_owned(), json!(true));
            }
            match kind {
                Some("string") => {
                    members.insert("type".to_owned(), json!("string"));
                    members.insert("enum".to_owned(), tidy.into());
                }
                Some(kind @ ("integer" | "number")) => {
                    members.entry("type").or_insert_with(|| json!(kind));
                    members.insert("enum".to_owned(), tidy.into());
                }
                other => {
                    if let Some(kind) = other {
                        members.entry("type").or_insert_with(|| json!(kind));
                    }
                    notes.add(&site.pointer(), "may have other values too");
                    members.remove("enum");
                }
            }
        }
    });
}

/// Returns the type that all values have. `1.0` is an integer in JSON Schema.
fn kind_of(values: &[Value]) -> Option<&'static str> {
    let is_integer = |value: &Value| {
        value.is_i64()
            || value.is_u64()
            || value.as_f64().is_some_and(|number| number.fract() == 0.0)
    };
    match values {
        [] => None,
        all if all.iter().all(Value::is_string) => Some("string"),
        all if all.iter().all(is_integer) => Some("integer"),
        all if all.iter().all(Value::is_number) => Some("number"),
        all if all.iter().all(Value::is_boolean) => Some("boolean"),
        _ => None,
    }
}

/// Returns the values without null and duplicates, as strings if `type` is string.
fn tidied(schema: &Value, values: &[Value]) -> Vec<Value> {
    let wants_text = schema.stated_type() == Some("string");
    let mut tidy: Vec<Value> = Vec::new();
    for value in values {
        let value = match value {
            Value::Number(_) | Value::Bool(_) if wants_text => json!(value.to_string()),
            other => other.clone(),
        };
        if !value.is_null() && !tidy.contains(&value) {
            tidy.push(value);
        }
    }
    tidy
}
