//! Compares the specs of two states that have the same name.

use std::collections::BTreeMap;

use changes::{Change, State, added, compare as compare_states, removed};
use openapi::Findings;
use openapi::diagnostic::Diagnostic;
use openapi::policy::Policy;
use openapi::source::SpecSource;

/// The outcome of a comparison of two documents.
pub(super) enum Compared {
    /// The changes.
    Changes(Vec<Change>),
    /// The number of the document that no client can be made of, with what is wrong with it.
    Refused(usize, Vec<Diagnostic>),
}

/// Compares the specs of two states; those that are named, or all.
///
/// # Errors
/// Returns the findings in a spec that no client can be made of.
pub(super) fn compare(
    named: &[String],
    from: Vec<SpecSource>,
    to: Vec<SpecSource>,
) -> Result<Vec<Change>, Findings> {
    let by_name = |sources: Vec<SpecSource>| -> BTreeMap<String, SpecSource> {
        let sources = sources.into_iter().map(|source| (source.stem().to_owned(), source));
        sources.filter(|(name, _)| named.is_empty() || named.contains(name)).collect()
    };
    let (from, mut to) = (by_name(from), by_name(to));
    let mut changes = Vec::new();
    for (name, before) in from {
        let Some(after) = to.remove(&name) else {
            changes.push(removed(&old(before)?));
            continue;
        };
        if before.text != after.text {
            changes.extend(compare_states(&old(before)?, &State::read(after, Policy::Refuse)?));
        }
    }
    for after in to.into_values() {
        changes.push(added(&State::read(after, Policy::Refuse)?));
    }
    Ok(changes)
}

/// Reads an old spec, which may not follow the rules of today.
fn old(source: SpecSource) -> Result<State, Findings> {
    State::read(source.clone(), Policy::Refuse).or_else(|_| State::read(source, Policy::Repair))
}

/// Compares two documents.
pub(super) fn documents([before, after]: [SpecSource; 2], policy: Policy) -> Compared {
    let before = match State::read(before, policy) {
        Ok(before) => before,
        Err(found) => return Compared::Refused(0, found.diagnostics),
    };
    match State::read(after, policy) {
        Ok(after) => Compared::Changes(compare_states(&before, &after)),
        Err(found) => Compared::Refused(1, found.diagnostics),
    }
}
