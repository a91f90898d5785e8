//! The parts that the tests share: documents and their findings.

use fixtures::Fixture;
use openapi::policy::Policy;
use openapi::report::{Coloring, render};
use openapi::rule::Rule;
use openapi::source::SpecSource;

/// The folder of all fixtures.
pub(crate) const FIXTURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures");

/// Returns the document in a fixture.
pub(crate) fn source(fixture: &Fixture) -> SpecSource {
    SpecSource::new(fixture.path.clone(), fixture.text.clone())
}

/// Renders the findings in a fixture of the rule with the name of its folder, from linting to
/// generation.
pub(crate) fn found_by_its_rule(fixture: &Fixture) -> String {
    let rule = Rule::by_id(fixture.folder()).expect("the folder is named after a rule");
    let reports =
        codegen::lint(vec![source(fixture)], Policy::Refuse).into_iter().map(|mut found| {
            found.diagnostics.retain(|found| found.rule == rule);
            render(&found.source, &found.diagnostics, Coloring::Plain)
        });
    reports.collect()
}
