//! Visits the objects of OpenAPI in a document with the kind of each, but not the examples or other
//! data in it.
//!
//! Unlike a list of the objects, which borrows the document, the visit can change each object
//! before it visits the contents.

use serde_json::{Map, Value};

use super::{Kind, Shape};
use crate::pointer;

/// The action for each object. An object comes before the objects that it contains.
type Visitor<'v> = dyn FnMut(Kind, &str, &mut Map<String, Value>) + 'v;

/// Visits an object and everything in it.
pub(crate) fn visit(value: &mut Value, kind: Kind, pointer: &str, action: &mut Visitor<'_>) {
    let Some(members) = value.as_object_mut() else { return };
    action(kind, pointer, members);
    // Since 3.1 keywords beside the reference of a schema count.
    if kind.may_be_reference() && kind != Kind::Schema && members.contains_key("$ref") {
        return;
    }
    for (name, value) in members {
        let Some(shape) = kind.shape_in_any_version(name) else { continue };
        let pointer = pointer::child(pointer, name);
        match (shape, value) {
            (Shape::One(kind) | Shape::OneOrBoolean(kind), value) => {
                visit(value, kind, &pointer, action)
            }
            (Shape::Array(kind), Value::Array(entries)) => {
                for (index, entry) in entries.iter_mut().enumerate() {
                    visit(entry, kind, &pointer::entry(&pointer, index), action);
                }
            }
            (Shape::Map(kind), Value::Object(entries)) => {
                for (name, entry) in entries {
                    visit(entry, kind, &pointer::child(&pointer, name), action);
                }
            }
            _ => {}
        }
    }
}
