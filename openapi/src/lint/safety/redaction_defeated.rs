//! Schemas that are marked as secrets, but that do not become a secret type.
//!
//! Only a string becomes the runtime's `SecretString`: not a number, a collection, an enum or a
//! mixture.

use crate::diagnostic::{Diagnostic, Location, Subject};
use crate::lint::strings::{has_values, parts};
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

/// Returns the reason why the schema does not become a secret type, and the remedy.
fn defeat<'a>(view: &View<'a>, node: &'a Node<'a>) -> Option<(String, &'static str)> {
    if node.reference().is_some() {
        let help = "Move the reference into an `allOf`, or add the format to the schema that it refers to.";
        return Some(("keywords beside a `$ref` are ignored".into(), help));
    }
    let parts = parts(view, whole(view, node));
    if parts.iter().any(|part| has_values(part)) {
        let help = "Remove the `enum` or the format: values that the spec lists are not secret.";
        return Some(("a string with an `enum` becomes a Rust enum".into(), help));
    }
    if let Some(kind) = parts.iter().find_map(|part| other_type(part)) {
        let help = match kind {
            "array" => "Move the format to `items`.",
            "object" => "Move the format to the secret properties, or to the schema of the values.",
            _ => "Write `type: string`, if the service accepts and returns a string.",
        };
        return Some((
            format!("the type is {}, and only a string can be a secret", quote(kind)),
            help,
        ));
    }
    let is_mixed = parts.iter().any(|part| has_other_alternatives(view, part));
    let help = "Move the format to the secret alternatives.";
    is_mixed.then_some(("not all alternatives are strings".into(), help))
}

/// Returns the schema that contains a subschema in its `allOf`.
fn whole<'a>(view: &View<'a>, part: &'a Node<'a>) -> &'a Node<'a> {
    let mut whole = part;
    while let Some(holder) = view.holder(whole).filter(|_| whole.under == "allOf") {
        whole = holder;
    }
    whole
}

/// Returns a type other than string, whether it is stated or implied by other keywords.
fn other_type<'a>(schema: &Node<'a>) -> Option<&'a str> {
    match schema.members.string("type") {
        Some("string") => None,
        Some(other) => Some(other),
        None if schema.has("items") => Some("array"),
        None if schema.has("properties") || schema.has("additionalProperties") => Some("object"),
        None => None,
    }
}

/// Returns true if one of the alternatives is not a string.
fn has_other_alternatives(view: &View<'_>, schema: &Node<'_>) -> bool {
    let mut alternatives =
        ["oneOf", "anyOf"].into_iter().flat_map(|keyword| view.under(schema, keyword));
    alternatives.any(|alternative| view.target(alternative).stated_type() != Some("string"))
}
