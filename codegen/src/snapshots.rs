//! The snapshots in `tests/snapshots/`, which a reviewer reads when a spec changes.

use std::collections::{BTreeMap, BTreeSet};

use crate::generate::Generated;
use crate::lower::Lowered;
use crate::plan;
use crate::surface::Surface;

/// Returns the text of each snapshot that the pipeline alone determines, by name: the public
/// surface (`surface__*`), the facts of the document (`plan__*`) and the changes and losses of
/// lowering (`lowering__*`).
#[must_use]
pub fn texts(generated: &Generated) -> BTreeMap<String, String> {
    let of_an_api = |(lowered, surface): (&Lowered, &Surface)| {
        let name = &lowered.api.name;
        let notes: Vec<String> = lowered.notes.iter().map(ToString::to_string).collect();
        [
            (format!("surface__{name}"), surface.lines()),
            (format!("plan__{name}"), plan::render(&lowered.api)),
            (format!("lowering__{name}"), notes.join("\n")),
        ]
    };
    generated.apis.iter().zip(&generated.surfaces).flat_map(of_an_api).collect()
}

/// Returns the name of the snapshot of an operation's requests and responses.
#[must_use]
pub fn wire_name(api: &str, operation: &str) -> String {
    format!("wire__{api}__{operation}")
}

/// Returns the names of all snapshots.
#[must_use]
pub fn names(generated: &Generated) -> BTreeSet<String> {
    let apis = generated.apis.iter().map(|lowered| &lowered.api);
    let wires =
        apis.flat_map(|api| api.operations.iter().map(|one| wire_name(&api.name, &one.rust_name)));
    texts(generated).into_keys().chain(wires).collect()
}
