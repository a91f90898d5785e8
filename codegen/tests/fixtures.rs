//! Generates clients of the documents in `fixtures/`, or refuses the documents. The name of the
//! folder says which of the two.

mod essence;
mod support;

use codegen::package::Package;
use std::fmt::Write as _;
use std::process::ExitCode;

use codegen::Generated;
use essence::essence;
use fixtures::{Fixture, Stage};
use openapi::Findings;
use openapi::diagnostic::Diagnostic;
use openapi::policy::Policy;
use openapi::report::{Coloring, render};
use openapi::rule::{Rule, Severity};
use support::{FIXTURES, found_by_its_rule, source};

fn main() -> ExitCode {
    fixtures::run(
        FIXTURES,
        &[
            Stage { folder: "shapes", check: becomes },
            Stage { folder: "refused", check: refuses },
            Stage { folder: "lint", check: lints },
        ],
    )
}

/// The files of an API that a snapshot shows, with the largest number of lines of each.
const FILES: [(&str, usize); 5] =
    [("types", 105), ("outcomes", 30), ("headers", 30), ("operations", 40), ("client", 30)];

fn generated(fixture: &Fixture) -> Generated {
    match codegen::generate(&Package::default(), vec![source(fixture)], Policy::Repair) {
        Ok(generated) => generated,
        Err(rejected) => {
            panic!("{}", render(&rejected[0].source, &rejected[0].diagnostics, Coloring::Plain))
        }
    }
}

/// Shows the client of a document: what it lacks, the notes of the passes, and the essence of the
/// files.
fn becomes(fixture: &Fixture) -> Option<String> {
    let generated = generated(fixture);
    let mut shown = String::new();
    for found in generated.warnings.iter().flat_map(|findings| &findings.diagnostics) {
        if matches!(found.rule, Rule::LossyRepair | Rule::OperationLeftOut) {
            let pointer = found.location.pointer().unwrap_or_default();
            writeln!(shown, "{}: {pointer}: {} {}", found.rule, found.what, found.why)
                .expect("a String can be written to");
        }
    }
    for note in generated.apis.iter().flat_map(|lowered| &lowered.notes) {
        writeln!(shown, "{note}").expect("a String can be written to");
    }
    for (file, most_lines) in FILES {
        let Some(text) = generated.files.get(&format!("src/{}/{file}.rs", fixture.stem())) else {
            continue;
        };
        let text = essence(text);
        let lines: Vec<&str> = text.lines().collect();
        if lines.is_empty() {
            continue;
        }
        let left = lines.len().saturating_sub(most_lines);
        let more = if left > 0 { format!("\n… {left} more lines") } else { String::new() };
        let lines = lines[..lines.len() - left].join("\n");
        write!(shown, "\n--- {file}\n{lines}{more}\n").expect("a String can be written to");
    }
    Some(shown)
}

/// Refuses a document as a spec, and shows the findings that prevent a client.
fn refuses(fixture: &Fixture) -> Option<String> {
    let mut found = codegen::lint(vec![source(fixture)], Policy::Refuse);
    let keeps_from_generating = |found: &Diagnostic| {
        found.severity() == Severity::Error && !found.rule.group().is_for_specs_alone()
    };
    found.iter_mut().for_each(|found| found.diagnostics.retain(keeps_from_generating));
    assert!(found.iter().any(Findings::have_errors), "it is accepted");
    Some(
        found
            .iter()
            .map(|found| render(&found.source, &found.diagnostics, Coloring::Plain))
            .collect(),
    )
}

/// Checks that the rule with the name of the folder has findings in `finds_….yaml`, and none in
/// `passes_….yaml`.
fn lints(fixture: &Fixture) -> Option<String> {
    let found = found_by_its_rule(fixture);
    match fixture.stem().split_once('_') {
        Some(("finds", _)) => {
            assert!(!found.is_empty(), "the rule finds nothing");
            Some(found)
        }
        Some(("passes", _)) => {
            assert_eq!(found, "");
            assert!(
                !generated(fixture).apis[0].api.operations.is_empty(),
                "the client has no operation"
            );
            None
        }
        _ => panic!("the name starts with neither `finds_` nor `passes_`"),
    }
}
