//! Checks what the table cannot say: keywords that depend on each other or on other objects.

use std::collections::BTreeMap;

use serde_json::Value;

use super::kinds::{Kind, Shape};
use super::members::missing;
use crate::diagnostic::{Diagnostic, Location};
use crate::parse::objects::Node;
use crate::parse::words::{nearest, one_of, quote};
use crate::rule::Rule;

/// Reports what is wrong with one object as a whole.
pub(super) fn check(node: &Node<'_>, nodes: &[Node<'_>], found: &mut Vec<Diagnostic>) {
    if node.reference().is_some() {
        return;
    }
    match node.kind {
        Kind::Parameter => parameter(node, found),
        Kind::SecurityScheme => security_scheme(node, found),
        Kind::Operation if !is_callback(node, nodes) => operation(node, found),
        _ => {}
    }
}

fn parameter(node: &Node<'_>, found: &mut Vec<Diagnostic>) {
    let (schema, content) = (node.members.get("schema"), node.members.get("content"));
    if schema.is_none() && content.is_none() {
        found.push(missing(node, "schema", Shape::One(Kind::Schema)));
    }
    let place = node.text("in");
    if place == Some("path") && node.members.get("required") != Some(&Value::Bool(true)) {
        found.push(Diagnostic {
            rule: Rule::OptionalPathParameter,
            location: Location::Pointer(node.pointer.clone()),
            what: "A parameter in the path must be required.".into(),
            why: "Without it the generated client could not build the address.".into(),
            help: "Add `required: true`.".into(),
        });
    }
    let styles: &[&str] = match place {
        Some("path") => &["matrix", "label", "simple"],
        Some("query") => &["form", "spaceDelimited", "pipeDelimited", "deepObject"],
        Some("header") => &["simple"],
        Some("cookie") => &["form"],
        _ => return,
    };
    // What is no style at all has been reported with its type.
    let known = |style: &&Value| node.kind.shape("style").is_some_and(|shape| shape.admits(style));
    let style = node.members.get("style").filter(known).and_then(Value::as_str);
    if let (Some(style), Some(place)) = (style, place)
        && !styles.contains(&style)
    {
        found.push(Diagnostic {
            rule: Rule::BadValue,
            location: Location::Pointer(node.member("style")),
            what: format!("A parameter in `{place}` cannot have the style {}.", quote(style)),
            why: "The generator does not know how to send such a value.".into(),
            help: format!("Write {}.", one_of(styles)),
        });
    }
}

fn security_scheme(node: &Node<'_>, found: &mut Vec<Diagnostic>) {
    let needed: &[&str] = match node.text("type") {
        Some("apiKey") => &["name", "in"],
        Some("http") => &["scheme"],
        Some("oauth2") => &["flows"],
        Some("openIdConnect") => &["openIdConnectUrl"],
        _ => return,
    };
    for keyword in needed.iter().filter(|keyword| !node.members.contains_key(**keyword)) {
        if let Some(shape) = node.kind.shape(keyword) {
            found.push(missing(node, keyword, shape));
        }
    }
}

fn operation(node: &Node<'_>, found: &mut Vec<Diagnostic>) {
    let there = node.members.keys().any(|name| nearest(name, ["operationId"]).is_some());
    let empty = node.text("operationId").is_some_and(|id| id.trim().is_empty());
    if !there || empty {
        found.push(Diagnostic {
            rule: Rule::MissingOperationId,
            location: Location::Pointer(node.pointer.clone()),
            what: "This operation has no `operationId`.".into(),
            why: "It becomes the name of the method in the generated client.".into(),
            help: "Add `operationId`, such as `list_widgets`.".into(),
        });
    }
}

/// Whether an operation is one that the service calls.
fn is_callback(node: &Node<'_>, nodes: &[Node<'_>]) -> bool {
    let path_item = node.holder.map(|index| &nodes[index]);
    let holder = path_item.and_then(|item| item.holder).map(|index| &nodes[index]);
    holder.is_some_and(|holder| holder.kind == Kind::Callback)
}

/// Reports operationIds that stand more than once.
pub(super) fn operation_ids(nodes: &[Node<'_>], found: &mut Vec<Diagnostic>) {
    let mut first: BTreeMap<&str, &Node<'_>> = BTreeMap::new();
    for node in nodes.iter().filter(|node| node.kind == Kind::Operation) {
        let Some(id) = node.text("operationId") else {
            continue;
        };
        let Some(other) = first.get(id) else {
            first.insert(id, node);
            continue;
        };
        found.push(Diagnostic {
            rule: Rule::DuplicateOperationId,
            location: Location::Pointer(node.member("operationId")),
            what: format!("The operationId {} is taken by {}.", quote(id), quote(&other.pointer)),
            why: "It becomes the name of the method, so one of the two would be lost.".into(),
            help: "Give each operation an `operationId` of its own.".into(),
        });
    }
}
