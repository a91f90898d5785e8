//! OpenAPI's conditions on several objects at once.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Location, Subject};
use crate::objects::Kind;
use crate::objects::Node;
use crate::rule::Rule;
use crate::words::quote;

pub(super) fn check(nodes: &[Node<'_>], found: &mut Vec<Diagnostic>) {
    path_clashes(nodes, found);
}

/// Reports templates that differ only in the names of their parameters, which are the same path.
fn path_clashes(nodes: &[Node<'_>], found: &mut Vec<Diagnostic>) {
    let mut first: BTreeMap<String, &str> = BTreeMap::new();
    for node in nodes.iter().filter(|node| node.kind == Kind::Paths) {
        for path in node.members.keys().filter(|path| path.starts_with('/')) {
            let Some(other) = first.insert(without_names(path), path) else { continue };
            found.push(Diagnostic {
                rule: Rule::PathClash,
                subject: Subject::Names(vec![path.clone(), other.to_owned()]),
                location: Location::Key(node.member(path)),
                what: format!("{} and {} are the same path.", quote(path), quote(other)),
                why: "They differ only in the names of their parameters, so no server can tell their requests apart."
                    .into(),
                help: "Move the operations of both under one path.".into(),
            });
        }
    }
}

fn without_names(path: &str) -> String {
    let segments = path.split('/').map(|segment| {
        match segment.split_once('{').zip(segment.rsplit_once('}')) {
            Some(((before, _), (_, behind))) => format!("{before}{{}}{behind}"),
            None => segment.to_owned(),
        }
    });
    segments.collect::<Vec<_>>().join("/")
}
