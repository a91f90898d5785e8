//! What a document holds, for those who hold its client against it.

use serde_json::Value;

use openapi::diagnostic::Diagnostic;
use openapi::objects::operations;
use openapi::rule::Rule;

/// What a document holds, whether the client has it or not.
#[derive(Clone, Debug, Default)]
pub struct Inventory {
    /// How many operations its paths have.
    pub operations: usize,
    /// Examples that are no values of their own schemas.
    pub wrong_examples: Vec<Value>,
}

impl Inventory {
    /// Counts what the document holds. What was found in it tells which examples are wrong.
    pub(crate) fn of(root: &Value, found: &[Diagnostic]) -> Self {
        let wrong = found.iter().filter(|diagnostic| diagnostic.rule == Rule::ExampleBreaksSchema);
        let wrong = wrong.filter_map(|diagnostic| diagnostic.location.pointer());
        Self {
            operations: operations(root).count(),
            wrong_examples: wrong.flat_map(|pointer| examples_around(root, pointer)).cloned().collect(),
        }
    }
}

/// The examples that a place inside of one belongs to. A member of an example may be named like one, too.
fn examples_around<'r>(root: &'r Value, pointer: &str) -> impl Iterator<Item = &'r Value> {
    let ends = pointer.match_indices('/').map(|(at, _)| at).chain([pointer.len()]);
    let around = ends.filter_map(|end| pointer.get(..end));
    around.filter(|around| around.ends_with("/example") || around.ends_with("/value")).filter_map(|at| root.pointer(at))
}
