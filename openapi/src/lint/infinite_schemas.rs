//! Schemas whose values are infinite, since each value must contain another one.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Location, Subject};
use crate::object::{Object, Schema};
use crate::objects::Kind;
use crate::objects::Node;
use crate::pointer;
use crate::rule::Rule;
use crate::words::quote;

/// The progress of the search at a schema.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Unseen,
    Open,
    Done,
}

/// Reports each circle of schemas whose values must contain each other, at the schema that the
/// search visits first.
pub(super) fn check(nodes: &[Node<'_>], found: &mut Vec<Diagnostic>) {
    let needs = needs(nodes);
    let mut states = vec![State::Unseen; nodes.len()];
    for start in (0..nodes.len()).filter(|index| !needs[*index].is_empty()) {
        if states[start] != State::Unseen {
            continue;
        }
        states[start] = State::Open;
        // A schema and how many of its needs have been followed: chains are too long for recursion.
        let mut path = vec![(start, 0)];
        while let Some((at, followed)) = path.last_mut() {
            let (at, next) = (*at, needs[*at].get(*followed).copied());
            *followed += 1;
            match next.map(|next| (next, states[next])) {
                None => {
                    states[at] = State::Done;
                    path.pop();
                }
                Some((next, State::Unseen)) => {
                    states[next] = State::Open;
                    path.push((next, 0));
                }
                Some((next, State::Open)) => found.push(infinite(&nodes[next], &nodes[at])),
                Some((_, State::Done)) => {}
            }
        }
    }
}

/// Returns the schemas whose values each schema's values must contain, or be. Null contains
/// nothing.
fn needs(nodes: &[Node<'_>]) -> Vec<Vec<usize>> {
    let by_pointer: BTreeMap<&str, usize> =
        nodes.iter().enumerate().map(|(index, node)| (node.pointer.as_str(), index)).collect();
    let mut needs = vec![Vec::new(); nodes.len()];
    for (index, node) in nodes
        .iter()
        .enumerate()
        .filter(|(_, node)| node.kind == Kind::Schema && !node.is_nullable())
    {
        needs[index]
            .extend(node.target().and_then(|target| by_pointer.get(target.as_str()).copied()));
        if let Some(holder) = node
            .holder
            .filter(|holder| is_needed(&nodes[*holder], node) && !nodes[*holder].is_nullable())
        {
            needs[holder].push(index);
        }
    }
    needs
}

/// Returns true if every value of a schema must match the inner schema, or contain a value of it.
fn is_needed(holder: &Node<'_>, inside: &Node<'_>) -> bool {
    holder.kind == Kind::Schema
        && match inside.under {
            "allOf" => true,
            "properties" => holder.requires(&pointer::last(&inside.pointer)),
            "items" => holder.count("minItems").is_some_and(|least| least > 0),
            _ => false,
        }
}

fn infinite(schema: &Node<'_>, by_way_of: &Node<'_>) -> Diagnostic {
    Diagnostic {
        rule: Rule::InfiniteSchema,
        subject: Subject::Node,
        location: Location::Pointer(schema.pointer.clone()),
        what: format!(
            "A value of this schema is infinite: it must contain another one at {}.",
            quote(&by_way_of.pointer)
        ),
        why: "No request or response can contain such a value.".into(),
        help: "Make one of the properties in between optional or `nullable`.".into(),
    }
}
