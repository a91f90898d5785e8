//! Makes every property of received types optional, which for progenitor includes null.
//!
//! Servers omit or null properties that their documents require. A client that rejects such a body
//! loses the token in it.

use serde_json::Value;

use crate::api::{Direction, Schema};
use openapi::notes::PassNotes;
use openapi::walk::{self, Site};

pub(super) fn run(schema: &Schema, lowered: &mut Value, notes: &mut PassNotes<'_>) {
    if schema.direction == Direction::Request {
        return;
    }
    let site = Site::of_schema(&schema.name);
    walk::schema_mut(lowered, &site, &mut |site, node| {
        let Some(members) = node.as_object_mut() else { return };
        if let Some(Value::Array(required)) = members.remove("required") {
            let names: Vec<&str> = required.iter().filter_map(Value::as_str).collect();
            notes.add(&site.pointer(), format!("may lack {}", names.join(", ")));
        }
    });
}
