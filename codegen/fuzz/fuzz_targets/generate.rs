//! Any bytes as a document: a report or a client, never a panic, a hang or something that is no
//! Rust.

#![no_main]

use openapi::policy::Policy;
use openapi::rule::Rule;
use openapi::source::SpecSource;
use codegen::package::Package;
use libfuzzer_sys::fuzz_target;

/// Faults of the generator itself, which no input may bring about.
const FAULTS: [Rule; 4] =
    [Rule::GeneratorStopped, Rule::ProgenitorRefused, Rule::ProgenitorChanged, Rule::EmittedNoRust];

fuzz_target!(|bytes: &[u8]| {
    let source = SpecSource::from_bytes("specs/fuzzed.yaml", bytes.to_vec());
    match codegen::generate(&Package::default(), vec![source], Policy::Repair) {
        Ok(generated) => {
            for (path, text) in generated.files.iter().filter(|(path, _)| path.ends_with(".rs")) {
                assert!(syn::parse_file(text).is_ok(), "{path} is no Rust");
            }
        }
        Err(found) => {
            let diagnostics: Vec<_> = found.iter().flat_map(|found| &found.diagnostics).collect();
            assert!(!diagnostics.is_empty());
            assert!(!diagnostics.iter().any(|diagnostic| FAULTS.contains(&diagnostic.rule)), "{diagnostics:?}");
        }
    }
});
