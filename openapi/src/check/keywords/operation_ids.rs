//! Checks that no two operations have the same `operationId`.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Location, Subject};
use crate::object::Object;
use crate::objects::Kind;
use crate::objects::Node;
use crate::rule::Rule;
use crate::words::quote;
use crate::yaml;

/// Reports every repetition of an `operationId`. The first one is the first in the source text, if
/// there is one.
pub(super) fn check(nodes: &[Node<'_>], text: Option<&str>, found: &mut Vec<Diagnostic>) {
    let mut by_id: BTreeMap<&str, Vec<&Node<'_>>> = BTreeMap::new();
    for node in nodes.iter().filter(|node| node.kind == Kind::Operation) {
        if let Some(id) = node.string("operationId") {
            by_id.entry(id).or_default().push(node);
        }
    }
    for (id, operations) in by_id.into_iter().filter(|(_, operations)| operations.len() > 1) {
        let mut placed = placed(operations, text).into_iter();
        let Some((first, line)) = placed.next() else { continue };
        let line = line.map_or_else(String::new, |line| format!(" on line {line}"));
        found.extend(placed.map(|(operation, _)| Diagnostic {
            rule: Rule::DuplicateOperationId,
            subject: Subject::Node,
            location: Location::Pointer(operation.member("operationId")),
            what: format!(
                "The `operationId` {} is already used by {}{line}.",
                quote(id),
                quote(&first.pointer)
            ),
            why: "It names the generated method, so one of the two would be lost.".into(),
            help: "Give each operation its own `operationId`.".into(),
        }));
    }
}

/// Returns the operations in the order of the source text, with the line of each `operationId`.
fn placed<'n>(
    operations: Vec<&'n Node<'n>>,
    text: Option<&str>,
) -> Vec<(&'n Node<'n>, Option<usize>)> {
    let Some(text) = text else {
        return operations.into_iter().map(|operation| (operation, None)).collect();
    };
    let locations: Vec<Location> = operations
        .iter()
        .map(|operation| Location::Pointer(operation.member("operationId")))
        .collect();
    let ranges = yaml::resolve(text, &locations.iter().collect::<Vec<_>>());
    let mut placed: Vec<_> = ranges.into_iter().map(|range| range.start).zip(operations).collect();
    placed.sort_by_key(|(start, _)| *start);
    let line = |start: usize| text[..start].matches('\n').count() + 1;
    placed.into_iter().map(|(start, operation)| (operation, Some(line(start)))).collect()
}
