//! Prints what `cargo xtask import` did.

use std::collections::BTreeMap;

use openapi::Findings;
use openapi::diagnostic::Diagnostic;
use openapi::import::Secret;
use openapi::rule::Severity;

use super::options::Options;
use crate::exit::Exit;
use crate::findings::{self, LINT_ALL, count};
use crate::io::files::{FileError, read_document};
use crate::io::messages;

/// The largest number of notes that are printed one by one. More notes are counted by kind.
const MOST_NOTES: usize = 20;

/// The work that an import leaves to a person.
pub(super) const REVIEW: &str = "fill in every TODO, rewrite the descriptions as short sentences of your\n     \
    own, and see whether `format: password` is at every secret and at nothing else.";

/// Prints the changes to the imported operations: one per line if they are few, and otherwise their
/// number.
pub(super) fn notes(notes: &[(String, String)]) {
    if notes.len() <= MOST_NOTES {
        return notes
            .iter()
            .for_each(|(pass, note)| messages::status(verb(pass), &messages::printable(note)));
    }
    let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
    notes.iter().for_each(|(pass, _)| *numbers.entry(verb(pass)).or_default() += 1);
    for (verb, number) in numbers {
        messages::status(verb, &count(number, "thing"));
    }
}

/// Returns the verb in the margin for what a pass did.
fn verb(pass: &str) -> &'static str {
    match pass {
        "left_out" => "Left out",
        "openapi_3_1" => "Rewritten",
        _ => "Repaired",
    }
}

/// Prints the values that were marked as secrets.
pub(super) fn secrets(secrets: &[Secret]) {
    for secret in secrets {
        let before = secret
            .format
            .as_ref()
            .map_or(String::new(), |format| format!(", in place of the format `{format}`"));
        let line = format!("`{}`, at {}{before}", secret.name, secret.pointer);
        messages::attention("Secret", &messages::printable(&line));
    }
}

/// Prints what repairs of the vendor's document have lost or invented, where it is in the document.
///
/// # Errors
/// If the document cannot be read again.
pub(super) fn lost(options: &Options, diagnostics: Vec<Diagnostic>) -> Result<(), FileError> {
    if !diagnostics.is_empty() {
        let found = vec![Findings { source: read_document(&options.file)?, diagnostics }];
        findings::print(&found, options.all.extent());
    }
    Ok(())
}

/// Prints the findings in the spec and the steps from there on.
pub(super) fn findings(options: &Options, found: &[Findings], steps: &str) -> Exit {
    findings::print(found, options.all.extent_or(LINT_ALL));
    let summary = format!("{}{}", findings::summary(found), findings::outlook(found));
    messages::status("Linted", &format!("{}: {summary}", options.spec()));
    messages::print(steps);
    if findings::number(found, Severity::Error) == 0 { Exit::Success } else { Exit::Found }
}
