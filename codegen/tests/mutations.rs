//! Tests that any mutation of a spec is either reported or generated from: without panics, hangs or
//! invalid Rust.

use std::path::Path;
use std::time::{Duration, Instant};

use codegen::generate;
use codegen::package::Package;
use openapi::Findings;
use openapi::import::{Import, Refused, import};
use openapi::policy::Policy;
use openapi::rule::Rule;
use openapi::source::SpecSource;
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Map, Value, json};

/// The number of mutated documents of a run. `PROPTEST_CASES` sets another one, for random runs.
const CASES: u32 = 150;

/// The longest time for one document, in a build without optimization on a busy machine.
const TIME: Duration = Duration::from_secs(20);

/// The bugs of the generator itself, which no input may cause.
const FAULTS: [Rule; 4] =
    [Rule::GeneratorStopped, Rule::ProgenitorRefused, Rule::ProgenitorChanged, Rule::EmittedNoRust];

/// A mutation of a node.
#[derive(Clone, Debug)]
enum Mutation {
    Drop,
    Duplicate,
    Swap(Index),
    Retype(Value),
    Truncate(Index),
}

fn mutations() -> impl Strategy<Value = Mutation> {
    let values = [
        json!(null),
        json!(true),
        json!(-1),
        json!(1.5),
        json!(""),
        json!("a b"),
        json!([]),
        json!({}),
        json!([{}]),
    ];
    prop_oneof![
        Just(Mutation::Drop),
        Just(Mutation::Duplicate),
        any::<Index>().prop_map(Mutation::Swap),
        prop::sample::select(values.to_vec()).prop_map(Mutation::Retype),
        any::<Index>().prop_map(Mutation::Truncate),
    ]
}

/// Returns the JSON pointers to all nodes.
fn pointers(pointer: &str, node: &Value, found: &mut Vec<String>) {
    found.push(pointer.to_owned());
    match node {
        Value::Object(members) => members.iter().for_each(|(name, value)| {
            pointers(
                &format!("{pointer}/{}", name.replace('~', "~0").replace('/', "~1")),
                value,
                found,
            );
        }),
        Value::Array(items) => {
            items
                .iter()
                .enumerate()
                .for_each(|(index, value)| pointers(&format!("{pointer}/{index}"), value, found));
        }
        _ => {}
    }
}

fn mutate(root: &mut Value, at: &Index, mutation: &Mutation) {
    let mut nodes = Vec::new();
    pointers("", root, &mut nodes);
    let pointer = at.get(&nodes).clone();
    let value = root.pointer(&pointer).cloned().unwrap_or_default();
    match mutation {
        Mutation::Retype(value) => replace(root, &pointer, value.clone()),
        Mutation::Swap(other) => {
            let other = other.get(&nodes).clone();
            let there = root.pointer(&other).cloned().unwrap_or_default();
            replace(root, &pointer, there);
            replace(root, &other, value);
        }
        Mutation::Truncate(length) => {
            let shorter = match value {
                Value::String(text) => {
                    json!(text.chars().take(length.index(text.len() + 1)).collect::<String>())
                }
                Value::Array(items) => json!(items[..length.index(items.len() + 1)]),
                Value::Object(members) => {
                    let length = length.index(members.len() + 1);
                    Value::Object(members.into_iter().take(length).collect::<Map<_, _>>())
                }
                other => other,
            };
            replace(root, &pointer, shorter);
        }
        Mutation::Drop | Mutation::Duplicate => {
            let Some((parent, name)) = pointer.rsplit_once('/') else { return };
            let name = name.replace("~1", "/").replace("~0", "~");
            match (root.pointer_mut(parent), mutation) {
                (Some(Value::Object(members)), Mutation::Drop) => drop(members.remove(&name)),
                (Some(Value::Object(members)), _) => {
                    drop(members.insert(format!("{name}_"), value))
                }
                (Some(Value::Array(items)), Mutation::Drop) => {
                    drop(items.remove(name.parse().expect("an index")))
                }
                (Some(Value::Array(items)), _) => items.push(value),
                _ => {}
            }
        }
    }
}

fn replace(root: &mut Value, pointer: &str, value: Value) {
    // The place may have gone with the one that was replaced before.
    if let Some(place) = root.pointer_mut(pointer) {
        *place = value;
    }
}

/// Returns the names and the source texts of the workspace's specs.
fn specs() -> Vec<(String, String)> {
    let specs = fixtures::list(Path::new(env!("CARGO_MANIFEST_DIR")), "../specs");
    specs.into_iter().map(|spec| (spec.stem().to_owned(), spec.text)).collect()
}

/// Generates from a source text as a spec under all rules, then as a vendor's document, which gets
/// further.
fn check(name: &str, text: &str) -> Result<(), TestCaseError> {
    for scope in [Policy::Refuse, Policy::Repair] {
        let started = Instant::now();
        let generated = generate(
            &Package::default(),
            vec![SpecSource::new(format!("specs/{name}.yaml"), text)],
            scope,
        );
        prop_assert!(started.elapsed() < TIME, "it took {:?}", started.elapsed());
        match generated {
            Ok(generated) => {
                let mut sources = generated.files.iter().filter(|(path, _)| path.ends_with(".rs"));
                let broken = sources.find(|(_, text)| syn::parse_file(text).is_err());
                prop_assert!(broken.is_none(), "{broken:?} is no Rust");
            }
            Err(found) => {
                let found: Vec<_> =
                    found.iter().flat_map(|Findings { diagnostics, .. }| diagnostics).collect();
                let fault = found.iter().find(|diagnostic| FAULTS.contains(&diagnostic.rule));
                prop_assert!(!found.is_empty() && fault.is_none(), "{fault:?}");
            }
        }
    }
    check_import(&SpecSource::new("vendor.yaml", text))
}

/// Imports the same document.
fn check_import(source: &SpecSource) -> Result<(), TestCaseError> {
    let Err(Refused::Document(found)) =
        import(source, Import { operations: &[], path: "specs/imported.yaml" })
    else {
        return Ok(());
    };
    let fault = found.diagnostics.iter().find(|diagnostic| FAULTS.contains(&diagnostic.rule));
    prop_assert!(!found.diagnostics.is_empty() && fault.is_none(), "{fault:?}");
    Ok(())
}

/// Returns a deterministic runner, unless a number of cases is requested.
#[expect(
    clippy::disallowed_methods,
    reason = "only the library itself is kept from reading the environment"
)]
fn runner() -> TestRunner {
    match std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()) {
        Some(cases) => {
            TestRunner::new(Config { cases, failure_persistence: None, ..Config::default() })
        }
        None => {
            let config = Config { cases: CASES, failure_persistence: None, ..Config::default() };
            let random = TestRunner::deterministic().new_rng();
            TestRunner::new_with_rng(config, random)
        }
    }
}

#[test]
fn any_nodes_can_be_dropped_duplicated_swapped_retyped_and_truncated() {
    let specs = specs();
    let strategy = (any::<Index>(), prop::collection::vec((any::<Index>(), mutations()), 1..4));
    let outcome = runner().run(&strategy, |(spec, mutations)| {
        let (name, text) = spec.get(&specs);
        let mut root: Value = serde_yaml::from_str(text).expect("a spec is YAML");
        mutations.iter().for_each(|(at, mutation)| mutate(&mut root, at, mutation));
        check(name, &root.to_string())
    });
    outcome.unwrap_or_else(|failure| panic!("{failure}"));
}

#[test]
fn any_lines_and_bytes_can_be_dropped_repeated_and_changed() {
    let specs = specs();
    let strategy = (any::<Index>(), any::<Index>(), any::<Index>(), 0..4, any::<char>());
    let outcome = runner().run(&strategy, |(spec, from, to, change, character)| {
        let (name, text) = spec.get(&specs);
        let lines: Vec<&str> = text.split_inclusive('\n').collect();
        let (from, to) = (from.index(lines.len()), to.index(lines.len()).saturating_add(1));
        let (from, to) = (from.min(to), from.max(to).min(from.min(to) + 6));
        let (above, these, below) =
            (lines[..from].concat(), lines[from..to].concat(), lines[to..].concat());
        let place = text.floor_char_boundary(text.len() * from / lines.len());
        let changed = match change {
            0 => above + &below,
            1 => above + &these + &these + &below,
            2 => text[..place].to_owned(),
            _ => format!("{}{character}{}", &text[..place], &text[place..]),
        };
        check(name, &changed)
    });
    outcome.unwrap_or_else(|failure| panic!("{failure}"));
}
