//! What is called a secret in a form that the generator makes no secret type of.
//!
//! Only a text becomes the runtime's `SecretString`: not a number, a collection, an enum or a mixture.

use crate::diagnostic::{Diagnostic, Location, Subject};
use crate::lint::texts::{has_values, parts};
use crate::lint::view::View;
use crate::object::{Object, Schema};
use crate::objects::Kind;
use crate::objects::Node;
use crate::rule::Rule;
use crate::words::quote;

pub(super) fn check(view: &View<'_>, found: &mut Vec<Diagnostic>) {
    for node in view.nodes().iter().filter(|node| node.kind == Kind::Schema && node.is_secret()) {
        if let Some((reason, help)) = defeat(view, node) {
            found.push(Diagnostic {
                rule: Rule::RedactionDefeated,
                subject: Subject::Node,
                location: Location::Pointer(node.member("format")),
                what: format!("`format: password` has no effect here: {reason}."),
                why: "The client would print and log the value.".into(),
                help: help.to_owned(),
            });
        }
    }
}

/// What keeps the schema from becoming a secret type, and what to do about it.
fn defeat<'a>(view: &View<'a>, node: &'a Node<'a>) -> Option<(String, &'static str)> {
    if node.reference().is_some() {
        let help = "Write `allOf` with the reference in it instead, or add the format to the schema that it leads to.";
        return Some(("what stands beside a `$ref` is ignored".into(), help));
    }
    let parts = parts(view, whole(view, node));
    if parts.iter().any(|part| has_values(part)) {
        let help = "Take out `enum` or the format: what everyone can read in the spec is no secret.";
        return Some(("a text with listed values becomes an enum".into(), help));
    }
    if let Some(kind) = parts.iter().find_map(|part| other_type(part)) {
        let help = match kind {
            "array" => "Move the format to `items`.",
            "object" => "Move the format to the properties that are secrets, or to the values.",
            _ => "Write `type: string`, if the service takes and sends a text.",
        };
        return Some((format!("the type is {}, and only a text can be a secret", quote(kind)), help));
    }
    let is_mixed = parts.iter().any(|part| has_other_alternatives(view, part));
    let help = "Move the format to the alternatives that are secrets.";
    is_mixed.then_some(("the alternatives are not all texts".into(), help))
}

/// The schema that one is a part of by `allOf`.
fn whole<'a>(view: &View<'a>, part: &'a Node<'a>) -> &'a Node<'a> {
    let mut whole = part;
    while let Some(holder) = view.holder(whole).filter(|_| whole.under == "allOf") {
        whole = holder;
    }
    whole
}

/// The type that is not text, whether it is stated or follows from other keywords.
fn other_type<'a>(schema: &Node<'a>) -> Option<&'a str> {
    match schema.members.string("type") {
        Some("string") => None,
        Some(other) => Some(other),
        None if schema.has("items") => Some("array"),
        None if schema.has("properties") || schema.has("additionalProperties") => Some("object"),
        None => None,
    }
}

/// Whether one of the alternatives is no text.
fn has_other_alternatives(view: &View<'_>, schema: &Node<'_>) -> bool {
    let mut alternatives = ["oneOf", "anyOf"].into_iter().flat_map(|keyword| view.under(schema, keyword));
    alternatives.any(|alternative| view.target(alternative).stated_type() != Some("string"))
}
