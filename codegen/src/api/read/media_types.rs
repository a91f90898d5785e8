//! Tells what a client does not do with the media types of a body.

use serde_json::{Map, Value};

use super::Reader;
use crate::api::Coding;
use crate::api::media_types::Content;
use openapi::diagnostic::{Diagnostic, Location, Subject};
use openapi::object::Schema;
use openapi::pointer;
use openapi::reference;
use openapi::rule::Rule;
use openapi::words::quote;

impl Reader<'_> {
    /// Notes the media types that the client does not use, and warns of those with other values.
    pub(super) fn note_others(
        &mut self,
        contents: &Map<String, Value>,
        used: &Content<'_>,
        pointer: &str,
    ) {
        let is_used =
            |other: &&str| *other == used.key || used.choices.iter().any(|one| one == other);
        let others: Vec<&str> =
            contents.keys().map(String::as_str).filter(|other| !is_used(other)).collect();
        if others.is_empty() {
            return;
        }
        let choices = used.choices.join(", ");
        let used_ones = if choices.is_empty() { &used.media_type } else { &choices };
        self.note(pointer, format!("only {used_ones} is used, not {}", others.join(", ")));
        let schema = |key: &str| {
            let schema = contents.get(key).and_then(|object| object.get("schema"));
            schema.map(|schema| self.resolve(schema))
        };
        let has_others = |other: &&&str| schema(other) != schema(used.key);
        if let Some(other) = others.iter().find(has_others) {
            self.warn_of_media_type(pointer, used_ones, other);
        }
    }

    fn warn_of_media_type(&mut self, pointer: &str, used: &str, other: &str) {
        self.warnings.push(Diagnostic {
            rule: Rule::UnusedMediaType,
            subject: Subject::Node,
            location: Location::Key(self.media_type(pointer, other)),
            what: format!("The client uses {} here, and not {}.", quote(used), quote(other)),
            why: "The values of the other media type can be neither sent nor received.".to_owned(),
            help: "Remove the media types that callers do not need.".to_owned(),
        });
    }

    /// Warns of a schema that has no effect, since the body is bytes.
    pub(super) fn warn_of_schema(&mut self, content: &Content<'_>, pointer: &str) {
        let schema = content.object.get("schema").map(|schema| self.resolve(schema));
        let is_bytes = |schema: &Value| {
            schema.as_object().is_none_or(Map::is_empty)
                || schema.stated_type() == Some("string")
                || schema.format() == "binary"
        };
        if content.coding != Coding::Raw || schema.is_none_or(is_bytes) {
            return;
        }
        self.warnings.push(Diagnostic {
            rule: Rule::UntypedBody,
            subject: Subject::Node,
            location: Location::Key(self.media_type(pointer, content.key)),
            what: format!("The client does not encode or decode {}.", quote(content.key)),
            why: "A caller passes and gets the bytes of the body, and the schema has no effect."
                .to_owned(),
            help:
                "Use JSON if the service can, or describe the body as a string of `format: binary`."
                    .to_owned(),
        });
    }

    /// Returns the pointer to a media type of a body. The body can be a reference to a component.
    fn media_type(&self, pointer: &str, key: &str) -> String {
        let node = self.root.pointer(pointer).and_then(reference::of);
        let pointer = node.and_then(reference::pointer_of).unwrap_or_else(|| pointer.to_owned());
        pointer::child(&pointer::child(&pointer, "content"), key)
    }
}
