//! The report: a table of the requests of each document, and the kinds of violations.

use std::collections::BTreeMap;

use serde_json::Value;
use thiserror::Error;

use super::Entry;
use super::recorded::Fate;
use super::verdict::{Verdict, Violation};
use crate::findings::count;
use crate::io::messages::printable;

/// The marks around the table in a file.
const MARKS: [&str; 2] = ["<!-- conformance -->\n", "<!-- /conformance -->"];

/// A file without marks.
#[derive(Debug, Error)]
#[error("the file has no line `{}` with a line `{}` below it", MARKS[0].trim(), MARKS[1])]
pub(crate) struct NoMarks;

/// The figures of a document.
#[derive(Clone, Copy, Default)]
struct Figures {
    /// Operations with a sample call.
    called: usize,
    requests: usize,
    not_sent: usize,
    invalid: usize,
    unmatched: usize,
}

/// Returns the text before the table of a file, with the first mark, and the text after it.
///
/// # Errors
/// If there are no marks.
pub(super) fn halves(text: &str) -> Result<[String; 2], NoMarks> {
    let (before, rest) = text.split_once(MARKS[0]).ok_or(NoMarks)?;
    let (_, after) = rest.split_once(MARKS[1]).ok_or(NoMarks)?;
    Ok([format!("{before}{}", MARKS[0]), format!("{}{after}", MARKS[1])])
}

/// Returns true if all requests of a document are valid.
pub(super) fn is_good(entry: &Entry) -> bool {
    let Figures { not_sent, invalid, unmatched, .. } = figures(entry);
    let is_empty = entry.problem.as_deref() == Some("no operations");
    (entry.problem.is_none() || is_empty) && not_sent + invalid + unmatched == 0
}

fn figures(entry: &Entry) -> Figures {
    let mut figures = Figures::default();
    for (call, verdict) in &entry.calls {
        figures.called += usize::from(call.inputs == "required");
        match verdict {
            None => figures.not_sent += 1,
            Some(verdict) => {
                figures.requests += 1;
                figures.invalid += usize::from(matches!(verdict, Verdict::Invalid(_)));
                figures.unmatched += usize::from(matches!(verdict, Verdict::Unmatched(_)));
            }
        }
    }
    figures
}

fn total(entries: &[Entry]) -> Figures {
    let add = |one: Figures, other: Figures| Figures {
        called: one.called + other.called,
        requests: one.requests + other.requests,
        not_sent: one.not_sent + other.not_sent,
        invalid: one.invalid + other.invalid,
        unmatched: one.unmatched + other.unmatched,
    };
    entries.iter().map(figures).fold(Figures::default(), add)
}

fn summary(entries: &[Entry]) -> String {
    let Figures { called, requests, not_sent, invalid, unmatched } = total(entries);
    let operations: usize = entries.iter().map(|entry| entry.operations).sum();
    format!(
        "{called} of {operations} operations of {} called: {}, {not_sent} not sent, {invalid} invalid, {unmatched} unmatched",
        count(entries.len(), "document"),
        count(requests, "request"),
    )
}

/// Renders a line for each call that is not good, then one for each document.
pub(super) fn terminal(entries: &[Entry]) -> String {
    let mut lines: Vec<String> = Vec::new();
    for entry in entries {
        for (call, verdict) in &entry.calls {
            let start = format!("{}: {} ({})", entry.name, call.operation, call.inputs);
            match (&call.fate, verdict) {
                (Fate::Refused(why), _) => lines.push(format!("{start}: not sent: {why}")),
                (Fate::Panicked(why), _) => lines.push(format!("{start}: panicked: {why}")),
                (_, Some(Verdict::Unmatched(why))) => {
                    lines.push(format!("{start}: unmatched: {why}"))
                }
                (_, Some(Verdict::Invalid(violations))) => lines.extend(
                    violations
                        .iter()
                        .map(|one| format!("{start}: {}: {}", location(one), one.message)),
                ),
                _ => {}
            }
        }
    }
    for entry in entries {
        let Figures { called, requests, not_sent, invalid, unmatched } = figures(entry);
        lines.push(match &entry.problem {
            Some(problem) => format!("{}: {problem}", entry.name),
            None => format!(
                "{}: {called} of {} operations, {}, {not_sent} not sent, {invalid} invalid, {unmatched} unmatched",
                entry.name,
                entry.operations,
                count(requests, "request")
            ),
        });
    }
    lines.push(summary(entries));
    lines.iter().map(|line| format!("{}\n", printable(&line.replace('\n', " ")))).collect()
}

/// Returns the location of a violation and the violated keyword.
fn location(violation: &Violation) -> String {
    let steps = violation.location.iter().map(|step| match step {
        Value::String(step) => step.clone(),
        other => other.to_string(),
    });
    format!("{} ({})", steps.collect::<Vec<_>>().join("."), violation.code)
}

/// Renders the table as Markdown, without what changes from run to run.
pub(super) fn markdown(entries: &[Entry]) -> String {
    let rows: String = entries
        .iter()
        .map(|entry| {
            let Figures { called, requests, not_sent, invalid, unmatched } = figures(entry);
            let cells = match &entry.problem {
                Some(problem) => format!("{problem} | | | | "),
                None => format!("{called} | {requests} | {not_sent} | {invalid} | {unmatched}"),
            };
            format!("| {} | {} | {cells} |\n", entry.name, entry.operations)
        })
        .collect();
    let kinds: String = kinds(entries)
        .into_iter()
        .map(|(kind, number)| format!("| {kind} | {number} |\n"))
        .collect();
    let kinds = if kinds.is_empty() {
        String::new()
    } else {
        format!("\n| violation | requests |\n|---|---:|\n{kinds}")
    };
    format!(
        "\n{}.\n\n| document | operations | called | requests | not sent | invalid | unmatched |\n\
         |---|---:|---:|---:|---:|---:|---:|\n{rows}{kinds}\n",
        summary(entries)
    )
}

/// Counts the requests with each kind of violation.
fn kinds(entries: &[Entry]) -> BTreeMap<String, usize> {
    let mut kinds = BTreeMap::new();
    for (_, verdict) in entries.iter().flat_map(|entry| &entry.calls) {
        let Some(Verdict::Invalid(violations)) = verdict else { continue };
        let mut found: Vec<String> = violations.iter().map(Violation::kind).collect();
        found.sort();
        found.dedup();
        for kind in found {
            *kinds.entry(kind).or_default() += 1;
        }
    }
    kinds
}
