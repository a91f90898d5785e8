//! The table for the terminal: all figures of each document, the errors and losses, and the number
//! of notes of each pass.

use std::collections::BTreeMap;

use openapi::rule::Severity;

use super::Entry;
use super::compile::Verdict;
use crate::findings::count;

/// The number of failing examples that are shown of a document.
const MOST_FAILURES: usize = 3;

/// Renders a line for each document, then the errors and losses of all, and a line for each pass
/// that left notes.
pub(super) fn terminal(entries: &[Entry]) -> String {
    let widest = entries.iter().map(|entry| entry.name.chars().count()).max().unwrap_or_default();
    let mut table: String = entries.iter().map(|entry| line(entry, widest)).collect();
    table.extend(entries.iter().map(problems));
    table + &notes(entries)
}

fn line(entry: &Entry, widest: usize) -> String {
    let client = entry.outcome.client.as_ref();
    let operations = client.map_or((0, 0), |client| (client.operations, client.documented));
    let operations = format!("{}/{}", operations.0, operations.1);
    let lines = client.map_or(0, |client| client.lines);
    let notes: usize = client.map_or(0, |client| client.notes.values().sum());
    let memory =
        entry.outcome.memory.map_or(String::new(), |memory| format!("{} MiB", memory / 1024));
    format!(
        "{:widest$}  {:7} {operations:>7} operations {lines:>7} lines {notes:>5} notes {:>6} ms {memory:>9}  {}{}\n",
        entry.name,
        entry.version,
        entry.outcome.milliseconds,
        outcome(entry),
        entry.compiled.as_ref().map_or(String::new(), |verdict| compiled(entry, verdict)),
    )
}

/// Describes the outcome of a document in a few words.
pub(super) fn outcome(entry: &Entry) -> String {
    if entry.outcome.client.is_none() {
        let mut rules: Vec<&str> = Vec::new();
        let errors =
            entry.outcome.diagnostics.iter().filter(|one| one.severity() == Severity::Error);
        errors.for_each(|one| rules.push(one.rule.id()));
        rules.dedup();
        return format!("refused: {}", rules.join(", "));
    }
    match entry.left_out() {
        0 => "client".to_owned(),
        number => format!("client, {number} left out"),
    }
}

fn compiled(entry: &Entry, verdict: &Verdict) -> String {
    let (examples, wrong) = entry.examples();
    let (decoded, same) = entry.decoded(verdict);
    let examples = format!("{decoded}/{examples} examples ({same} same, {wrong} wrong)");
    match (verdict.errors, verdict.warnings) {
        (0, 0) => format!(", compiles, {examples}"),
        (errors, warnings) => {
            format!(", {}, {}", count(errors, "error"), count(warnings, "warning"))
        }
    }
}

/// Describes the errors and losses of a client: those in its document, the first error of rustc,
/// and the first failing tests.
fn problems(entry: &Entry) -> String {
    let told: String = entry.told.iter().map(|one| format!("{one}\n")).collect();
    told + &entry.compiled.as_ref().map_or(String::new(), |verdict| failures(entry, verdict))
}

fn failures(entry: &Entry, verdict: &Verdict) -> String {
    let failed = entry.failed(verdict);
    let tests = failed
        .iter()
        .take(MOST_FAILURES)
        .map(|(name, why)| format!("{}: {name}: {why}\n", entry.name));
    let more = failed.len().saturating_sub(MOST_FAILURES);
    let more =
        (more > 0).then(|| format!("{}: {} more\n", entry.name, count(more, "failing test")));
    let first = verdict.first.iter().map(|first| format!("{}: {first}\n", entry.name));
    first.chain(tests).chain(more).collect()
}

/// Counts the notes of each pass and the documents that they are about, the busiest pass first.
fn notes(entries: &[Entry]) -> String {
    let mut passes: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for (pass, notes) in entries
        .iter()
        .filter_map(|entry| entry.outcome.client.as_ref())
        .flat_map(|client| &client.notes)
    {
        let (all, documents) = passes.entry(pass).or_default();
        *all += notes;
        *documents += 1;
    }
    let mut passes: Vec<_> = passes.into_iter().collect();
    passes.sort_by_key(|(_, (all, _))| std::cmp::Reverse(*all));
    let lines = passes.iter().map(|(pass, (all, documents))| {
        format!("{pass:24} {all:>6} notes in {}\n", count(*documents, "document"))
    });
    lines.collect()
}
