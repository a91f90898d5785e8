//! Lists the objects of a document, with their kinds.

use serde_json::{Map, Value};

use super::{Kind, Shape};
use crate::object::Object;
use crate::{pointer, reference};

/// An object of a document.
pub(crate) struct Node<'a> {
    pub(crate) pointer: String,
    pub(crate) kind: Kind,
    pub(crate) members: &'a Map<String, Value>,
    /// The index of the object that contains it. The root has none.
    pub(crate) holder: Option<usize>,
    /// The keyword, path or status code of the containing object that it is the value of.
    pub(crate) under: &'a str,
}

impl<'a> Node<'a> {
    /// Returns the value of `$ref`, if a Reference Object takes its place.
    pub(crate) fn reference(&self) -> Option<&'a Value> {
        self.members.get("$ref").filter(|_| self.kind.may_be_reference())
    }

    /// The pointer of what a Reference Object in its place refers to within the document.
    pub(crate) fn target(&self) -> Option<String> {
        reference::pointer_of(self.reference()?.as_str()?)
    }

    /// Returns the pointer to the value of a keyword.
    pub(crate) fn member(&self, member: &str) -> String {
        pointer::child(&self.pointer, member)
    }
}

impl Object for Node<'_> {
    fn keyword(&self, keyword: &str) -> Option<&Value> {
        self.members.get(keyword)
    }
}

/// Returns all objects, each one after the one that contains it. Values of the wrong type are left
/// out, as are extensions and the other keywords of a reference.
pub(crate) fn list(root: &Value) -> Vec<Node<'_>> {
    let mut nodes = Vec::new();
    if let Value::Object(members) = root {
        let (pointer, kind) = (String::new(), Kind::OpenApi);
        nodes.push(Node { pointer, kind, members, holder: None, under: "" });
    }
    let mut index = 0;
    while index < nodes.len() {
        let held = held(&nodes[index], index);
        nodes.extend(held);
        index += 1;
    }
    nodes
}

/// Returns the objects that an object contains directly.
fn held<'a>(node: &Node<'a>, index: usize) -> Vec<Node<'a>> {
    let mut held = Vec::new();
    if node.reference().is_some() {
        return held;
    }
    for (name, value) in node.members {
        let Some(shape) = node.kind.shape(name) else {
            continue;
        };
        let pointer = node.member(name);
        let mut add = |pointer: String, kind: Kind, value: &'a Value| {
            if let Value::Object(members) = value {
                held.push(Node { pointer, kind, members, holder: Some(index), under: name });
            }
        };
        match (shape, value) {
            (Shape::One(kind) | Shape::OneOrBoolean(kind), value) => add(pointer, kind, value),
            (Shape::Array(kind), Value::Array(entries)) => {
                for (index, entry) in entries.iter().enumerate() {
                    add(pointer::entry(&pointer, index), kind, entry);
                }
            }
            (Shape::Map(kind), Value::Object(entries)) => {
                for (name, entry) in entries {
                    add(pointer::child(&pointer, name), kind, entry);
                }
            }
            _ => {}
        }
    }
    held
}
