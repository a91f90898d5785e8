//! Finds the byte ranges of locations in the source text. This is done only when a report is
//! rendered.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::{ControlFlow, Range};

use super::{StepKind, walk};
use crate::diagnostic::Location;
use crate::pointer;

/// The position of a node.
#[derive(Default)]
struct Position {
    /// Its keys: the first one, then its repetitions.
    keys: Vec<Range<usize>>,
    /// Its value, if it can be highlighted: not if it is empty or starts on the next line.
    value: Option<Range<usize>>,
    /// The start of its value in any case.
    start: usize,
}

/// Returns the byte ranges of the locations, in the same order. A node that is not in the source
/// text has the range of the nearest node that contains it.
pub(crate) fn resolve(text: &str, locations: &[&Location]) -> Vec<Range<usize>> {
    let positions = positions(text, &wanted(locations));
    locations.iter().map(|location| range(text, location, &positions)).collect()
}

/// Returns the pointers of the locations and of everything that contains them.
fn wanted<'a>(locations: &[&'a Location]) -> BTreeSet<&'a str> {
    let mut wanted = BTreeSet::new();
    for location in locations {
        let mut next = location.pointer();
        while let Some(current) = next.filter(|pointer| wanted.insert(*pointer)) {
            next = pointer::parent(current);
        }
    }
    wanted
}

fn positions<'a>(text: &str, wanted: &BTreeSet<&'a str>) -> BTreeMap<&'a str, Position> {
    let mut positions: BTreeMap<&str, Position> = BTreeMap::new();
    if wanted.is_empty() {
        return positions;
    }
    // The whole document is found at its start, however long it is.
    let is_root_alone = wanted.iter().all(|pointer| pointer.is_empty());
    let mut documents = 0;
    let outcome = walk(text, &mut |step| {
        if matches!(step.found, StepKind::Document) {
            documents += 1;
            return if documents > 1 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) };
        }
        let Some(&pointer) = wanted.get(step.pointer) else {
            return ControlFlow::Continue(());
        };
        let position = positions.entry(pointer).or_default();
        match step.found {
            StepKind::Key { .. } => position.keys.push(step.range),
            StepKind::Scalar { text, quoted } => {
                position.start = step.range.start;
                position.value = (quoted || !text.is_empty()).then_some(step.range);
            }
            StepKind::Collection => position.start = step.range.start,
            StepKind::Document
            | StepKind::KeyNotString
            | StepKind::Beyond(_)
            | StepKind::TooDeep
            | StepKind::RunawayAlias => {}
        }
        if is_root_alone { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    // After a syntax error the positions so far are all that is known.
    drop(outcome);
    positions
}

fn range(text: &str, location: &Location, positions: &BTreeMap<&str, Position>) -> Range<usize> {
    if let Location::Offset(offset) = location {
        return *offset..*offset;
    }
    let pointer = location.pointer().unwrap_or_default();
    let mut around = Some(pointer);
    while let Some(current) = around {
        if let Some(position) = positions.get(current) {
            let exact = current == pointer;
            let value = || position.value.clone().unwrap_or(position.start..position.start);
            return match location {
                Location::Pointer(_) | Location::Hidden(_) if exact && position.value.is_some() => {
                    value()
                }
                Location::RepeatedKey(_, n) if exact && *n < position.keys.len() => {
                    position.keys[*n].clone()
                }
                _ => position.keys.first().cloned().unwrap_or_else(value),
            };
        }
        around = pointer::parent(current);
    }
    let start = text.len() - text.trim_start().len();
    start..start
}
