//! Puts stand-ins for the values of an `enum`, which the variants are named by later.
//!
//! progenitor names variants by rules of its own, and gives up where two of them come out alike.

use serde_json::{Value, json};

use openapi::object::ObjectMut;
use openapi::walk::{self, Site};

pub fn run(lowered: &mut Value) {
    walk::schema_mut(lowered, &Site::TOP, &mut |_, node| {
        for (index, value) in node.array_mut("enum").into_iter().flatten().enumerate() {
            *value = json!(format!("Value{index}"));
        }
    });
}
