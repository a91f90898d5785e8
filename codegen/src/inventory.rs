//! The inventory of a document, for comparison with its client.

use serde_json::Value;

use openapi::diagnostic::Diagnostic;
use openapi::objects::operations;
use openapi::rule::Rule;

/// The contents of a document, whether the client supports them or not.
#[derive(Clone, Debug, Default)]
pub struct Inventory {
    /// The number of operations.
    pub operations: usize,
    /// Examples that do not match their schemas.
    pub wrong_examples: Vec<Value>,
}

impl Inventory {
    /// Takes the inventory of a document. The findings `found` include the wrong examples.
    pub(crate) fn of(root: &Value, found: &[Diagnostic]) -> Self {
        let wrong = found.iter().filter(|diagnostic| diagnostic.rule == Rule::ExampleBreaksSchema);
        let wrong = wrong.filter_map(|diagnostic| diagnostic.location.pointer());
        Self {
            operations: operations(root).count(),
            wrong_examples: wrong
                .flat_map(|pointer| examples_around(root, pointer))
                .cloned()
                .collect(),
        }
    }
}

/// Returns the examples that contain a value. A property of an example may be named like one, too.
fn examples_around<'r>(root: &'r Value, pointer: &str) -> impl Iterator<Item = &'r Value> {
    let ends = pointer.match_indices('/').map(|(at, _)| at).chain([pointer.len()]);
    let around = ends.filter_map(|end| pointer.get(..end));
    around
        .filter(|around| around.ends_with("/example") || around.ends_with("/value"))
        .filter_map(|at| root.pointer(at))
}
