//! Types secrets as `SecretString`, and received dates as `DateTimeString`, which keeps the string
//! as it was received.
//!
//! progenitor knows no secrets, and it parses dates with chrono, so that one unusual date fails a
//! whole body. Any further keyword defeats its conversion by schema, but not the extension
//! `x-rust-type`.

use openapi::notes::PassNotes;
use serde_json::{Value, json};

use crate::api::{Direction, Schema};
use openapi::marks::FILE;
use openapi::object::{Object, Schema as _};
use openapi::walk::{self, Site};

pub(super) fn run(schema: &Schema, lowered: &mut Value, _: &mut PassNotes<'_>) {
    walk::schema_mut(lowered, &Site::TOP, &mut |_, node| {
        if node.stated_type() != Some("string") || node.has("enum") {
            return;
        }
        if node.has(FILE) {
            node["x-rust-type"] = rust_type("FilePart");
            return;
        }
        if node.is_secret() {
            node["x-rust-type"] = rust_type("SecretString");
        } else if node.format() == "date-time" && schema.direction == Direction::Response {
            node["x-rust-type"] = rust_type("DateTimeString");
        }
    });
}

fn rust_type(name: &str) -> Value {
    json!({
        "crate": crate::package::RUNTIME,
        "version": "*",
        "path": format!("{}::{name}", crate::package::RUNTIME),
    })
}
