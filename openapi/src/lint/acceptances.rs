//! Findings that a spec accepts, with a reason: `x-lint-ignore: {rule: reason}`.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::diagnostic::{Diagnostic, Location, Subject};
use crate::extensions::ACCEPTANCES;
use crate::object::Object;
use crate::objects;
use crate::objects::{Kind, Shape};
use crate::pointer;
use crate::rule::Rule;
use crate::words::{PLACEHOLDER, quote};

/// The acceptance of a rule's findings about an object.
struct Acceptance {
    /// The JSON pointer to the object.
    object: String,
    kind: Kind,
    rule: Rule,
}

/// Removes accepted findings, and reports malformed acceptances. Unused acceptances are reported
/// only if the findings are `complete`: while a spec is refused, it is unknown whether they are
/// used.
pub(super) fn apply(root: &Value, mut found: Vec<Diagnostic>, complete: bool) -> Vec<Diagnostic> {
    let mut bad = Vec::new();
    let acceptances = read(root, &mut bad);
    let mut used = BTreeSet::new();
    found.retain(|diagnostic| {
        let accepting = acceptances.iter().position(|acceptance| acceptance.covers(diagnostic));
        used.extend(accepting);
        accepting.is_none()
    });
    found.append(&mut bad);
    let unused =
        acceptances.iter().enumerate().filter(|(index, _)| complete && !used.contains(index));
    found.extend(unused.map(|(_, acceptance)| acceptance.unused()));
    found
}

fn read(root: &Value, bad: &mut Vec<Diagnostic>) -> Vec<Acceptance> {
    let mut acceptances = Vec::new();
    for node in objects::list(root) {
        let Some(value) = node.keyword(ACCEPTANCES) else { continue };
        let member = node.member(ACCEPTANCES);
        let Value::Object(entries) = value else {
            bad.push(malformed(
                member,
                "`x-lint-ignore` must be an object that maps rules to reasons.",
            ));
            continue;
        };
        for (id, reason) in entries {
            let entry = pointer::child(&member, id);
            let has_reason =
                reason.as_str().is_some_and(|reason| reason.contains(char::is_alphabetic));
            match Rule::by_id(id) {
                None => bad.push(unknown(entry, id)),
                Some(rule) if !rule.is_acceptable() => bad.push(refused(entry, rule)),
                Some(_) if !has_reason => {
                    bad.push(malformed(entry, "This acceptance gives no reason."))
                }
                Some(rule) => acceptances.push(Acceptance {
                    object: node.pointer.clone(),
                    kind: node.kind,
                    rule,
                }),
            }
        }
    }
    acceptances
}

impl Acceptance {
    /// Returns true if the finding is one of the rule, about the object, about a keyword of it, or
    /// within a keyword that holds data.
    fn covers(&self, diagnostic: &Diagnostic) -> bool {
        let at = diagnostic.location.pointer().and_then(|at| at.strip_prefix(&self.object));
        let is_covered = at.is_some_and(|inside| {
            match inside.strip_prefix('/').map(|inside| inside.split_once('/')) {
                None => inside.is_empty(),
                Some(None) => true,
                Some(Some((member, _))) => {
                    matches!(
                        self.kind.shape(member),
                        Some(Shape::Any | Shape::AnyArray | Shape::AnyMap)
                    )
                }
            }
        });
        self.rule == diagnostic.rule && is_covered
    }

    fn unused(&self) -> Diagnostic {
        let member = pointer::child(&self.object, ACCEPTANCES);
        Diagnostic {
            rule: Rule::UnusedAcceptance,
            subject: Subject::Name(self.rule.to_string()),
            location: Location::Key(pointer::child(&member, self.rule.id())),
            what: format!("There is nothing to accept: `{}` reports nothing here.", self.rule),
            why: "It would hide a later finding that nobody has reviewed.".into(),
            help: "Remove it, or move it to the object that the finding names.".into(),
        }
    }
}

fn malformed(pointer: String, what: &str) -> Diagnostic {
    Diagnostic {
        rule: Rule::BadAcceptance,
        subject: Subject::Node,
        location: Location::Key(pointer),
        what: what.into(),
        why: "Later readers of the spec must know why the finding is acceptable.".into(),
        help: format!(
            "Write `{ACCEPTANCES}: {{rule: {PLACEHOLDER} the reason in a sentence}}` in your own words."
        ),
    }
}

fn unknown(pointer: String, id: &str) -> Diagnostic {
    let list = || "`cargo xtask explain` lists the rules.".to_owned();
    Diagnostic {
        rule: Rule::BadAcceptance,
        subject: Subject::Name(id.to_owned()),
        location: Location::Key(pointer),
        what: format!("There is no rule {}.", quote(id)),
        why: "The acceptance has no effect.".into(),
        help: Rule::nearest(id).map_or_else(list, |rule| format!("Did you mean `{rule}`?")),
    }
}

fn refused(pointer: String, rule: Rule) -> Diagnostic {
    Diagnostic {
        rule: Rule::BadAcceptance,
        subject: Subject::Name(rule.to_string()),
        location: Location::Key(pointer),
        what: format!("Findings of `{rule}` cannot be accepted."),
        why: "No correct client can be generated until they are fixed.".into(),
        help: "Fix what the rule reports.".into(),
    }
}
