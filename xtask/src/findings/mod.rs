//! Prints findings: for people, for programs, and for annotations on GitHub.

mod fold;
mod human;

use clap::{Args, ValueEnum};
use openapi::Findings;
use openapi::report::{self, Coloring};
use openapi::rule::Severity;

use crate::io::messages::{self, Stream};

pub(crate) use human::lines;

/// The format of findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// With the lines that they are about, as rustc does.
    Human,
    /// A JSON array with an object for each.
    Json,
    /// Workflow commands, which GitHub shows as annotations.
    Github,
}

/// The option that shows every finding.
#[derive(Args, Clone, Copy, Debug, Default)]
pub(crate) struct All {
    /// Show all findings in full, however many there are of a rule.
    #[arg(long)]
    all: bool,
}

impl All {
    /// Returns the extent for a command that can be run again with `--all`.
    pub(crate) fn extent(self) -> Extent {
        self.extent_or("--all")
    }

    /// Returns the extent for a command of which `more` shows the rest.
    pub(crate) fn extent_or(self, more: &'static str) -> Extent {
        if self.all { Extent::All } else { Extent::Few { more } }
    }
}

/// The command that shows all findings in specs.
pub(crate) const LINT_ALL: &str = "cargo xtask lint --all";

/// The part of the findings that people are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Extent {
    /// Each in full.
    All,
    /// A few of each rule, and placeholders in a line each.
    Few {
        /// The option or command that shows the others.
        more: &'static str,
    },
}

/// Renders the findings of all specs as one report.
pub(crate) fn render(
    found: &[Findings],
    format: Format,
    extent: Extent,
    coloring: Coloring,
) -> String {
    match format {
        Format::Human => human::render(found, extent, coloring),
        Format::Json => {
            let all = found
                .iter()
                .flat_map(|found| report::render_json(&found.source, &found.diagnostics));
            format!("{:#}\n", all.collect::<serde_json::Value>())
        }
        Format::Github => found
            .iter()
            .map(|found| report::render_github(&found.source, &found.diagnostics))
            .collect(),
    }
}

/// Prints findings for people on standard error.
pub(crate) fn print_error(found: &[Findings], extent: Extent) {
    anstream::eprint!(
        "{}",
        render(found, Format::Human, extent, messages::coloring(Stream::Error))
    );
}

/// Prints findings for people on standard output.
pub(crate) fn print(found: &[Findings], extent: Extent) {
    messages::print(&render(found, Format::Human, extent, messages::coloring(Stream::Output)));
}

/// Counts the findings of a severity.
pub(crate) fn number(findings: &[Findings], severity: Severity) -> usize {
    findings
        .iter()
        .flat_map(|found| &found.diagnostics)
        .filter(|one| one.severity() == severity)
        .count()
}

/// Returns the number of errors and warnings in words.
pub(crate) fn summary(findings: &[Findings]) -> String {
    let (errors, warnings) =
        (number(findings, Severity::Error), number(findings, Severity::Warning));
    match (errors, warnings) {
        (0, 0) => "no findings".to_owned(),
        (0, _) => count(warnings, "warning"),
        (_, 0) => count(errors, "error"),
        _ => format!("{}, {}", count(errors, "error"), count(warnings, "warning")),
    }
}

/// Returns the warning that there may be more findings behind these, if so.
pub(crate) fn outlook(findings: &[Findings]) -> &'static str {
    let mut all = findings.iter().flat_map(|found| &found.diagnostics);
    if all.any(|one| one.rule.hides_others()) {
        "; more may be found once these are corrected"
    } else {
        ""
    }
}

/// Returns a number with its noun.
pub(crate) fn count(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}
