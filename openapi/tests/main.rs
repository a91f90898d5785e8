//! Tests the promises of loading, linting, importing and reporting beyond single fixtures.

mod bundle;
mod examples;
mod explanations;
mod garbled;
mod import;
mod report;
mod support;
mod vendors;

use std::path::Path;

use fixtures::Fixture;
use openapi::source::SpecSource;

/// Reads the document at a path below the folder of all fixtures.
fn document(path: &str) -> SpecSource {
    support::source(&Fixture::read(Path::new(support::FIXTURES), path))
}
