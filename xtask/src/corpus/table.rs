//! The table of what became of documents: with all figures for a terminal, and without what changes from run to run for a
//! report.

use codegen::rule::Severity;

use super::{Entry, compile::Verdict};

/// A line for each document, and the first error of those that are not good.
pub fn terminal(entries: &[Entry]) -> String {
    let widest = entries.iter().map(|entry| entry.name.chars().count()).max().unwrap_or_default();
    let mut table = String::new();
    for entry in entries {
        let (operations, lines, notes) = figures(entry);
        let memory = entry.outcome.memory.map_or(String::new(), |memory| format!("{} MiB", memory / 1024));
        table.push_str(&format!(
            "{:widest$}  {:7} {operations:>5} operations {lines:>7} lines {notes:>5} notes {:>6} ms {memory:>9}  {}\n",
            entry.name,
            entry.version,
            entry.outcome.milliseconds,
            outcome(entry),
        ));
    }
    table
}

fn figures(entry: &Entry) -> (usize, usize, usize) {
    let client = entry.outcome.client.as_ref();
    client.map_or((0, 0, 0), |client| (client.operations, client.lines, client.notes.values().sum()))
}

/// The report.
pub fn markdown(entries: &[Entry]) -> String {
    let good = entries.iter().filter(|entry| entry.is_good()).count();
    let mut report = format!(
        "# Documents of other vendors\n\nWhat `cargo xtask corpus` makes of documents as vendors publish them: a client is \
         made of {good} of {}.\n\n| document | OpenAPI | operations | outcome |\n|---|---|---:|---|\n",
        entries.len(),
    );
    for entry in entries {
        let (operations, ..) = figures(entry);
        report.push_str(&format!("| {} | {} | {operations} | {} |\n", entry.name, entry.version, outcome(entry)));
    }
    report
}

/// What became of a document, in a few words.
fn outcome(entry: &Entry) -> String {
    if entry.outcome.client.is_none() {
        let mut rules: Vec<&str> = Vec::new();
        let errors = entry.outcome.diagnostics.iter().filter(|one| one.severity() == Severity::Error);
        errors.for_each(|one| rules.push(one.rule.id()));
        rules.dedup();
        return format!("refused: {}", rules.join(", "));
    }
    let left_out = match entry.left_out() {
        0 => String::new(),
        number => format!(", {number} left out"),
    };
    match &entry.compiled {
        None => format!("client{left_out}"),
        Some(verdict) if verdict.is_good() => format!("compiles{left_out}"),
        Some(Verdict { errors, warnings, first }) => {
            let first = first.as_deref().unwrap_or_default();
            format!("{errors} errors, {warnings} warnings{left_out}: {first}")
        }
    }
}
