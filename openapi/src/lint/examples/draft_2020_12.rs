//! The keywords of draft 2020-12 that draft 4 lacks, or that have other values there.

use serde_json::{Value, json};

/// The schemas in a keyword.
pub(super) enum Shape {
    Schema,
    Schemas,
}

/// Returns the shape of a keyword that holds schemas and that draft 4 lacks.
pub(super) fn shape(keyword: &str) -> Option<Shape> {
    match keyword {
        "contains" | "else" | "if" | "propertyNames" | "then" => Some(Shape::Schema),
        "prefixItems" => Some(Shape::Schemas),
        _ => None,
    }
}

/// Returns a constraint, unless its value is not valid.
pub(super) fn constraint(keyword: &str, value: &Value) -> Option<(String, Value)> {
    let value = match keyword {
        "const" => value.clone(),
        "type" if value.is_array() => value.clone(),
        "items" if value.is_boolean() => value.clone(),
        "exclusiveMinimum" | "exclusiveMaximum" if value.is_number() => value.clone(),
        "maxContains" | "minContains" => json!(value.as_u64()?),
        "dependentRequired" if value.is_object() => value.clone(),
        _ => return None,
    };
    Some((keyword.to_owned(), value))
}
