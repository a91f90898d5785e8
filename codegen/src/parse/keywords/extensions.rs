//! Checks the spelling of the extensions that the generator understands.

use super::kinds::is_extension;
use crate::diagnostic::{Diagnostic, Location};
use crate::parse::objects::Node;
use crate::parse::words::{nearest, quote};
use crate::rule::Rule;

/// The extensions that the generator understands.
pub(super) const OURS: &[&str] = &[
    "x-source",
    "x-accept",
    "x-idempotent",
    "x-paging",
    "x-rust-name",
    "x-basic-credentials",
    "x-credential-prefix",
    crate::lint::ACCEPTANCES,
];

/// Reports extensions that look like one of ours but are none.
pub(super) fn check(node: &Node<'_>, found: &mut Vec<Diagnostic>) {
    if node.reference().is_some() {
        return;
    }
    let extensions = node.members.keys().filter(|name| is_extension(name));
    for name in extensions.filter(|name| node.kind.shape(name).is_none()) {
        let Some(meant) = nearest(name, OURS.iter().copied()).filter(|meant| meant != name) else {
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
