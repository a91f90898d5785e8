//! Checks that references point to objects of the same spec and of the expected kind.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::diagnostic::{Diagnostic, Location, Subject};
use crate::object::Object;
use crate::objects::Kind;
use crate::objects::{Node, section};
use crate::reference::pointer_of;
use crate::rule::Rule;
use crate::words::{capitalized, nearest, quote};

/// A `$ref` and the object that it refers to.
struct Edge<'a> {
    from: &'a Node<'a>,
    to: &'a Node<'a>,
}

/// The target of a reference.
enum Target<'a> {
    /// An object of the spec.
    Object(&'a Node<'a>),
    /// A value of the spec that is not an OpenAPI object.
    NoObject,
    /// Something outside of the spec.
    Outside,
    Missing,
}

/// The number of findings after which guessing is no longer worth the time.
const GUESSES: usize = 100;

/// Reports references that cannot be resolved, have the wrong kind of target, or are circular.
pub(super) fn check(root: &Value, nodes: &[Node<'_>]) -> Vec<Diagnostic> {
    let by_pointer: BTreeMap<&str, &Node<'_>> =
        nodes.iter().map(|node| (node.pointer.as_str(), node)).collect();
    let mut found = Vec::new();
    let mut edges = BTreeMap::new();
    for node in nodes {
        let Some(target) = target_text(node) else { continue };
        match target_of(root, target, &by_pointer) {
            Target::Object(to) if to.kind == node.kind => {
                edges.insert(node.pointer.as_str(), Edge { from: node, to });
            }
            Target::Object(to) => found.push(wrong_kind(node, target, &to.kind.with_article())),
            Target::NoObject => found.push(wrong_kind(node, target, "not an OpenAPI object")),
            Target::Outside => found.push(not_local(node, target)),
            Target::Missing => {
                let worthwhile = found.len() < GUESSES;
                let guess = worthwhile.then(|| guess(node.kind, target, nodes)).flatten();
                found.push(dangling(node, target, guess));
            }
        }
    }
    found.extend(circles(&edges));
    found
}

/// Returns the `$ref` of an object. For path items it is an ordinary keyword.
fn target_text<'a>(node: &Node<'a>) -> Option<&'a str> {
    let applies = node.kind.may_be_reference() || node.kind == Kind::PathItem;
    node.members.string("$ref").filter(|_| applies)
}

fn target_of<'a>(
    root: &Value,
    target: &str,
    by_pointer: &BTreeMap<&str, &'a Node<'a>>,
) -> Target<'a> {
    if !target.starts_with("#/") {
        return Target::Outside;
    }
    let Some(wanted) = pointer_of(target) else {
        return Target::Missing;
    };
    match by_pointer.get(wanted.as_str()) {
        Some(to) => Target::Object(to),
        None if root.pointer(&wanted).is_some() => Target::NoObject,
        None => Target::Missing,
    }
}

fn not_local(node: &Node<'_>, target: &str) -> Diagnostic {
    let inside = target.split_once('#').map_or("", |(_, fragment)| fragment);
    let help = if inside.starts_with('/') {
        format!("Copy the object into this spec and write {}.", quote(&format!("#{inside}")))
    } else {
        "Refer to an object of this spec, such as `#/components/schemas/Widget`.".into()
    };
    Diagnostic {
        rule: Rule::ReferenceNotLocal,
        subject: Subject::Name(target.to_owned()),
        location: Location::Pointer(node.member("$ref")),
        what: format!("The reference {} does not point into this spec.", quote(target)),
        why: "The client is generated from this file alone, so that a change to another file cannot change it.".into(),
        help,
    }
}

fn wrong_kind(node: &Node<'_>, target: &str, actual: &str) -> Diagnostic {
    Diagnostic {
        rule: Rule::ReferenceToWrongKind,
        subject: Subject::Name(target.to_owned()),
        location: Location::Pointer(node.member("$ref")),
        what: format!(
            "{} is expected here, but {} is {actual}.",
            capitalized(&node.kind.with_article()),
            quote(target)
        ),
        why: "The generator would read the object as something that it is not.".into(),
        help: section(node.kind).map_or_else(
            || "Define the object inline.".into(),
            |section| format!("Refer to an entry of `#/components/{section}`."),
        ),
    }
}

fn dangling(node: &Node<'_>, target: &str, guess: Option<String>) -> Diagnostic {
    let help = match (guess, section(node.kind)) {
        (Some(guess), _) => format!("Did you mean {}?", quote(&guess)),
        (None, Some(section)) => {
            format!(
                "Define it in `components/{section}`, or refer to something that is defined there."
            )
        }
        (None, None) => "Define the object inline.".into(),
    };
    Diagnostic {
        rule: Rule::DanglingReference,
        subject: Subject::Name(target.to_owned()),
        location: Location::Pointer(node.member("$ref")),
        what: format!("The reference {} points to nothing.", quote(target)),
        why: "The generated client would lack what it refers to.".into(),
        help,
    }
}

/// Returns the component of the right kind whose name is nearest to that of a target.
fn guess(kind: Kind, target: &str, nodes: &[Node<'_>]) -> Option<String> {
    let section = section(kind)?;
    let prefix = format!("/components/{section}/");
    let same_kind = nodes.iter().filter(|node| node.kind == kind);
    let names = same_kind.filter_map(|node| node.pointer.strip_prefix(&prefix));
    let wanted = target.rsplit('/').next()?;
    let name = nearest(wanted, names.filter(|name| !name.contains('/')))?;
    Some(format!("#{prefix}{name}"))
}

/// Reports each circle of references once, at its first reference.
fn circles(edges: &BTreeMap<&str, Edge<'_>>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut seen_from = BTreeMap::new();
    for start in edges.keys() {
        let mut at = *start;
        while let Some(edge) = edges.get(at).filter(|_| !seen_from.contains_key(at)) {
            seen_from.insert(at, *start);
            at = edge.to.pointer.as_str();
        }
        if edges.contains_key(at) && seen_from.get(at) == Some(start) {
            found.extend(circle(at, edges));
        }
    }
    found
}

fn circle(member: &str, edges: &BTreeMap<&str, Edge<'_>>) -> Option<Diagnostic> {
    let next = |edge: &Edge<'_>| edges.get(edge.to.pointer.as_str());
    let mut first = edges.get(member)?;
    let mut at = next(first)?;
    while at.from.pointer != member {
        if at.from.pointer < first.from.pointer {
            first = at;
        }
        at = next(at)?;
    }
    Some(Diagnostic {
        rule: Rule::CircularReference,
        subject: Subject::Node,
        location: Location::Pointer(first.from.member("$ref")),
        what: format!("This reference refers back to itself via {}.", quote(&first.to.pointer)),
        why: "It never reaches an object, so there is nothing to generate.".into(),
        help: "Define the object inline in one of these places.".into(),
    })
}
