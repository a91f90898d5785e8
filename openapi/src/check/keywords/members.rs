//! Checks the members of an object against the table: their names, and what is missing.

use super::{types, unknown};
use crate::diagnostic::{Diagnostic, Location, Subject};
use crate::object::Object;
use crate::objects::Node;
use crate::objects::table::{self, Need};
use crate::objects::{Shape, is_extension};
use crate::rule::Rule;
use crate::words::capitalized;

/// Reports members that are unknown, of the wrong type or missing.
pub(super) fn check(node: &Node<'_>, found: &mut Vec<Diagnostic>) {
    if let Some(target) = node.reference() {
        types::check("$ref", target, Shape::Text, || node.member("$ref"), found);
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

/// Reports what is missing, unless a misspelt member was meant to be it.
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

/// What to say about an object that lacks a keyword.
pub(super) fn missing(node: &Node<'_>, keyword: &str, shape: Shape) -> Diagnostic {
    Diagnostic {
        rule: Rule::MissingKeyword,
        subject: Subject::Keyword(keyword.to_owned()),
        location: Location::Pointer(node.pointer.clone()),
        what: format!("{} needs `{keyword}`.", capitalized(&node.kind.with_article())),
        why: "OpenAPI requires it, and the generator would have to make it up.".into(),
        help: format!("Add `{keyword}` here; it is {}.", shape.describe()),
    }
}
