//! Renders findings for programs, as a JSON object each.

use serde_json::{Value, json};

use super::{Lines, placed};
use crate::diagnostic::Diagnostic;
use crate::source::SpecSource;

/// Renders the findings. Lines and columns count characters from 1, and the end is exclusive.
#[must_use]
pub fn render(source: &SpecSource, diagnostics: &[Diagnostic]) -> Vec<Value> {
    let lines = Lines::of(&source.text);
    let finding = |(range, diagnostic): (std::ops::Range<usize>, &Diagnostic)| {
        let (line, column) = lines.position(&source.text, range.start);
        let (end_line, end_column) = lines.position(&source.text, range.end);
        json!({
            "rule": diagnostic.rule.id(),
            "severity": diagnostic.severity().name(),
            "group": diagnostic.rule.group().name(),
            "path": source.path,
            "line": line,
            "column": column,
            "end_line": end_line,
            "end_column": end_column,
            "subject": diagnostic.subject.words(),
            "pointer": diagnostic.location.pointer(),
            "what": diagnostic.what,
            "why": diagnostic.why,
            "help": diagnostic.help,
        })
    };
    placed(source, diagnostics).into_iter().map(finding).collect()
}
