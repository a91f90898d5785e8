//! Puts stand-ins for the values of an `enum`, which the variants are named by later.
//!
//! progenitor names variants by rules of its own, and gives up where two of them come out alike.

use serde_json::{Value, json};

use openapi::walk::{self, Site};

pub fn run(lowered: &mut Value) {
    walk::schema_mut(lowered, &Site::TOP, &mut |_, node| {
        if let Some(values) = node.get_mut("enum").and_then(Value::as_array_mut) {
            for (index, value) in values.iter_mut().enumerate() {
                *value = json!(format!("Value{index}"));
            }
        }
    });
}
