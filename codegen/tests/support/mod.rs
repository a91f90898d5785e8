//! What the tests share: documents, and what is found in them.

use fixtures::Fixture;
use openapi::policy::Policy;
use openapi::report::{Style, render};
use openapi::rule::Rule;
use openapi::source::SpecSource;

/// The folder of all fixtures.
pub const FIXTURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures");

/// Returns the document in a fixture.
pub fn source(fixture: &Fixture) -> SpecSource {
    SpecSource::new(fixture.path.clone(), fixture.text.clone())
}

/// Renders what the rule that the folder of a fixture is named after finds in it on the way to a client.
pub fn found_by_its_rule(fixture: &Fixture) -> String {
    let rule = Rule::by_id(fixture.folder()).expect("the folder is named after a rule");
    let reports = codegen::lint(vec![source(fixture)], Policy::Refuse).into_iter().map(|mut found| {
        found.diagnostics.retain(|found| found.rule == rule);
        render(&found.source, &found.diagnostics, Style::Plain)
    });
    reports.collect()
}
