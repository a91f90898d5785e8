//! Renders changes as an entry of a changelog.

use std::fmt::Write as _;

use super::human::sentence;
use crate::bump::Bump;
use crate::change::Change;
use crate::rule::{Effect, Source};

/// The headings of an entry, in their order.
const HEADINGS: [&str; 4] = ["Breaking", "Behaviour", "Added", "Changed"];

/// Renders the entry of a changelog: what breaks comes first, and each API has its own part.
/// Changes of documentation alone are left out.
#[must_use]
pub fn render(changes: &[Change]) -> String {
    let mut text = String::new();
    for heading in HEADINGS {
        let mut lines: Vec<String> = Vec::new();
        let listed = changes.iter().filter(|change| change.bump() != Bump::None);
        for change in listed.filter(|change| heading_of(change) == heading) {
            let line = line(change);
            if !lines.contains(&line) {
                lines.push(line);
            }
        }
        if !lines.is_empty() {
            let _ = write!(text, "### {heading}\n\n{}\n", lines.concat());
        }
    }
    text
}

fn heading_of(change: &Change) -> &'static str {
    match (change.verdict.source, change.verdict.effect) {
        (Source::Breaks, _) | (_, Effect::Silent(_)) => HEADINGS[0],
        (_, Effect::Behaviour(_)) => HEADINGS[1],
        (_, Effect::Added) => HEADINGS[2],
        _ => HEADINGS[3],
    }
}

fn line(change: &Change) -> String {
    let behaviour = change.verdict.behaviour().map(|words| format!(" {words}"));
    format!("- `{}`: {}{}\n", change.api, sentence(&change.text), behaviour.unwrap_or_default())
}
