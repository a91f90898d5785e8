//! Prints what was found in specs: for people, for programs, and for annotations on GitHub.

use clap::ValueEnum;
use codegen::Findings;
use codegen::report::{self, Style};
use codegen::rule::Severity;

use crate::io::messages;

/// How findings are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// With the lines that they are about, as rustc does.
    Human,
    /// A JSON array with an object for each.
    Json,
    /// Workflow commands, which GitHub shows as annotations.
    Github,
}

/// The findings of all specs as one text.
pub fn render(findings: &[Findings], format: Format, style: Style) -> String {
    match format {
        Format::Human => {
            let reports = findings.iter().map(|found| report::render(&found.source, &found.diagnostics, style));
            reports.map(|report| report + "\n").collect()
        }
        Format::Json => {
            let all = findings.iter().flat_map(|found| report::render_json(&found.source, &found.diagnostics));
            format!("{:#}\n", all.collect::<serde_json::Value>())
        }
        Format::Github => {
            findings.iter().map(|found| report::render_github(&found.source, &found.diagnostics)).collect()
        }
    }
}

/// Prints findings for people on standard error.
pub fn report(found: &[Findings]) {
    let style = if messages::colored() { Style::Colored } else { Style::Plain };
    anstream::eprint!("{}", render(found, Format::Human, style));
}

/// How many there are of a severity.
pub fn number(findings: &[Findings], severity: Severity) -> usize {
    findings.iter().flat_map(|found| &found.diagnostics).filter(|one| one.severity() == severity).count()
}

/// How many errors and warnings there are, in words.
pub fn summary(findings: &[Findings]) -> String {
    let (errors, warnings) = (number(findings, Severity::Error), number(findings, Severity::Warning));
    match (errors, warnings) {
        (0, 0) => "no findings".to_owned(),
        (0, _) => count(warnings, "warning"),
        (_, 0) => count(errors, "error"),
        _ => format!("{}, {}", count(errors, "error"), count(warnings, "warning")),
    }
}

/// What there is to add to the number of findings: that there may be others behind them.
pub fn outlook(findings: &[Findings]) -> &'static str {
    let mut all = findings.iter().flat_map(|found| &found.diagnostics);
    if all.any(|one| one.rule.hides_others()) { "; more may be found once these are corrected" } else { "" }
}

/// A number of things.
pub fn count(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}
