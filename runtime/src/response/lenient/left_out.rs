//! The places of what was left out, in JSON as it was received.

use std::collections::{BTreeMap, BTreeSet};

use super::path::{Path, Step};

/// The JSON pointers of what was left out. Items behind an item that was left out move up, so their
/// first positions are worked out.
#[derive(Debug, Default)]
pub(super) struct LeftOut {
    pointers: Vec<String>,
    /// The first positions of the items that were left out, by the pointer of their array.
    items: BTreeMap<String, BTreeSet<usize>>,
}

impl LeftOut {
    /// Adds the values that are at `steps` within the value at `path` now.
    pub(super) fn add(&mut self, path: &Path, steps: &[Step]) {
        let pointer = path.steps().iter().fold(String::new(), |pointer, step| {
            let step = self.first(&pointer, step);
            below(&pointer, &step)
        });
        let first: Vec<Step> = steps.iter().map(|step| self.first(&pointer, step)).collect();
        for step in first {
            self.pointers.push(below(&pointer, &step));
            if let Step::Item(index) = step {
                self.items.entry(pointer.clone()).or_default().insert(index);
            }
        }
    }

    /// Returns the pointers in the order of their characters.
    pub(super) fn into_pointers(mut self) -> Vec<String> {
        self.pointers.sort();
        self.pointers
    }

    /// Returns a step as it was before anything was left out.
    fn first(&self, pointer: &str, step: &Step) -> Step {
        let Step::Item(index) = step else { return step.clone() };
        let left_out = self.items.get(pointer).into_iter().flatten();
        Step::Item(left_out.fold(*index, |index, out| index + usize::from(*out <= index)))
    }
}

/// Returns the JSON pointer (RFC 6901) of a step below another pointer.
fn below(pointer: &str, step: &Step) -> String {
    match step {
        Step::Property(name) => {
            format!("{pointer}/{}", name.replace('~', "~0").replace('/', "~1"))
        }
        Step::Item(index) => format!("{pointer}/{index}"),
    }
}
