//! Checks the keywords of an object against the table: unknown, ill-typed and missing ones.

use super::{types, unknown};
use crate::diagnostic::{Diagnostic, Location, Subject};
use crate::object::Object;
use crate::objects::Node;
use crate::objects::table::{self, Need};
use crate::objects::{Shape, is_extension};
use crate::rule::Rule;
use crate::words::capitalized;

/// Reports keywords that are unknown, have the wrong type or are missing.
pub(super) fn check(node: &Node<'_>, found: &mut Vec<Diagnostic>) {
    if let Some(target) = node.reference() {
        types::check("$ref", target, Shape::String, || node.member("$ref"), found);
        return;
    }
    let mut meant = Vec::new();
    for (name, value) in node.members {
        if let Some(shape) = node.kind.shape(name) {
            types::check(name, value, shape, || node.member(name), found);
        } else if !is_extension(name) {
            let guess = unknown::guess(node, name);
            found.push(unknown::report(node, name, value, guess));
            meant.extend(guess);
        }
    }
    check_required(node, &meant, found);
}

/// Reports missing keywords, except those that a misspelt keyword was meant to be.
fn check_required(node: &Node<'_>, meant: &[&str], found: &mut Vec<Diagnostic>) {
    if meant.contains(&"$ref") {
        return;
    }
    for keyword in table::object(node.kind).keywords {
        let there = node.has(keyword.name) || meant.contains(&keyword.name);
        if keyword.need == Need::Required && !there {
            found.push(missing(node, keyword.name, keyword.shape));
        }
    }
}

/// Reports that an object lacks a keyword.
pub(super) fn missing(node: &Node<'_>, keyword: &str, shape: Shape) -> Diagnostic {
    Diagnostic {
        rule: Rule::MissingKeyword,
        subject: Subject::Keyword(keyword.to_owned()),
        location: Location::Pointer(node.pointer.clone()),
        what: format!("{} requires `{keyword}`.", capitalized(&node.kind.with_article())),
        why: "OpenAPI requires it, and the generator cannot guess it.".into(),
        help: format!("Add `{keyword}`, which is {}.", shape.describe()),
    }
}
