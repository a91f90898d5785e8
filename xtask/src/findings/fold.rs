//! Selects and sorts the findings of a document that are shown.

use std::collections::BTreeMap;

use openapi::diagnostic::Diagnostic;
use openapi::report;
use openapi::rule::Rule;
use openapi::source::SpecSource;

use super::Extent;

/// The number of findings of a rule that are shown of each document.
const MOST_OF_A_RULE: usize = 3;

/// The number of those about what a client lacks: each is about something else.
const MOST_LOSSES: usize = 50;

/// A line or block of a report.
#[derive(Debug)]
pub(super) enum Shown<'d> {
    /// A finding, with its line and column.
    Finding(&'d Diagnostic, (usize, usize)),
    /// The number of further findings of the same rule.
    More(Rule, usize),
}

/// Returns the findings of a document in the order of its lines, a few of each rule. Placeholders
/// are shown all: they are the work that is left, and take a line each.
pub(super) fn fold<'d>(
    source: &SpecSource,
    mut diagnostics: Vec<&'d Diagnostic>,
    extent: Extent,
) -> Vec<Shown<'d>> {
    let positions = report::positions(source, &diagnostics);
    let mut placed: Vec<_> = positions.into_iter().zip(diagnostics.drain(..)).collect();
    placed.sort_by_key(|(position, _)| *position);
    let is_folded = |rule: Rule| extent != Extent::All && rule != Rule::Placeholder;
    let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
    placed.iter().for_each(|(_, one)| *numbers.entry(one.rule.id()).or_default() += 1);
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    let mut shown = Vec::new();
    for (position, diagnostic) in placed {
        let rule = diagnostic.rule;
        let seen = seen.entry(rule.id()).or_default();
        *seen += 1;
        let most = most_of(rule);
        if *seen <= most || !is_folded(rule) {
            shown.push(Shown::Finding(diagnostic, position));
        }
        let more = numbers[rule.id()] - *seen;
        if *seen == most && more > 0 && is_folded(rule) {
            shown.push(Shown::More(rule, more));
        }
    }
    shown
}

fn most_of(rule: Rule) -> usize {
    match rule {
        Rule::LossyRepair
        | Rule::MissingFile
        | Rule::NoSuccessResponse
        | Rule::OperationLeftOut => MOST_LOSSES,
        _ => MOST_OF_A_RULE,
    }
}
