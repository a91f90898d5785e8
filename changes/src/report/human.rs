//! Renders changes for people.

use std::fmt::Write as _;

use crate::bump::{Bump, required};
use crate::change::{Change, Line};
use crate::rule::{Deployed, Rule, Source};
use crate::version::Version;

/// Renders each change with what it means, and the required bump. Changes of documentation alone
/// are counted.
#[must_use]
pub fn render(changes: &[Change], version: Option<Version>) -> String {
    let (words, shown): (Vec<&Change>, Vec<&Change>) =
        changes.iter().partition(|change| change.bump() == Bump::None);
    let mut text = String::new();
    for change in shown {
        let _ = writeln!(text, "{}", one(change));
    }
    if !words.is_empty() {
        let _ = writeln!(text, "{} of documentation alone\n", count(words.len(), "change"));
    }
    text + &summary(changes, version)
}

fn one(change: &Change) -> String {
    let Change { rule, api, from, to, verdict, text, rust_name, .. } = change;
    let line = |line: &Option<Line>| line.map_or("-".to_owned(), |Line(line)| line.to_string());
    let mut shown = format!("[{rule}] {}\n", sentence(text));
    let _ = writeln!(shown, "  {api}: line {} -> line {}", line(from), line(to));
    let _ = writeln!(
        shown,
        "  deployed: {}, source: {}: {}",
        verdict.deployed.name(),
        verdict.source.name(),
        verdict.why
    );
    if let Some(behaviour) = verdict.behaviour() {
        let _ = writeln!(shown, "  behaviour: {behaviour}");
    }
    if let Some(name) = rust_name {
        let _ = writeln!(shown, "  `x-rust-name: {name}` keeps the name in Rust");
    }
    shown
}

/// Returns a text with a capital letter at its start.
pub(super) fn sentence(text: &str) -> String {
    let mut characters = text.chars();
    let first = characters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(characters).collect()
}

/// Renders the numbers of changes by what they mean and the required bump, in three lines.
#[must_use]
pub fn summary(changes: &[Change], version: Option<Version>) -> String {
    let number =
        |is_one: &dyn Fn(&Change) -> bool| changes.iter().filter(|one| is_one(one)).count();
    let deployed = |fate| number(&|one: &Change| one.verdict.deployed == fate);
    let source = |fate| number(&|one: &Change| one.verdict.source == fate);
    let bump = required(changes);
    let version = version.filter(|_| bump != Bump::None);
    let next = version.map_or_else(String::new, |version| {
        let rule = if version.is_initial() { ", by the rules before 1.0" } else { "" };
        format!(": from {version} to {}{rule}", bump.next(version))
    });
    format!(
        "deployed programs: {} break, {} limit\nsource: {} break, {} warn; {}; {} without a rule\nbump: {bump}{next}\n",
        deployed(Deployed::Breaks),
        deployed(Deployed::Limits),
        source(Source::Breaks),
        source(Source::Warns),
        count(number(&|one| one.verdict.behaviour().is_some()), "other behaviour"),
        number(&|one| one.rule == Rule::Other),
    )
}

fn count(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}
