//! Properties in examples that the schema does not describe: one of the two lacks or misspells
//! them.
//!
//! Only specs are held to this. Vendors' own documents have so many of them that other findings
//! would be hard to see.

use std::collections::BTreeSet;
use std::ptr;

use serde_json::{Map, Value};

use super::Example;
use crate::diagnostic::{Diagnostic, Location, Subject};
use crate::object::{Object, Schema};
use crate::pointer;
use crate::reference;
use crate::rule::Rule;
use crate::words::{nearest, quote};

/// Reports each undescribed property once in an example, however many items of an array or entries
/// of a map have it.
pub(super) fn report(root: &Value, examples: &[Example<'_>], found: &mut Vec<Diagnostic>) {
    let mut seen = BTreeSet::new();
    for example in examples.iter().filter(|example| example.rule == Rule::ExampleBreaksSchema) {
        let Some(schema) = root.pointer(whole(&example.schema)) else { continue };
        let mut walk = Walk { root, found: Vec::new() };
        walk.value(
            example.value,
            &[schema],
            &Place { pointer: example.pointer.clone(), path: String::new() },
        );
        let first = walk
            .found
            .into_iter()
            .filter(|one| seen.insert((&example.pointer, one.place.path.clone())));
        found.extend(first.map(|one| one.diagnostic()));
    }
}

/// Returns the pointer to the schema that a subschema or an alternative is a part of: its example
/// shows the whole.
fn whole(pointer: &str) -> &str {
    let is_part =
        |list: &str| ["/allOf", "/oneOf", "/anyOf"].iter().any(|keyword| list.ends_with(keyword));
    let list = pointer::parent(pointer).filter(|list| is_part(list));
    list.and_then(pointer::parent).map_or(pointer, whole)
}

/// A location in an example.
struct Place {
    /// The JSON pointer in the document.
    pointer: String,
    /// The names of properties that lead there, without indices of arrays and keys of maps.
    path: String,
}

impl Place {
    fn property(&self, name: &str) -> Self {
        Self {
            pointer: pointer::child(&self.pointer, name),
            path: pointer::child(&self.path, name),
        }
    }

    fn inside(&self, step: &str) -> Self {
        Self { pointer: pointer::child(&self.pointer, step), path: format!("{}/", self.path) }
    }
}

/// A property that the schema does not describe.
struct Undescribed<'a> {
    name: &'a str,
    place: Place,
    /// The property that it was most likely meant to be.
    meant: Option<&'a str>,
}

impl Undescribed<'_> {
    /// The line in the source text is not shown: nothing says whether the value is a secret.
    fn diagnostic(&self) -> Diagnostic {
        let remedy = "Correct the example, or describe the property in the schema.";
        Diagnostic {
            rule: Rule::UndescribedProperty,
            subject: Subject::Name(self.name.to_owned()),
            location: Location::Hidden(self.place.pointer.clone()),
            what: format!(
                "This example has the property {}, which its schema does not describe.",
                quote(self.name)
            ),
            why: "Either the example is wrong, or the client lacks the property.".into(),
            help: match self.meant {
                Some(meant) => format!("Did you mean {}? {remedy}", quote(meant)),
                None => remedy.into(),
            },
        }
    }
}

/// Walks through a value and its schemas side by side.
struct Walk<'a> {
    root: &'a Value,
    found: Vec<Undescribed<'a>>,
}

impl<'a> Walk<'a> {
    fn value(&mut self, value: &'a Value, schemas: &[&'a Value], place: &Place) {
        match value {
            Value::Object(entries) => self.object(entries, &Parts::of(self.root, schemas), place),
            Value::Array(items) => {
                let parts = Parts::of(self.root, schemas).all;
                let schemas: Vec<&Value> =
                    parts.iter().filter_map(|part| part.keyword("items")).collect();
                for (index, item) in items.iter().enumerate() {
                    self.value(item, &schemas, &place.inside(&index.to_string()));
                }
            }
            _ => {}
        }
    }

    fn object(&mut self, entries: &'a Map<String, Value>, parts: &Parts<'a>, place: &Place) {
        let described: BTreeSet<&str> = parts
            .all
            .iter()
            .flat_map(|part| part.properties())
            .map(|(name, _)| name.as_str())
            .collect();
        for (name, value) in entries {
            if described.contains(name.as_str()) {
                let schemas: Vec<&Value> =
                    parts.all.iter().filter_map(|part| part.property(name)).collect();
                self.value(value, &schemas, &place.property(name));
            } else if parts.is_open {
                let schemas: Vec<&Value> = parts
                    .all
                    .iter()
                    .filter_map(|part| part.keyword("additionalProperties"))
                    .collect();
                self.value(value, &schemas, &place.inside(name));
            } else if !described.is_empty() && !parts.is_closed {
                let absent =
                    described.iter().copied().filter(|other| !entries.contains_key(*other));
                let meant = nearest(name, absent);
                self.found.push(Undescribed { name, place: place.property(name), meant });
            }
        }
    }
}

/// The relation of a part to the schema that it is a part of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Relation {
    Itself,
    /// A part of its `allOf`.
    Subschema,
    /// One of its `oneOf` or `anyOf`.
    Alternative,
}

/// A schema behind its references, with all of its subschemas and alternatives.
#[derive(Default)]
struct Parts<'a> {
    all: Vec<&'a Value>,
    /// True if values may have any property.
    is_open: bool,
    /// True if values may not have any other property, which another rule reports.
    is_closed: bool,
}

impl<'a> Parts<'a> {
    fn of(root: &'a Value, schemas: &[&'a Value]) -> Self {
        let mut parts = Self::default();
        let mut open: Vec<(&Value, Relation)> =
            schemas.iter().map(|schema| (*schema, Relation::Itself)).collect();
        while let Some((schema, relation)) = open.pop() {
            let schema = reference::resolve(root, schema);
            if parts.all.iter().any(|part| ptr::eq(*part, schema)) {
                continue;
            }
            parts.all.push(schema);
            parts.is_open |= is_open(schema, relation);
            parts.is_closed |= relation != Relation::Alternative
                && schema.keyword("additionalProperties") == Some(&Value::Bool(false));
            open.extend(schema.subschemas().iter().map(|part| (part, Relation::Subschema)));
            open.extend(schema.alternatives().map(|part| (part, Relation::Alternative)));
        }
        parts
    }
}

/// Returns true if a schema takes any property: it says so, it has subtypes, or it is an
/// alternative for any object.
fn is_open(schema: &Value, relation: Relation) -> bool {
    const OF_AN_OBJECT: [&str; 7] =
        ["properties", "required", "allOf", "oneOf", "anyOf", "additionalProperties", "not"];
    let says_so =
        schema.is_true("additionalProperties") || schema.object("additionalProperties").is_some();
    // What is a part of a subtype is extended by that subtype alone.
    let has_subtypes = relation != Relation::Subschema
        && schema.has("discriminator")
        && schema.alternatives().next().is_none();
    let is_for_any_object = relation == Relation::Alternative
        && schema.stated_type().is_none_or(|stated| stated == "object")
        && !OF_AN_OBJECT.iter().any(|keyword| schema.has(keyword));
    says_so || has_subtypes || is_for_any_object
}
