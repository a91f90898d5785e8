//! Compares two states of an API.

mod api;
mod body;
mod constraints;
mod found;
mod keywords;
mod left_over;
mod operations;
mod parameters;
mod properties;
mod responses;
mod schemas;
mod security;

use crate::change::{Change, Line};
use crate::rule::Rule;
use crate::state::State;
use found::{Found, Log};

/// Returns the changes between two states of an API: the gravest first, then in the order of the
/// new document.
#[must_use]
pub fn compare(before: &State, after: &State) -> Vec<Change> {
    let mut log = Log::new(&before.api, &after.api);
    api::compare(&mut log);
    operations::compare(&mut log);
    schemas::compare(&mut log);
    left_over::compare(&mut log);
    placed(log.found, before, after)
}

/// Returns the change that a new API is.
#[must_use]
pub fn added(after: &State) -> Change {
    let text = format!("`{}` is new, with {}.", after.api.name, operations::number(&after.api));
    let found = Found::new(Rule::ApiAdded, None, (None, Some("")), text);
    changed(found, &after.api.name, [None, Some(1)])
}

/// Returns the change that the end of an API is.
#[must_use]
pub fn removed(before: &State) -> Change {
    let text = format!("`{}` is gone, with {}.", before.api.name, operations::number(&before.api));
    let found = Found::new(Rule::ApiRemoved, None, (Some(""), None), text);
    changed(found, &before.api.name, [Some(1), None])
}

/// Adds the lines of both documents to what was found.
fn placed(found: Vec<Found>, before: &State, after: &State) -> Vec<Change> {
    let pointers = |of: fn(&Found) -> &Option<String>| -> Vec<String> {
        found.iter().map(|one| of(one).clone().unwrap_or_default()).collect()
    };
    let from = before.lines(&pointers(|one| &one.from));
    let to = after.lines(&pointers(|one| &one.to));
    let lines = from.into_iter().zip(to);
    let mut changes: Vec<Change> = found
        .into_iter()
        .zip(lines)
        .map(|(one, (from, to))| {
            let lines = [one.from.as_ref().map(|_| from), one.to.as_ref().map(|_| to)];
            changed(one, &after.api.name, lines)
        })
        .collect();
    changes.sort_by(|one, other| {
        let gravity = |change: &Change| (change.bump(), change.verdict.deployed);
        let line = |change: &Change| change.to.or(change.from);
        gravity(other).cmp(&gravity(one)).then(line(one).cmp(&line(other)))
    });
    changes
}

fn changed(found: Found, api: &str, [from, to]: [Option<usize>; 2]) -> Change {
    Change {
        rule: found.rule,
        api: api.to_owned(),
        operation: found.operation,
        pointer: found.to.or(found.from).unwrap_or_default(),
        from: from.map(Line),
        to: to.map(Line),
        verdict: found.verdict,
        text: found.text,
        rust_name: found.rust_name,
    }
}
