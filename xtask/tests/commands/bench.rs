//! `cargo xtask bench`: the errors before anything is built.

use std::path::Path;

use crate::{read, workspace, xtask};

#[test]
fn what_cannot_be_measured_is_told_before_the_build() {
    let folder = workspace();
    let there = folder.path().join("specs/widgets.yaml").display().to_string();
    for (arguments, code, problem) in [
        (&["build", "nope"][..], 2, "[possible values: reqwest, "),
        (&["build", "--jobs", "0"], 2, "'0'"),
        (&["pipeline", "nowhere.json"], 1, "cannot read nowhere.json: "),
        (&["pipeline", &there, "--peer", "no-program"], 1, "cannot read no-program: "),
        (&["pipeline", "."], 1, "it is no file"),
    ] {
        let (ended, _, messages) = xtask(folder.path(), &[&["bench"], arguments].concat());
        assert!(ended == code && messages.contains(problem), "{messages}");
        assert!(!messages.contains("Measuring"), "{messages}");
    }
}

#[test]
fn every_consumer_can_be_named() {
    let builds = read(Path::new(env!("CARGO_MANIFEST_DIR")), "../benches/src/build.rs");
    let (_, list) = builds.split_once("vec![").expect("consumers are in a list");
    let (list, _) = list.split_once(']').expect("the list ends");
    let known: Vec<&str> =
        list.split("consumer(").skip(1).filter_map(|one| one.split('"').nth(1)).collect();
    let (_, help, _) = xtask(Path::new("."), &["bench", "build", "--help"]);
    assert!(
        known.len() > 1 && help.contains(&format!("[possible values: {}]", known.join(", "))),
        "{help}"
    );
}
