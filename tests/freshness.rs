//! Tests that `generated/` is up to date: byte for byte, on every run, in every order of the specs.

use openapi::policy::Policy;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use contract_tests::specs::{GENERATED, PACKAGE, root, sources};

#[test]
fn generated_folder_equals_what_the_specs_give() {
    let mut on_disk = BTreeMap::new();
    read(&root().join("generated"), "", &mut on_disk);
    let stale: Vec<&String> = GENERATED
        .files
        .keys()
        .chain(on_disk.keys())
        .filter(|path| GENERATED.files.get(*path) != on_disk.get(*path))
        .collect();
    assert!(stale.is_empty(), "stale, missing or extra: {stale:?}; run `cargo xtask regen`");
}

fn read(folder: &Path, prefix: &str, files: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).expect("generated/ can be read") {
        let entry = entry.expect("generated/ can be read");
        let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            read(&entry.path(), &format!("{path}/"), files);
        } else {
            files.insert(path, fs::read_to_string(entry.path()).expect("a generated file is text"));
        }
    }
}

#[test]
fn every_run_and_every_order_of_specs_gives_the_same_bytes() {
    let mut reversed = sources();
    reversed.reverse();
    let Ok(again) = codegen::generate(&PACKAGE, reversed, Policy::Refuse) else {
        panic!("the specs are accepted")
    };
    assert!(again.files == GENERATED.files);
}
