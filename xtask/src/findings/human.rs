//! Findings for people: errors before warnings, a few of each rule, and placeholders as a list.

use anstyle::{AnsiColor, Style};
use openapi::Findings;
use openapi::diagnostic::Diagnostic;
use openapi::report::{self, Coloring};
use openapi::rule::{Rule, Severity};
use openapi::source::SpecSource;

use super::Extent;
use super::fold::{Shown, fold};
use crate::io::messages::printable;

/// Renders the report on all documents.
pub(super) fn render(found: &[Findings], extent: Extent, coloring: Coloring) -> String {
    let of_all = |severity| {
        found.iter().map(move |found| render_document(found, severity, extent, coloring))
    };
    of_all(Severity::Error).chain(of_all(Severity::Warning)).collect()
}

/// Renders the findings of a severity in a line each, without the lines of the document.
pub(crate) fn lines(found: &Findings, severity: Severity, extent: Extent) -> Vec<String> {
    let shown = fold(&found.source, of_severity(found, severity), extent);
    shown.iter().map(|shown| line(&found.source, shown, extent)).collect()
}

fn of_severity(found: &Findings, severity: Severity) -> Vec<&Diagnostic> {
    found.diagnostics.iter().filter(|one| one.severity() == severity).collect()
}

fn render_document(
    found: &Findings,
    severity: Severity,
    extent: Extent,
    coloring: Coloring,
) -> String {
    let shown = fold(&found.source, of_severity(found, severity), extent);
    let is_listed = |one: &Diagnostic| one.rule == Rule::Placeholder && extent != Extent::All;
    let (mut listed, mut in_full, mut report) = (Vec::new(), Vec::new(), String::new());
    for one in &shown {
        match one {
            Shown::Finding(one, _) if !is_listed(one) => in_full.push(*one),
            Shown::Finding(one, position) => listed.push((*one, *position)),
            Shown::More(..) => {}
        }
    }
    let mut blocks = report::render_each(&found.source, &in_full, coloring).into_iter();
    for one in &shown {
        match one {
            Shown::Finding(one, _) if !is_listed(one) => {
                report.extend(blocks.next().map(|block| block + "\n\n"))
            }
            Shown::Finding(..) => {}
            Shown::More(rule, number) => {
                let head = head(*rule, coloring);
                report.push_str(&format!(
                    "{head}: {}\n\n",
                    more(*number, &found.source.path, extent)
                ));
            }
        }
    }
    report + &list(&found.source, &listed, coloring)
}

/// Renders the placeholders: a line for each, and the remedy for all of them.
fn list(
    source: &SpecSource,
    listed: &[(&Diagnostic, (usize, usize))],
    coloring: Coloring,
) -> String {
    let Some((first, _)) = listed.first() else { return String::new() };
    let line = |(one, (line, column)): &(&Diagnostic, (usize, usize))| {
        let place = format!("{}:{line}:{column}", printable(&source.path));
        format!("{}: {place}: {}\n", head(one.rule, coloring), printable(&one.what))
    };
    let lines: String = listed.iter().map(line).collect();
    format!("{lines}  = help: {}\n\n", printable(&first.help))
}

/// Returns the severity and the rule, as a prefix of a finding.
fn head(rule: Rule, coloring: Coloring) -> String {
    let text = format!("{}[{rule}]", rule.severity().name());
    let color = match rule.severity() {
        Severity::Error => AnsiColor::BrightRed,
        Severity::Warning => AnsiColor::Yellow,
    };
    let bold = match coloring {
        Coloring::Colored => color.on_default().bold(),
        Coloring::Plain => Style::new(),
    };
    format!("{bold}{text}{bold:#}")
}

fn line(source: &SpecSource, shown: &Shown<'_>, extent: Extent) -> String {
    match shown {
        Shown::Finding(one, (line, column)) => {
            let pointer = one.location.pointer().filter(|pointer| !pointer.is_empty());
            let pointer = pointer.map_or_else(String::new, |pointer| format!("{pointer}: "));
            printable(&format!("{}:{line}:{column}: {pointer}{}", source.path, one.what))
        }
        Shown::More(rule, number) => {
            printable(&format!("{rule}: {}", more(*number, &source.path, extent)))
        }
    }
}

fn more(number: usize, path: &str, extent: Extent) -> String {
    let path = printable(path);
    match extent {
        Extent::All => format!("and {number} more like it in {path}"),
        Extent::Few { more } => format!("and {number} more like it in {path}: `{more}`"),
    }
}
