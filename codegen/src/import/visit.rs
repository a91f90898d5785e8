//! Visits the objects of OpenAPI in a document with the kind of each, and not the samples or other data in it.

use serde_json::{Map, Value};

use crate::parse::keywords::{Kind, Shape};
use crate::parse::pointer;

/// The members of a path item that are operations.
pub(super) const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// What is done to each object; an object comes before those that it holds.
type Visitor<'v> = dyn FnMut(Kind, &str, &mut Map<String, Value>) + 'v;

/// Visits an object and all that it holds.
pub(super) fn objects(value: &mut Value, kind: Kind, pointer: &str, visit: &mut Visitor<'_>) {
    let Some(members) = value.as_object_mut() else { return };
    visit(kind, pointer, members);
    if kind.may_be_reference() && members.contains_key("$ref") {
        return;
    }
    for (name, value) in members {
        let Some(shape) = kind.shape(name) else { continue };
        let pointer = pointer::child(pointer, name);
        match (shape, value) {
            (Shape::One(kind) | Shape::OneOrFlag(kind), value) => objects(value, kind, &pointer, visit),
            (Shape::List(kind), Value::Array(entries)) => {
                for (index, entry) in entries.iter_mut().enumerate() {
                    objects(entry, kind, &pointer::entry(&pointer, index), visit);
                }
            }
            (Shape::Map(kind), Value::Object(entries)) => {
                for (name, entry) in entries {
                    objects(entry, kind, &pointer::child(&pointer, name), visit);
                }
            }
            _ => {}
        }
    }
}
