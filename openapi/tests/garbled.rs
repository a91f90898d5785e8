//! Tests that loading any source text ends with a document or a report.

use std::path::Path;

use openapi::load;
use openapi::policy::Policy;
use openapi::report::{Coloring, render};
use openapi::source::SpecSource;

use crate::support::FIXTURES;

/// Returns the source texts of all documents in a folder.
fn texts(folder: &str) -> Vec<String> {
    fixtures::list(Path::new(FIXTURES), folder).into_iter().map(|fixture| fixture.text).collect()
}

/// Loads a source text and renders the findings, if any.
fn survive(text: &str) {
    // Only vendors' documents have their aliases expanded.
    let policies = if text.contains(['*', '&']) {
        &[Policy::Refuse, Policy::Repair][..]
    } else {
        &[Policy::Refuse]
    };
    for policy in policies {
        let source = SpecSource::new("specs/garbled.yaml", text);
        if let Err(rejected) = load(source, *policy) {
            let report = render(&rejected.source, &rejected.diagnostics, Coloring::Colored);
            assert!(report.contains("specs/garbled.yaml:"), "{report}");
        }
    }
}

#[test]
fn never_panics_on_a_truncated_spec() {
    for text in texts("load") {
        for (end, _) in text.char_indices() {
            survive(&text[..end]);
        }
    }
}

#[test]
fn never_panics_on_a_garbled_line() {
    const GARBAGE: [&str; 16] = [
        "\t",
        "{",
        "]",
        "- ",
        "\"",
        "'",
        "*a",
        "<<: *a",
        "? ",
        ": ",
        "&a !b |",
        ">-",
        "--- %",
        "\u{0}",
        "ä: [𝄞",
        "a: b: c",
    ];
    for text in texts("load/accepted") {
        let lines: Vec<&str> = text.lines().collect();
        for index in 0..lines.len() {
            let indentation = lines[index].len() - lines[index].trim_start().len();
            for garbage in GARBAGE {
                for width in [0, 1, indentation] {
                    let line = format!("{}{garbage}", " ".repeat(width));
                    let mut garbled = lines.clone();
                    garbled[index] = &line;
                    survive(&garbled.join("\n"));
                    survive(&garbled.join("\r\n"));
                }
            }
        }
    }
}
