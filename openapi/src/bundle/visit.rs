//! Visits the objects of a document and turns references to other files into references to
//! components.
//!
//! It is not a [`visit`](crate::objects::visit) of all objects: a reference may replace any value,
//! including arrays and maps. The visit continues in the target of the reference, whose own
//! references are relative to its file.

use serde_json::{Map, Value, json};

use super::address::{Address, FileTarget, is_file, target_of, to_fragment};
use super::{Bundle, PASS};
use crate::objects::section;
use crate::objects::{Kind, Shape};
use crate::pointer;
use crate::reference;
use crate::words::quote;

/// The largest number of inlined values, each of which may contain others.
const MOST_WRITTEN_OUT: usize = 10_000;
/// The largest nesting of inlined values.
const DEEPEST: usize = 16;

/// The position of a value: in its file, and in the merged document.
pub(super) struct Position {
    /// The file that the value came from. Its references are relative to this file.
    file: String,
    /// The pointer to the value in the merged document.
    pointer: String,
    /// The addresses of the inlined values that contain this one.
    inlined: Vec<Address>,
}

impl Position {
    pub(super) fn new(file: &str, pointer: &str) -> Self {
        Self { file: file.to_owned(), pointer: pointer.to_owned(), inlined: Vec::new() }
    }

    pub(super) fn root(file: &str) -> Self {
        Self::new(file, "")
    }

    fn child(&self, name: &str) -> Self {
        Self {
            pointer: pointer::child(&self.pointer, name),
            file: self.file.clone(),
            inlined: self.inlined.clone(),
        }
    }

    /// Returns the same location for a value from an address.
    fn from(&self, address: &Address) -> Self {
        let inlined = self.inlined.iter().chain([address]).cloned().collect();
        Self { file: address.file.clone(), pointer: self.pointer.clone(), inlined }
    }
}

impl Bundle<'_> {
    /// Visits an object and everything in it.
    pub(super) fn visit(&mut self, value: &mut Value, kind: Kind, position: &Position) {
        if reference::of(value).is_some() {
            if kind.may_be_reference() {
                return self.refer(value, kind, position);
            }
            if self.write_out(value, Shape::One(kind), position) {
                return;
            }
        }
        for (name, member) in value.as_object_mut().into_iter().flatten() {
            match kind.shape_in_any_version(name) {
                Some(Shape::StringMap) if kind == Kind::Discriminator => {
                    self.map_files(member, &position.child(name))
                }
                Some(shape) if member.is_object() || member.is_array() => {
                    self.member(member, shape, &position.child(name))
                }
                _ => {}
            }
        }
    }

    fn member(&mut self, value: &mut Value, shape: Shape, position: &Position) {
        match shape {
            Shape::One(kind) | Shape::OneOrBoolean(kind) => self.visit(value, kind, position),
            Shape::Array(kind) | Shape::Map(kind) => {
                if reference::of(value).is_some() && self.write_out(value, shape, position) {
                    return;
                }
                match value {
                    Value::Object(entries) => {
                        entries.iter_mut().for_each(|(name, entry)| {
                            self.visit(entry, kind, &position.child(name))
                        });
                    }
                    Value::Array(entries) => {
                        for (index, entry) in entries.iter_mut().enumerate() {
                            self.visit(entry, kind, &position.child(&index.to_string()));
                        }
                    }
                    _ => {}
                }
            }
            _ => {}
        }
    }

    /// Returns the final target of a reference that must be rewritten. A reference that cannot be
    /// resolved is reported and rewritten so that it cannot be taken for one within the document.
    fn follow(&mut self, value: &mut Value, position: &Position) -> Option<Address> {
        let target = reference::of(value)?.to_owned();
        if position.file == self.document && target.starts_with('#') {
            return None;
        }
        let problem = match target_of(&position.file, &target) {
            FileTarget::Other if target.starts_with('#') => {
                "The reference is malformed.".to_owned()
            }
            FileTarget::Other => return None,
            FileTarget::Outside => {
                "It points outside the folder that files are read from; `--within DIR` names another one."
                    .to_owned()
            }
            FileTarget::Value(address) => match self.files.locate(&address) {
                Ok(address) => return Some(address),
                Err(problem) if address.file == self.document => {
                    // The target is missing in the document itself, which another rule reports.
                    value["$ref"] = json!(format!("#{}", to_fragment(&address.pointer)));
                    self.notes.add(PASS, &position.pointer, problem);
                    return None;
                }
                Err(problem) => {
                    value["$ref"] = json!(address.reference());
                    problem
                }
            },
        };
        if target.starts_with('#') && reference::of(value) == Some(target.as_str()) {
            value["$ref"] = json!(format!("{}{target}", position.file));
        }
        self.miss(&position.file, &target, &position.pointer, &problem);
        None
    }

    /// Rewrites a reference to a file into one to a component, or replaces the component itself
    /// with its target.
    fn refer(&mut self, value: &mut Value, kind: Kind, position: &Position) {
        let Some(address) = self.follow(value, position) else { return };
        if address.file == self.document {
            value["$ref"] = json!(format!("#{}", to_fragment(&address.pointer)));
            return;
        }
        let placed = section(kind).and_then(|section| self.placed.get(&(section, address.clone())));
        // A circular reference stays, and another rule reports it.
        if placed == Some(&position.pointer) && !position.inlined.contains(&address) {
            let Some(own) = self.copy(&address, kind) else { return };
            *value = own;
            self.notes.add(
                PASS,
                &position.pointer,
                format!("is taken from {}", quote(&address.reference())),
            );
            return self.visit(value, kind, &position.from(&address));
        }
        if let Some(component) = self.component(kind, &address) {
            value["$ref"] = json!(format!("#{}", to_fragment(&component)));
        }
    }

    /// Inlines the target of a reference where OpenAPI allows no reference. Returns true if it did
    /// so.
    fn write_out(&mut self, value: &mut Value, shape: Shape, position: &Position) -> bool {
        let Some(address) = self.follow(value, position) else { return false };
        if address.file == self.document && matches!(shape, Shape::One(Kind::PathItem)) {
            // Path items of the document itself are inlined later.
            value["$ref"] = json!(format!("#{}", to_fragment(&address.pointer)));
            return true;
        }
        let is_circle = position.inlined.contains(&address) || position.inlined.len() == DEEPEST;
        if is_circle || self.written_out == MOST_WRITTEN_OUT {
            let problem = format!("{} contains itself, or too much.", quote(&address.reference()));
            self.miss(&position.file, &address.reference(), &position.pointer, &problem);
            return true;
        }
        let Some(mut target) = self.files.value(&address).cloned() else { return false };
        self.written_out += 1;
        self.notes.add(
            PASS,
            &position.pointer,
            format!("{} is inlined", quote(&address.reference())),
        );
        self.member(&mut target, shape, &position.from(&address));
        // Keywords beside the reference belong to this object alone.
        let mut own = Value::Object(value.as_object().cloned().unwrap_or_default());
        own.as_object_mut().map(|members| members.remove("$ref"));
        self.member(&mut own, shape, position);
        if let (Some(members), Value::Object(own)) = (target.as_object_mut(), own) {
            members.extend(own);
        }
        *value = target;
        true
    }

    /// Rewrites the entries of a `mapping` that name files.
    fn map_files(&mut self, mapping: &mut Value, position: &Position) {
        let entries: Option<&mut Map<String, Value>> = mapping.as_object_mut();
        for (name, entry) in entries.into_iter().flatten() {
            let Some(text) = entry.as_str().filter(|text| text.starts_with('#') || is_file(text))
            else {
                continue;
            };
            let mut schema = json!({ "$ref": text });
            self.refer(&mut schema, Kind::Schema, &position.child(name));
            *entry = schema["$ref"].take();
        }
    }
}
