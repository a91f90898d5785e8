//! Checks the spelling of the extensions that the generator understands.

use super::kinds::{Shape, is_extension};
use super::types;
use crate::diagnostic::{Diagnostic, Location};
use crate::parse::objects::Node;
use crate::parse::pointer;
use crate::parse::words::{nearest, one_of, quote};
use crate::rule::Rule;

/// An extension that the generator understands.
struct Extension {
    name: &'static str,
    shape: Shape,
    /// The members that its value can have, if it is a mapping of texts.
    members: &'static [&'static str],
}

const fn extension(name: &'static str, shape: Shape) -> Extension {
    Extension { name, shape, members: &[] }
}

const fn mapping(name: &'static str, members: &'static [&'static str]) -> Extension {
    Extension { name, shape: Shape::TextMap, members }
}

const OURS: &[Extension] = &[
    mapping("x-source", &["title", "vendor", "version", "document"]),
    extension("x-accept", Shape::Text),
    extension("x-idempotent", Shape::Flag),
    extension("x-paging", Shape::Any),
    extension("x-rust-name", Shape::Text),
    mapping("x-basic-credentials", &["user-id", "password"]),
    extension("x-credential-prefix", Shape::Text),
    extension(crate::lint::ACCEPTANCES, Shape::Any),
];

/// The names of the extensions that the generator understands.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    OURS.iter().map(|extension| extension.name)
}

/// Reports extensions that look like one of ours but are none, and values that ours cannot have.
pub(super) fn check(node: &Node<'_>, found: &mut Vec<Diagnostic>) {
    if node.reference().is_some() {
        return;
    }
    let extensions = node.members.keys().filter(|name| is_extension(name));
    for name in extensions.filter(|name| node.kind.shape(name).is_none()) {
        if let Some(ours) = OURS.iter().find(|ours| ours.name == name) {
            check_value(node, ours, found);
            continue;
        }
        let Some(meant) = nearest(name, names()) else {
            continue;
        };
        found.push(Diagnostic {
            rule: Rule::MisspeltExtension,
            location: Location::Key(node.member(name)),
            what: format!("There is no extension {}.", quote(name)),
            why: "What it says would be missing from the generated client.".into(),
            help: format!("Did you mean `{meant}`?"),
        });
    }
}

fn check_value(node: &Node<'_>, ours: &Extension, found: &mut Vec<Diagnostic>) {
    let Some(value) = node.members.get(ours.name) else { return };
    let pointer = node.member(ours.name);
    types::check(ours.name, value, ours.shape, &pointer, found);
    let members = value.as_object().filter(|_| !ours.members.is_empty());
    for member in members.into_iter().flatten().map(|(member, _)| member) {
        if ours.members.contains(&member.as_str()) {
            continue;
        }
        let meant = nearest(member, ours.members.iter().copied());
        found.push(Diagnostic {
            rule: Rule::UnknownKeyword,
            location: Location::Key(pointer::child(&pointer, member)),
            what: format!("{} is not a member of `{}`.", quote(member), ours.name),
            why: "What it says would be missing from the generated client.".into(),
            help: meant
                .map_or_else(|| format!("Write {}.", one_of(ours.members)), |meant| format!("Did you mean `{meant}`?")),
        });
    }
}
