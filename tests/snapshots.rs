//! The snapshots that a reviewer reads when a spec changes, and a test that none is left over.
//!
//! `cargo xtask review` runs the tests whose names end in `reviewed`, with which insta writes all
//! snapshots.

use std::collections::BTreeSet;
use std::fs;

use codegen::snapshots;
use contract_tests::specs::{GENERATED, root};

use crate::sample_calls;

/// Compares `text` with the snapshot of this name.
pub(crate) fn snapshot(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

/// Compares the texts of a kind with their snapshots.
#[track_caller]
fn check(kind: &str) {
    let texts = snapshots::texts(&GENERATED);
    let of_this_kind: Vec<_> = texts.iter().filter(|(name, _)| name.starts_with(kind)).collect();
    assert_eq!(of_this_kind.len(), GENERATED.apis.len());
    of_this_kind.into_iter().for_each(|(name, text)| snapshot(name, text));
}

#[test]
fn public_surface_is_as_reviewed() {
    check("surface__");
}

#[test]
fn request_plan_is_as_reviewed() {
    check("plan__");
}

#[test]
fn lowering_did_what_was_reviewed() {
    check("lowering__");
}

/// A missing snapshot fails its own test, which may be writing it while this test runs.
#[test]
fn no_snapshot_is_left_over() {
    let names = snapshots::names(&GENERATED);
    let folder = fs::read_dir(root().join("tests/snapshots")).expect("there are snapshots");
    let found =
        folder.map(|entry| entry.expect("readable").file_name().to_string_lossy().into_owned());
    let left_over: Vec<String> = found
        .filter(|file| file.strip_suffix(".snap").is_some_and(|name| !names.contains(name)))
        .collect();
    assert!(
        left_over.is_empty(),
        "nothing refers to {}: `cargo xtask review` deletes them",
        left_over.join(", ")
    );
}

#[test]
fn every_operation_has_a_sample_call_and_so_a_snapshot() {
    let names = snapshots::names(&GENERATED);
    let wires: BTreeSet<&str> =
        names.iter().map(String::as_str).filter(|name| name.starts_with("wire__")).collect();
    let calls: BTreeSet<String> =
        sample_calls::all().into_iter().map(|call| wire_name(call.name)).collect();
    let calls: BTreeSet<&str> = calls.iter().map(String::as_str).collect();
    let difference: Vec<&&str> = wires.symmetric_difference(&calls).collect();
    assert!(difference.is_empty(), "one of the two lacks {difference:?}");
}

/// Returns the name of the snapshot of a sample call, which is named after its API and operation.
pub(crate) fn wire_name(call: &str) -> String {
    let (api, operation) =
        call.split_once('/').expect("a sample call is named after its API and operation");
    snapshots::wire_name(api, operation)
}
