//! Values that a client sends: not all strings can be a segment of a path, or stand in a header.

use serde_json::Value;

use crate::api::ParameterLocation;

/// Returns true if a client sends the value of a parameter in this location.
pub(super) fn is_sendable(location: ParameterLocation, value: &Value) -> bool {
    match location {
        ParameterLocation::Path => is_segment(value),
        ParameterLocation::Query => true,
        ParameterLocation::Header | ParameterLocation::Cookie => all_strings(value, &|text| {
            let is_visible = text.bytes().all(|byte| (b' '..=b'~').contains(&byte));
            is_visible && text.trim() == text
        }),
    }
}

/// Returns true if a value can be a segment of a path, which is not empty and not a dot segment.
fn is_segment(value: &Value) -> bool {
    match value {
        Value::Array(items) => !items.is_empty() && items.iter().all(is_segment),
        Value::Object(properties) => !properties.is_empty(),
        Value::String(text) => !matches!(text.as_str(), "" | "." | ".."),
        Value::Null => false,
        _ => true,
    }
}

fn all_strings(value: &Value, is_one: &dyn Fn(&str) -> bool) -> bool {
    match value {
        Value::String(text) => is_one(text),
        Value::Array(items) => items.iter().all(|item| all_strings(item, is_one)),
        Value::Object(properties) => properties.values().all(|value| all_strings(value, is_one)),
        _ => true,
    }
}
