//! Targets that do not exist, of discriminators and links, and keywords that are ignored beside a
//! reference.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use crate::components;
use crate::diagnostic::{Diagnostic, Location, Subject};
use crate::object::{Object, Schema};
use crate::objects::Node;
use crate::objects::{Kind, is_extension};
use crate::pointer;
use crate::reference;
use crate::rule::Rule;
use crate::words::{nearest, quote};

/// Keywords that do not constrain values, so that nothing is lost if they are ignored.
const HARMLESS: [&str; 9] = [
    "default",
    "deprecated",
    "description",
    "discriminator",
    "example",
    "externalDocs",
    "summary",
    "title",
    "xml",
];

pub(super) fn check(root: &Value, nodes: &[Node<'_>], found: &mut Vec<Diagnostic>) {
    let operations: BTreeSet<&str> = nodes
        .iter()
        .filter(|node| node.kind == Kind::Operation)
        .filter_map(|node| node.string("operationId"))
        .collect();
    for node in nodes {
        match node.kind {
            _ if node.reference().is_some() => siblings(node, found),
            Kind::Discriminator => discriminator(root, nodes, node, found),
            Kind::Link => link(root, node, &operations, found),
            _ => {}
        }
    }
}

fn siblings(node: &Node<'_>, found: &mut Vec<Diagnostic>) {
    let names = node
        .members
        .keys()
        .map(String::as_str)
        .filter(|name| *name != "$ref" && !is_extension(name));
    for name in names.filter(|name| !HARMLESS.contains(name)) {
        let is_schema = node.kind == Kind::Schema;
        found.push(Diagnostic {
            rule: Rule::SiblingOfReference,
            subject: Subject::Node,
            location: Location::Key(node.member(name)),
            what: format!("OpenAPI 3.0 ignores {} beside a `$ref`.", quote(name)),
            why: "Tools that follow the standard do not see it.".into(),
            help: if is_schema {
                "Move the reference into an `allOf`, and keep this keyword beside the `allOf`."
                    .into()
            } else {
                "Move it to the object that is referred to, or define that object inline.".into()
            },
        });
    }
}

fn discriminator(root: &Value, nodes: &[Node<'_>], node: &Node<'_>, found: &mut Vec<Diagnostic>) {
    let schemas = components::section(root, "schemas");
    for (value, target) in node.entries("mapping") {
        let Some(target) = target.as_str() else { continue };
        let is_name = schemas.is_some_and(|schemas| schemas.contains_key(target));
        if is_name || reference::target(root, target).is_some() {
            continue;
        }
        let name = target.rsplit('/').next().unwrap_or_default();
        let meant = nearest(name, schemas.into_iter().flat_map(Map::keys).map(String::as_str));
        found.push(Diagnostic {
            rule: Rule::DanglingMapping,
            subject: Subject::Node,
            location: Location::Pointer(pointer::child(&node.member("mapping"), value)),
            what: format!("There is no schema {}.", quote(target)),
            why: "A payload with this value could not be decoded.".into(),
            help: meant.map_or_else(
                || "Write the name of a schema, or a reference to it.".into(),
                |meant| format!("Did you mean {}?", quote(&reference::schema_reference(meant))),
            ),
        });
    }
    let Some((holder, name)) =
        node.holder.map(|holder| &nodes[holder]).zip(node.string("propertyName"))
    else {
        return;
    };
    if !has_property(root, holder.members, name, &mut BTreeSet::new()) {
        found.push(Diagnostic {
            rule: Rule::DiscriminatorWithoutProperty,
            subject: Subject::Node,
            location: Location::Pointer(node.member("propertyName")),
            what: format!("Not every alternative has the property {}.", quote(name)),
            why: "The client adds it with the keys of the mapping, which are not what was meant if the name is wrong.".into(),
            help: "Add the property to each alternative, or correct its name here.".into(),
        });
    }
}

/// Returns true if a schema, or each of its alternatives, has a property. A recursive schema adds
/// nothing.
fn has_property<'a>(
    root: &'a Value,
    schema: &'a Map<String, Value>,
    name: &str,
    within: &mut BTreeSet<&'a str>,
) -> bool {
    if let Some(reference) = reference::of(schema) {
        let target = reference::target(root, reference)
            .and_then(Value::as_object)
            .filter(|_| within.insert(reference));
        return target.is_none_or(|target| has_property(root, target, name, within));
    }
    let mut parts = |keyword: &str| -> Option<Vec<bool>> {
        let parts = schema.get(keyword)?.as_array()?.iter().filter_map(Value::as_object);
        Some(parts.map(|part| has_property(root, part, name, within)).collect())
    };
    schema.property(name).is_some()
        || parts("allOf").is_some_and(|parts| parts.contains(&true))
        || parts("oneOf").is_some_and(|parts| !parts.contains(&false))
        || parts("anyOf").is_some_and(|parts| !parts.contains(&false))
}

fn link(root: &Value, node: &Node<'_>, operations: &BTreeSet<&str>, found: &mut Vec<Diagnostic>) {
    let id = node
        .string("operationId")
        .filter(|id| !operations.contains(id))
        .map(|id| ("operationId", id));
    let is_dangling =
        |target: &&str| target.starts_with('#') && reference::target(root, target).is_none();
    let reference =
        node.string("operationRef").filter(is_dangling).map(|target| ("operationRef", target));
    for (member, target) in id.into_iter().chain(reference) {
        found.push(Diagnostic {
            rule: Rule::DanglingLink,
            subject: Subject::Node,
            location: Location::Pointer(node.member(member)),
            what: format!("There is no operation {}.", quote(target)),
            why: "The link leads nowhere.".into(),
            help: nearest(target, operations.iter().copied()).map_or_else(
                || "Write the `operationId` of an operation of this document.".into(),
                |meant| format!("Did you mean {}?", quote(meant)),
            ),
        });
    }
}
