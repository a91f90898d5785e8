//! Runs each stage on the documents in `fixtures/`. The name of the folder determines the stage and
//! the expected result.

mod support;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;
use std::process::ExitCode;

use fixtures::{Fixture, Stage};
use openapi::diagnostic::Diagnostic;
use openapi::policy::Policy;
use openapi::report::{Coloring, render};
use openapi::rule::Rule;
use openapi::source::SpecSource;
use openapi::{Document, Findings, load};
use serde_json::Value;
use support::{FIXTURES, check_import, findings, shown, source};

fn main() -> ExitCode {
    fixtures::run(
        FIXTURES,
        &[
            Stage { folder: "load/accepted", check: accepts },
            Stage { folder: "load/refused", check: refuses },
            Stage { folder: "lint", check: lints },
            Stage { folder: "clean", check: finds_nothing },
            Stage { folder: "import", check: imports },
        ],
    )
}

/// Accepts a document, and checks that it was read to its end.
fn accepts(fixture: &Fixture) -> Option<String> {
    assert_read_to_the_end(&loaded(source(fixture), Policy::Refuse));
    None
}

/// Refuses a document, and shows the findings, then the result for a vendor's document.
fn refuses(fixture: &Fixture) -> Option<String> {
    let refused = load(source(fixture), Policy::Refuse).expect_err("the document is refused");
    Some(shown(&refused) + "\n--- as a vendor's document\n" + &repaired(fixture))
}

/// Returns the repairs of a vendor's document, those that lose something first, or the rules
/// because of which it is still refused.
fn repaired(fixture: &Fixture) -> String {
    let (title, lines): (_, Vec<String>) = match load(source(fixture), Policy::Repair) {
        Ok(Document { diagnostics, notes, .. }) => {
            let lost = |one: &Diagnostic| {
                let pointer = one.location.pointer().unwrap_or_default();
                format!("{}: {pointer}: {} {}", one.rule, one.what, one.why)
            };
            let notes = notes.sorted();
            let notes = notes.iter().map(ToString::to_string);
            ("accepted", diagnostics.iter().map(lost).chain(notes).collect())
        }
        Err(found) => {
            let rules: BTreeSet<&str> =
                found.diagnostics.iter().map(|found| found.rule.id()).collect();
            ("refused", rules.into_iter().map(str::to_owned).collect())
        }
    };
    [title.to_owned()].into_iter().chain(lines).collect::<Vec<_>>().join("\n")
}

/// Checks that the rule with the name of the folder has findings in `finds_….yaml`, and none in
/// `passes_….yaml`.
fn lints(fixture: &Fixture) -> Option<String> {
    let rule = Rule::by_id(fixture.folder()).expect("the folder is named after a rule");
    let mut found = Findings {
        source: source(fixture),
        diagnostics: findings(source(fixture), Policy::Refuse),
    };
    assert_vendors_documents_are_spared(fixture);
    found.diagnostics.retain(|found| found.rule == rule);
    match fixture.stem().split_once('_') {
        Some(("finds", _)) => {
            assert!(!found.diagnostics.is_empty(), "{rule} finds nothing");
            Some(shown(&found))
        }
        Some(("passes", _)) => {
            assert_eq!(shown(&found), "");
            assert_read_to_the_end(&loaded(source(fixture), Policy::Refuse));
            assert!(finds_something(rule), "no fixture shows that {rule} would find anything");
            None
        }
        _ => panic!("the name starts with neither `finds_` nor `passes_`"),
    }
}

/// Returns true if there is a fixture that the rule finds something in.
fn finds_something(rule: Rule) -> bool {
    let fixtures = fixtures::list(Path::new(FIXTURES), &format!("lint/{rule}"));
    fixtures.iter().any(|fixture| fixture.stem().starts_with("finds_"))
}

/// Loads a valid document.
#[track_caller]
fn loaded(source: SpecSource, policy: Policy) -> Document {
    load(source, policy).unwrap_or_else(|found| panic!("{}", shown(&found)))
}

/// Checks that no part of the document was lost, so that the absence of findings means something.
fn assert_read_to_the_end(document: &Document) {
    let is_there = |section: &str| {
        document.root.get(section).and_then(Value::as_object).is_some_and(|it| !it.is_empty())
    };
    assert!(is_there("paths") || is_there("components"), "the document is empty");
    let operations = document.source.text.matches("operationId").count();
    assert_eq!(operation_ids(&document.root), operations, "operations are lost");
}

fn operation_ids(node: &Value) -> usize {
    match node {
        Value::Object(properties) => {
            let inside: usize = properties.values().map(operation_ids).sum();
            inside + usize::from(properties.contains_key("operationId"))
        }
        Value::Array(items) => items.iter().map(operation_ids).sum(),
        _ => 0,
    }
}

/// Checks that the rules for specs do not apply to vendors' documents.
fn assert_vendors_documents_are_spared(fixture: &Fixture) {
    let mut found = findings(source(fixture), Policy::Repair);
    found.retain(|found| found.rule.group().is_for_specs_alone());
    assert_eq!(render(&source(fixture), &found, Coloring::Plain), "");
}

/// Checks that a spec has no findings at all.
fn finds_nothing(fixture: &Fixture) -> Option<String> {
    let document = loaded(source(fixture), Policy::Refuse);
    assert_read_to_the_end(&document);
    assert_eq!(
        render(&document.source, &findings(source(fixture), Policy::Refuse), Coloring::Plain),
        ""
    );
    None
}

/// Imports a document, and shows the spec with the notes about it.
///
/// `# imports: a, b` in the first line names the operations. Without it, all are imported.
fn imports(fixture: &Fixture) -> Option<String> {
    let first = fixture.text.lines().next().unwrap_or_default();
    let operations = first.split_once("# imports: ").map_or("", |(_, operations)| operations);
    let operations: Vec<String> = operations.split_terminator(", ").map(str::to_owned).collect();
    let imported = check_import(&source(fixture), &operations);
    let mut shown = imported.spec.text;
    for lost in imported.lost {
        let pointer = lost.location.pointer().unwrap_or_default();
        write!(shown, "\nlost: {pointer}: {} {}", lost.what, lost.why)
            .expect("a String can be written to");
    }
    for note in imported.notes {
        write!(shown, "\nnote: {note}").expect("a String can be written to");
    }
    for secret in imported.secrets {
        write!(shown, "\nsecret: {} at {}, {:?}", secret.name, secret.pointer, secret.format)
            .expect("a String can be written to");
    }
    Some(shown)
}
