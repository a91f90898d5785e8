//! Paths to values within JSON.

use serde_json::Value;
use serde_path_to_error::Segment;

/// The steps from the whole JSON to a value within it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Path(Vec<Step>);

/// A step into an object or an array.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Property(String),
    Item(usize),
}

impl Path {
    /// Returns the path to where an error occurred, or to the smallest value around it that serde
    /// tells.
    pub(super) fn within(root: &Value, error: &serde_path_to_error::Path) -> Self {
        let mut node = root;
        let mut steps = Vec::new();
        for segment in error {
            let (step, inner) = match (segment, node) {
                (Segment::Map { key } | Segment::Enum { variant: key }, Value::Object(entries)) => {
                    (Step::Property(key.clone()), entries.get(key))
                }
                (Segment::Seq { index }, Value::Array(items)) => {
                    (Step::Item(*index), items.get(*index))
                }
                _ => break,
            };
            let Some(inner) = inner else { break };
            steps.push(step);
            node = inner;
        }
        Self(steps)
    }

    pub(super) fn below(&self, step: Step) -> Self {
        Self(self.0.iter().cloned().chain([step]).collect())
    }

    /// Runs `inside` with the path to a value at `step` below this one.
    pub(super) fn within_step<R>(&mut self, step: Step, inside: impl FnOnce(&mut Self) -> R) -> R {
        self.0.push(step);
        let result = inside(self);
        self.0.pop();
        result
    }

    /// Returns the path without its last steps, as far as there are any.
    pub(super) fn shortened(mut self, steps: usize) -> Self {
        self.0.truncate(self.0.len().saturating_sub(steps));
        self
    }

    pub(super) fn starts_with(&self, other: &Self) -> bool {
        self.0.starts_with(&other.0)
    }

    pub(super) fn steps(&self) -> &[Step] {
        &self.0
    }

    /// Returns the path to the value around this one, and the step from there.
    pub(super) fn split_last(&self) -> Option<(Self, &Step)> {
        let (last, parents) = self.0.split_last()?;
        Some((Self(parents.to_vec()), last))
    }

    pub(super) fn resolve<'v>(&self, root: &'v mut Value) -> Option<&'v mut Value> {
        self.0.iter().try_fold(root, |node, step| match (step, node) {
            (Step::Property(name), Value::Object(entries)) => entries.get_mut(name),
            (Step::Item(index), Value::Array(items)) => items.get_mut(*index),
            _ => None,
        })
    }
}
