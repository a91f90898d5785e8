//! The parts that the tests share: documents and their findings.

use fixtures::Fixture;
use openapi::diagnostic::Diagnostic;
use openapi::import::{Import, Imported, Refused, import};
use openapi::policy::Policy;
use openapi::report::{Coloring, render};
use openapi::rule::{Group, Rule, Severity};
use openapi::source::SpecSource;
use openapi::{Findings, lint, load};

/// The folder of all fixtures.
pub(crate) const FIXTURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures");

/// Returns the document in a fixture.
pub(crate) fn source(fixture: &Fixture) -> SpecSource {
    SpecSource::new(fixture.path.clone(), fixture.text.clone())
}

/// Returns all findings of a document.
pub(crate) fn findings(source: SpecSource, policy: Policy) -> Vec<Diagnostic> {
    match load(source, policy) {
        Ok(document) => {
            let found = [document.diagnostics.clone(), lint::lint(&document)].concat();
            lint::accept(&document, found, true)
        }
        Err(found) => found.diagnostics,
    }
}

/// Renders findings for a terminal without colors.
pub(crate) fn shown(found: &Findings) -> String {
    render(&found.source, &found.diagnostics, Coloring::Plain)
}

/// Imports the named operations of a valid document, or all of them.
#[track_caller]
pub(crate) fn imported(source: &SpecSource, operations: &[String]) -> Imported {
    import(source, Import { operations, path: "specs/imported.yaml" }).unwrap_or_else(|refused| {
        match refused {
            Refused::Document(found) => panic!("{}", shown(&found)),
            Refused::Operation(unknown) => panic!("{unknown:?}"),
        }
    })
}

/// Imports a document, and checks that the spec is valid OpenAPI, marks its secrets, and is
/// unchanged by a second import.
#[track_caller]
pub(crate) fn check_import(source: &SpecSource, operations: &[String]) -> Imported {
    let first = imported(source, operations);
    // Nobody but a person can tell which path is meant, or what type a secret was to have.
    let is_for_a_person = |rule: Rule| {
        matches!(rule, Rule::MalformedPath | Rule::PathClash | Rule::RedactionDefeated)
    };
    let is_checked =
        |rule: Rule| matches!(rule.group(), Group::Yaml | Group::OpenApi | Group::Safety);
    let found = findings(first.spec.clone(), Policy::Refuse).into_iter().map(|found| found.rule);
    let errors = found.filter(|rule| {
        rule.severity() == Severity::Error && is_checked(*rule) && !is_for_a_person(*rule)
    });
    assert_eq!(errors.collect::<Vec<_>>(), [], "{}:\n{}", source.path, first.spec.text);
    assert_eq!(imported(&first.spec, &[]).spec.text, first.spec.text, "{}", source.path);
    first
}
