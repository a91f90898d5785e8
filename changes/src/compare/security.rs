//! Compares security schemes, and the requirements of operations.

use std::mem::discriminant;

use codegen::api::{Direction, Operation, Scheme, SchemeKind};

use super::found::{Log, Place};
use crate::rule::Rule;

/// Compares the security schemes.
pub(super) fn schemes(log: &mut Log<'_>) {
    let (before, after) = (&log.before.schemes, &log.after.schemes);
    let mut paired: Vec<&str> = Vec::new();
    for one in before {
        let other = after.iter().find(|other| other.name == one.name);
        if let Some(other) = other.or_else(|| renamed([before, after], one)) {
            paired.push(&other.name);
            if one.name != other.name {
                log.schemes.insert(one.name.clone(), other.name.clone());
            }
            scheme(log, one, other);
        } else {
            let at = place(one, one);
            log.gone(Rule::SchemeRemoved, &at, format!("{} is gone.", at.name));
        }
    }
    for other in after.iter().filter(|other| !paired.contains(&other.name.as_str())) {
        let at = place(other, other);
        log.new_one(Rule::SchemeAdded, &at, format!("{} is new.", at.name));
    }
}

/// Returns the only new scheme with the facts of one that is gone, if no other is gone with them.
fn renamed<'a>([before, after]: [&'a [Scheme]; 2], one: &Scheme) -> Option<&'a Scheme> {
    let is_in = |name: &str, all: &[Scheme]| all.iter().any(|scheme| scheme.name == name);
    let is_same =
        |other: &&Scheme| other.facts == one.facts && sent_as(&other.kind) == sent_as(&one.kind);
    let gone = before.iter().filter(|other| !is_in(&other.name, after)).filter(is_same).count();
    let mut new = after.iter().filter(|other| !is_in(&other.name, before)).filter(is_same);
    new.next().filter(|_| new.next().is_none() && gone == 1)
}

fn place(before: &Scheme, after: &Scheme) -> Place {
    Place {
        operation: None,
        from: before.pointer.clone(),
        to: after.pointer.clone(),
        name: format!("the security scheme `{}`", before.name),
        direction: Direction::Request,
    }
}

fn scheme(log: &mut Log<'_>, before: &Scheme, after: &Scheme) {
    let Scheme { name: _, pointer: _, rust_name, description, kind, facts } = before;
    let at = place(before, after);
    let name = &at.name;
    if *rust_name != after.rust_name {
        let text = format!("The credential `{rust_name}` is called `{}`.", after.rust_name);
        log.both(Rule::SchemeRenamed, &at, text);
    }
    let is_other_kind = match (kind, &after.kind) {
        (SchemeKind::Basic { .. }, SchemeKind::Basic { .. }) => false,
        (SchemeKind::Basic { .. }, _) | (_, SchemeKind::Basic { .. }) => true,
        _ => false,
    };
    if is_other_kind {
        log.both(Rule::SchemeKind, &at, format!("{name} takes a credential of another kind."));
    } else if let (SchemeKind::Basic { .. }, [one, other]) =
        (kind, [kind, &after.kind].map(sent_as))
    {
        basic(log, [one, other], *facts != after.facts, &at);
    } else if sent_as(kind) != sent_as(&after.kind)
        || discriminant(kind) != discriminant(&after.kind)
    {
        let text = format!("The credential of {name} is sent in another way.");
        log.both(Rule::SchemeSentElsewhere, &at, text);
    } else if *facts != after.facts {
        log.both(Rule::SchemeFacts, &at, format!("Other facts of {name} are stated."));
    }
    log.words(description, &after.description, &at);
}

/// Compares the names of the parts of a basic credential.
fn basic(log: &mut Log<'_>, [before, after]: [[&str; 2]; 2], has_other_facts: bool, at: &Place) {
    let name = &at.name;
    if before == [after[1], after[0]] && before != after {
        log.both(Rule::ArgumentsSwapped, at, format!("The two parts of {name} change places."));
    } else if before != after || has_other_facts {
        log.both(Rule::SchemeFacts, at, format!("The parts of {name} are stated otherwise."));
    }
}

/// Returns the header, the prefix or the name of a credential in a request.
fn sent_as(kind: &SchemeKind) -> [&str; 2] {
    match kind {
        SchemeKind::Basic { user_id, password } => [user_id, password],
        SchemeKind::Token { header, prefix } => [header, prefix],
        SchemeKind::QueryKey(name) | SchemeKind::CookieKey(name) => [name, ""],
    }
}

type Alternative = Vec<(String, Vec<String>)>;

fn names(alternative: &Alternative) -> Vec<&str> {
    let mut names: Vec<&str> = alternative.iter().map(|(name, _)| name.as_str()).collect();
    names.sort_unstable();
    names
}

fn words(alternative: &Alternative) -> String {
    let names: Vec<String> = alternative.iter().map(|(name, _)| format!("`{name}`")).collect();
    names.join(" and ")
}

/// Compares the requirements of an operation.
pub(super) fn requirements(log: &mut Log<'_>, before: &Operation, after: &Operation, at: &Place) {
    let old: Vec<Alternative> =
        before.security.iter().map(|one| with_new_names(log, one)).collect();
    let (old, new) = (&old, &after.security);
    if old == new {
        return;
    }
    let count = log.found.len();
    let is_open =
        |security: &[Alternative]| security.is_empty() || security.iter().any(Vec::is_empty);
    let method = &at.name;
    match (is_open(old), is_open(new)) {
        (true, false) => {
            return log.both(Rule::SecurityRequired, at, format!("{method} needs a credential."));
        }
        (false, true) => {
            return log.both(Rule::SecurityDropped, at, format!("{method} needs no credential."));
        }
        _ => {}
    }
    for one in old {
        match new.iter().find(|other| names(other) == names(one)) {
            Some(other) => scopes(log, one, other, at),
            None => {
                let text = format!("{method} no longer accepts {}.", words(one));
                log.both(Rule::SecurityAlternativeRemoved, at, text);
            }
        }
    }
    for other in new.iter().filter(|other| old.iter().all(|one| names(one) != names(other))) {
        let text = format!("{method} also accepts {}.", words(other));
        log.both(Rule::SecurityAlternativeAdded, at, text);
    }
    if log.found.len() == count {
        let text = format!("The order of the credentials of {method} is another.");
        log.both(Rule::SecurityOrder, at, text);
    }
}

/// Returns an alternative of the old document with the names that its schemes have now.
fn with_new_names(log: &Log<'_>, alternative: &Alternative) -> Alternative {
    let new_name = |name: &String| log.schemes.get(name).unwrap_or(name).clone();
    alternative.iter().map(|(name, scopes)| (new_name(name), scopes.clone())).collect()
}

fn scopes(log: &mut Log<'_>, before: &Alternative, after: &Alternative, at: &Place) {
    for (scheme, old) in before {
        let Some((_, new)) = after.iter().find(|(name, _)| name == scheme) else { continue };
        let listed = |some: &[String], others: &[String]| {
            let one = some.iter().filter(|scope| !others.contains(scope));
            one.map(|scope| format!("`{scope}`")).collect::<Vec<_>>().join(", ")
        };
        let (gone, added) = (listed(old, new), listed(new, old));
        if !added.is_empty() {
            let text = format!("{} needs the scope {added} of `{scheme}`.", at.name);
            log.both(Rule::ScopesAdded, at, text);
        }
        if !gone.is_empty() {
            let text = format!("{} no longer needs the scope {gone} of `{scheme}`.", at.name);
            log.both(Rule::ScopesRemoved, at, text);
        }
    }
}
