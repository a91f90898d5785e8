//! Names that are poor Rust, and the items that get a name: the methods, arguments, setters and
//! fields of a client.

use serde_json::Value;

use super::split_words;
use crate::diagnostic::{Diagnostic, Location, Subject};
use crate::extensions::RUST_NAME;
use crate::naming;
use crate::object::{Object, Schema};
use crate::objects::Kind;
use crate::objects::Node;
use crate::pointer;
use crate::reference;
use crate::rule::Rule;
use crate::words::quote;

/// Reports names that are keywords or that split words.
pub(super) fn check(nodes: &[Node<'_>], found: &mut Vec<Diagnostic>) {
    for node in nodes.iter().filter(|node| node.reference().is_none()) {
        match node.kind {
            Kind::Operation if is_method(nodes, node) => {
                let Some(id) = node.string("operationId") else { continue };
                let location = Location::Pointer(node.member("operationId"));
                check_name(id, naming::method, node, location, found);
            }
            Kind::Parameter => {
                let Some(name) = node.string("name") else { continue };
                let location = Location::Pointer(node.member("name"));
                check_name(name, naming::snake, node, location, found);
            }
            Kind::Schema => {
                for (name, property) in node.properties() {
                    let location = Location::Key(pointer::child(&node.member("properties"), name));
                    check_name(name, naming::snake, property, location, found);
                }
            }
            _ => {}
        }
    }
}

fn check_name(
    name: &str,
    rust_name: fn(&str) -> String,
    named: &impl Object,
    location: Location,
    found: &mut Vec<Diagnostic>,
) {
    let asked = named.string(RUST_NAME);
    let rust_name = asked.map_or_else(|| rust_name(name), naming::snake);
    let is_keyword = rust_name.strip_suffix('_').is_some_and(naming::is_keyword);
    if is_keyword && asked.is_none() {
        found.push(Diagnostic {
            rule: Rule::KeywordName,
            subject: Subject::Name(name.to_owned()),
            location: location.clone(),
            what: format!(
                "{} is a Rust keyword, so the name becomes {}.",
                quote(name),
                quote(&rust_name)
            ),
            why: "Callers would have to remember the underscore, and there is often a better name."
                .into(),
            help: format!(
                "Add `x-rust-name` with a better name, or with `{rust_name}` if there is none."
            ),
        });
    }
    if let Some(joined) = split_words::joined(asked.unwrap_or(name), &rust_name) {
        found.push(Diagnostic {
            rule: Rule::SplitAcronym,
            subject: Subject::Name(name.to_owned()),
            location,
            what: format!("The Rust name {} splits a word.", quote(&rust_name)),
            why: "Callers expect the word as it is written everywhere else.".into(),
            help: format!("Write `x-rust-name: {joined}`."),
        });
    }
}

/// Returns the value of `x-rust-name` of an object.
pub(super) fn asked_name(named: &impl Object) -> Option<String> {
    named.string(RUST_NAME).map(naming::snake)
}

/// Returns true if the operation is a method of the client, and not one that the service calls.
pub(super) fn is_method(nodes: &[Node<'_>], operation: &Node<'_>) -> bool {
    let path_item = operation.holder.map(|holder| &nodes[holder]);
    let holder = path_item.and_then(|item| item.holder).map(|holder| &nodes[holder]);
    operation.kind == Kind::Operation && holder.is_some_and(|holder| holder.kind == Kind::Paths)
}

/// A parameter of an operation.
pub(super) struct Parameter<'a> {
    pub(super) name: &'a str,
    pub(super) location: &'a str,
    /// The pointer to its entry in the `parameters` array, which may be a reference.
    pub(super) pointer: String,
    stated: &'a Value,
}

impl Parameter<'_> {
    pub(super) fn rust_name(&self) -> String {
        asked_name(self.stated).unwrap_or_else(|| naming::snake(self.name))
    }
}

/// Returns the parameters of an operation. Its own override those of its path item.
pub(super) fn parameters<'a>(
    root: &'a Value,
    nodes: &[Node<'a>],
    operation: &Node<'a>,
) -> Vec<Parameter<'a>> {
    let path_item = operation.holder.map(|holder| &nodes[holder]);
    let mut parameters: Vec<Parameter<'a>> = Vec::new();
    for node in path_item.into_iter().chain([operation]) {
        for (index, entry) in node.members.array("parameters").iter().enumerate() {
            let stated = reference::resolve(root, entry);
            let Some((name, location)) = stated.string("name").zip(stated.string("in")) else {
                continue;
            };
            let pointer = pointer::entry(&node.member("parameters"), index);
            parameters.retain(|known| (known.name, known.location) != (name, location));
            parameters.push(Parameter { name, location, pointer, stated });
        }
    }
    parameters
}
