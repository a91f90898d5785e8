//! Numbers the media types of a body in the order of the source text.
//!
//! JSON objects lose that order, and the first of several media types is the one that the author
//! prefers. `application/json` needs no number, since it comes first in any case.

use serde_json::{Value, json};

use openapi::Document;
use openapi::components;
use openapi::marks::POSITION;
use openapi::object::Object;
use openapi::objects::operations_of;
use openapi::pointer::child;

/// Name of the pass.
pub(super) const NAME: &str = "media_type_order";

/// Marks the media types of `root`, which is that of `document`.
pub(super) fn run(root: &mut Value, document: &Document) {
    let pointers = ambiguous(&document.root);
    if pointers.is_empty() {
        return;
    }
    let offsets = document.offsets_of_keys(&pointers);
    for (pointer, offset) in pointers.iter().zip(offsets) {
        if let Some(Value::Object(media_type)) = root.pointer_mut(pointer) {
            media_type.insert(POSITION.to_owned(), json!(offset));
        }
    }
}

/// Returns the pointers to the media types of bodies that have several and no `application/json`.
fn ambiguous(root: &Value) -> Vec<String> {
    let mut pointers = Vec::new();
    let mut add = |holder: &Value, pointer: &str| {
        let content = child(pointer, "content");
        let Some(media_types) = holder.object("content") else { return };
        if media_types.len() > 1 && !media_types.contains_key("application/json") {
            pointers.extend(media_types.keys().map(|media_type| child(&content, media_type)));
        }
    };
    for (path, item) in root.entries("paths") {
        for (method, operation) in operations_of(item) {
            let pointer = child(&child("/paths", path), method);
            if let Some(body) = operation.get("requestBody") {
                add(body, &child(&pointer, "requestBody"));
            }
            for (status, response) in operation.entries("responses") {
                add(response, &child(&child(&pointer, "responses"), status));
            }
        }
    }
    for section in ["requestBodies", "responses"] {
        for (name, holder) in components::section(root, section).into_iter().flatten() {
            add(holder, &child(&child("/components", section), name));
        }
    }
    pointers
}
