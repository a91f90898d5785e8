//! Replaces the values of an `enum` with stand-ins. The variants are renamed after the values
//! later.
//!
//! progenitor names variants by its own rules, and fails if two of them get the same name.

use crate::api::Schema;
use openapi::notes::PassNotes;
use serde_json::{Value, json};

use openapi::object::ObjectMut;
use openapi::walk::{self, Site};

pub(super) fn run(_: &Schema, lowered: &mut Value, _: &mut PassNotes<'_>) {
    walk::schema_mut(lowered, &Site::TOP, &mut |_, node| {
        for (index, value) in node.array_mut("enum").into_iter().flatten().enumerate() {
            *value = json!(format!("Value{index}"));
        }
    });
}
