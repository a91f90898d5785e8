//! The limits within which passes may add to a document.

use serde_json::Value;

/// The number of JSON values that a pass may add for each value of the document.
pub(super) const GROWTH: usize = 10;

/// The number of JSON values that a pass may add to any document.
const LEAST: usize = 50_000;

/// Returns the number of JSON values that a pass may add to a document.
pub(super) fn most_added(root: &Value) -> usize {
    size(root).saturating_mul(GROWTH).saturating_add(LEAST)
}

/// Returns the number of JSON values in a value.
pub(super) fn size(value: &Value) -> usize {
    1 + match value {
        Value::Array(items) => items.iter().map(size).sum(),
        Value::Object(entries) => entries.values().map(size).sum(),
        _ => 0,
    }
}
