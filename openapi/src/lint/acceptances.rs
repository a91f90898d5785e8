//! Findings that a spec accepts at their place, with a reason: `x-lint-ignore: {rule: reason}`.

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

/// A finding that an object of the spec accepts.
struct Acceptance {
    /// Pointer of the object.
    object: String,
    kind: Kind,
    rule: Rule,
}

/// Takes out of `found` what the spec accepts, and reports acceptances that are malformed. Those that accept nothing are
/// reported if the findings are `complete`: where a spec is refused half-way, it cannot be known.
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
    let unused = acceptances.iter().enumerate().filter(|(index, _)| complete && !used.contains(index));
    found.extend(unused.map(|(_, acceptance)| acceptance.unused()));
    found
}

fn read(root: &Value, bad: &mut Vec<Diagnostic>) -> Vec<Acceptance> {
    let mut acceptances = Vec::new();
    for node in objects::list(root) {
        let Some(value) = node.keyword(ACCEPTANCES) else { continue };
        let member = node.member(ACCEPTANCES);
        let Value::Object(entries) = value else {
            bad.push(malformed(member, "This is no mapping of rules to reasons."));
            continue;
        };
        for (id, reason) in entries {
            let entry = pointer::child(&member, id);
            let has_reason = reason.as_str().is_some_and(|reason| reason.contains(char::is_alphabetic));
            match Rule::by_id(id) {
                None => bad.push(unknown(entry, id)),
                Some(rule) if !rule.is_acceptable() => bad.push(refused(entry, rule)),
                Some(_) if !has_reason => bad.push(malformed(entry, "This acceptance has no reason.")),
                Some(rule) => acceptances.push(Acceptance { object: node.pointer.clone(), kind: node.kind, rule }),
            }
        }
    }
    acceptances
}

impl Acceptance {
    /// Whether it is about this finding: one of the rule, at the object, at a member of it, or in a member that is data.
    fn covers(&self, diagnostic: &Diagnostic) -> bool {
        let at = diagnostic.location.pointer().and_then(|at| at.strip_prefix(&self.object));
        let is_covered = at.is_some_and(|inside| match inside.strip_prefix('/').map(|inside| inside.split_once('/')) {
            None => inside.is_empty(),
            Some(None) => true,
            Some(Some((member, _))) => {
                matches!(self.kind.shape(member), Some(Shape::Any | Shape::AnyList | Shape::AnyMap))
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
            what: format!("There is nothing to accept: `{}` finds nothing here.", self.rule),
            why: "It would hide a finding that nobody has looked at, should there be one later.".into(),
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
        why: "Whoever reads the spec later must know why the finding is all right.".into(),
        help: format!(
            "Write `{ACCEPTANCES}: {{rule: {PLACEHOLDER} the reason in a sentence}}`, with words of your own."
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
        why: "It accepts nothing.".into(),
        help: Rule::nearest(id).map_or_else(list, |rule| format!("Did you mean `{rule}`?")),
    }
}

fn refused(pointer: String, rule: Rule) -> Diagnostic {
    Diagnostic {
        rule: Rule::BadAcceptance,
        subject: Subject::Name(rule.to_string()),
        location: Location::Key(pointer),
        what: format!("`{rule}` cannot be accepted."),
        why: "No correct client can be generated while it finds something.".into(),
        help: "Correct what it finds.".into(),
    }
}
