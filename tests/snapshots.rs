//! Snapshots that a reviewer reads when a spec changes, and the proof that none is left over.

use std::collections::BTreeSet;
use std::fs;

use contract_tests::specs::{GENERATED, root};

use crate::sample_calls;

/// Holds `text` against the snapshot of this name.
pub fn snapshot(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

#[test]
fn public_surface_is_as_reviewed() {
    for (lowered, surface) in GENERATED.apis.iter().zip(&GENERATED.surfaces) {
        snapshot(&format!("surface__{}", lowered.api.name), &surface.lines());
    }
}

#[test]
fn request_plan_is_as_reviewed() {
    for lowered in &GENERATED.apis {
        snapshot(&format!("plan__{}", lowered.api.name), &codegen::plan::render(&lowered.api));
    }
}

#[test]
fn lowering_did_what_was_reviewed() {
    for lowered in &GENERATED.apis {
        let notes: Vec<String> = lowered.notes.iter().map(ToString::to_string).collect();
        snapshot(&format!("lowering__{}", lowered.api.name), &notes.join("\n"));
    }
}

#[test]
fn every_snapshot_is_referred_to() {
    let per_api = ["surface", "plan", "lowering"];
    let apis = GENERATED.apis.iter().map(|lowered| &lowered.api.name);
    let apis = apis.flat_map(|api| per_api.map(|kind| format!("{kind}__{api}.snap")));
    let calls = sample_calls::all().into_iter().map(|call| format!("wire__{}.snap", call.name.replace('/', "__")));
    let expected: BTreeSet<String> = apis.chain(calls).collect();
    let folder = fs::read_dir(root().join("tests/snapshots")).expect("there are snapshots");
    let found: BTreeSet<String> =
        folder.map(|entry| entry.expect("readable").file_name().to_string_lossy().into_owned()).collect();
    assert_eq!(found, expected);
}
