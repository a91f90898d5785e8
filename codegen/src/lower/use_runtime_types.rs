//! Types sensitive text as `SecretString`, and received dates as `DateTime`, which keeps the text as it came.
//!
//! progenitor knows no secrets, and parses a date with chrono, so that one odd date fails a whole body. Its conversion by
//! schema is defeated by any further keyword; the extension `x-rust-type` is not.

use serde_json::{Value, json};

use crate::api::{Direction, Schema};
use openapi::marks::FILE;
use openapi::walk::{self, Site};

pub fn run(schema: &Schema, lowered: &mut Value) {
    walk::schema_mut(lowered, &Site::TOP, &mut |_, node| {
        if node.get("type").and_then(Value::as_str) != Some("string") || node.get("enum").is_some() {
            return;
        }
        if node.get(FILE).is_some() {
            node["x-rust-type"] = rust_type("FilePart");
            return;
        }
        match node.get("format").and_then(Value::as_str) {
            Some("password") => node["x-rust-type"] = rust_type("SecretString"),
            Some("date-time") if schema.direction == Direction::Response => node["x-rust-type"] = rust_type("DateTime"),
            _ => {}
        }
    });
}

fn rust_type(name: &str) -> Value {
    json!({
        "crate": crate::package::RUNTIME_PACKAGE,
        "version": "*",
        "path": format!("{}::{name}", crate::package::RUNTIME_CRATE),
    })
}
