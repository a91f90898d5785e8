//! Names that differ in a document and are the same in Rust, where one of them would silently get a
//! number.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::rust_names::{asked_name, is_method, parameters};
use crate::components;
use crate::diagnostic::{Diagnostic, Location, Subject};
use crate::naming;
use crate::object::{Object, Schema};
use crate::objects::Kind;
use crate::objects::Node;
use crate::pointer;
use crate::reference;
use crate::rule::Rule;
use crate::words::quote;

const WHY: &str = "One of the two would get a number appended, and their order decides which.";
const BY_RUST_NAME: &str = "Rename one of them with `x-rust-name`.";
const BY_RENAMING: &str =
    "Rename one of them in the spec; the name is not part of any request or response.";
const BY_ACCEPTING: &str = "Accept the number with `x-lint-ignore` on the schema, and say in its description which is which.";

/// An item of the document that gets a Rust name.
struct Named {
    name: String,
    rust_name: String,
    pointer: String,
}

pub(super) fn check(root: &Value, nodes: &[Node<'_>], found: &mut Vec<Diagnostic>) {
    let mut found = Collisions { found, seen: BTreeSet::new() };
    found.report(operations(nodes), BY_RUST_NAME);
    for (section, rust_name) in [
        ("schemas", naming::schema_type as fn(&str) -> String),
        ("securitySchemes", naming::pascal),
    ] {
        let names = components::section(root, section);
        let named = names.into_iter().flat_map(Map::keys).map(|name| Named {
            name: name.clone(),
            rust_name: rust_name(name),
            pointer: pointer::child(&format!("/components/{section}"), name),
        });
        found.report(named.collect(), BY_RENAMING);
    }
    for node in nodes {
        match node.kind {
            Kind::Operation => found.report(arguments(root, nodes, node), BY_RUST_NAME),
            Kind::Schema if node.reference().is_none() => {
                let mut members = Vec::new();
                collect_members(
                    root,
                    &node.pointer,
                    node.members,
                    &mut BTreeSet::new(),
                    &mut members,
                );
                found.report(members, BY_RUST_NAME);
                found.report(variants(node), BY_ACCEPTING);
            }
            _ => {}
        }
    }
}

struct Collisions<'f> {
    found: &'f mut Vec<Diagnostic>,
    /// The pointers that have been reported. A subschema is visited again in each schema that
    /// contains it.
    seen: BTreeSet<String>,
}

impl Collisions<'_> {
    fn report(&mut self, all: Vec<Named>, help: &str) {
        let mut first: BTreeMap<String, Named> = BTreeMap::new();
        for named in all {
            let Some(other) = first.get(&named.rust_name) else {
                first.insert(named.rust_name.clone(), named);
                continue;
            };
            // Two subschemas may define the same property, and an `enum` may repeat a value.
            if other.name != named.name && self.seen.insert(named.pointer.clone()) {
                self.found.push(collision(&named, other, help));
            }
        }
    }
}

fn collision(named: &Named, other: &Named, help: &str) -> Diagnostic {
    Diagnostic {
        rule: Rule::CollidingNames,
        subject: Subject::Names(vec![named.name.clone(), other.name.clone()]),
        location: Location::Pointer(named.pointer.clone()),
        what: format!(
            "{} gets the same Rust name as {} at {}: {}.",
            quote(&named.name),
            quote(&other.name),
            quote(&other.pointer),
            quote(&named.rust_name),
        ),
        why: WHY.into(),
        help: help.into(),
    }
}

/// Returns the names of the generated methods, and of the structs that are named after them.
fn operations(nodes: &[Node<'_>]) -> Vec<Named> {
    let operations = nodes.iter().filter(|node| is_method(nodes, node));
    let named = operations.filter_map(|node| {
        let id = node.string("operationId")?;
        let method = asked_name(node).unwrap_or_else(|| naming::method(id));
        // The method must differ from the others in more than the underscores, since a struct is
        // named after it.
        let rust_name = naming::snake(&naming::pascal(&method));
        Some(Named { name: id.to_owned(), rust_name, pointer: node.pointer.clone() })
    });
    named.collect()
}

fn arguments(root: &Value, nodes: &[Node<'_>], operation: &Node<'_>) -> Vec<Named> {
    let named = parameters(root, nodes, operation).into_iter().map(|parameter| Named {
        rust_name: parameter.rust_name(),
        name: format!("{} ({})", parameter.name, parameter.location),
        pointer: parameter.pointer,
    });
    named.collect()
}

/// Collects the properties of a schema and of its subschemas.
fn collect_members<'a>(
    root: &'a Value,
    pointer: &str,
    schema: &'a Map<String, Value>,
    within: &mut BTreeSet<&'a str>,
    members: &mut Vec<Named>,
) {
    if let Some(reference) = reference::of(schema) {
        let target = reference::pointer_of(reference).filter(|_| within.insert(reference));
        if let Some((target, schema)) =
            target.and_then(|target| Some((root.pointer(&target)?.as_object()?, target)))
        {
            collect_members(root, &schema, target, within, members);
        }
        return;
    }
    let parts = schema.subschemas().iter().enumerate();
    for (index, part) in parts.filter_map(|(index, part)| Some((index, part.as_object()?))) {
        collect_members(root, &format!("{pointer}/allOf/{index}"), part, within, members);
    }
    let properties = format!("{pointer}/properties");
    for (name, property) in schema.properties() {
        let rust_name = asked_name(property).unwrap_or_else(|| naming::snake(name));
        members.push(Named {
            name: name.clone(),
            rust_name,
            pointer: pointer::child(&properties, name),
        });
    }
}

fn variants(node: &Node<'_>) -> Vec<Named> {
    let values = node.array("enum").iter().enumerate();
    let named = values.filter_map(|(index, value)| {
        let value = value.as_str()?;
        let pointer = pointer::entry(&node.member("enum"), index);
        Some(Named { name: value.to_owned(), rust_name: naming::variant(value), pointer })
    });
    named.collect()
}
