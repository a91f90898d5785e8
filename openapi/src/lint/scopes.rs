//! Scopes that operations require and that no flow defines.

use std::collections::BTreeSet;

use serde_json::Value;

use super::view::View;
use crate::diagnostic::{Diagnostic, Location, Subject};
use crate::load::Document;
use crate::object::Object;
use crate::objects::Kind;
use crate::objects::Node;
use crate::pointer;
use crate::rule::Rule;
use crate::words::{nearest, one_of, quote};

/// The largest number of scopes that a finding lists.
const LONGEST_LIST: usize = 10;

/// Reports scopes that their scheme does not define, and scopes of schemes that cannot have any.
/// Nothing is known of the scopes of a scheme that a repair has made up.
pub(super) fn check(view: &View<'_>, document: &Document, found: &mut Vec<Diagnostic>) {
    let lost = document.diagnostics.iter().filter(|one| one.rule == Rule::LossyRepair);
    let lost: BTreeSet<&str> = lost.filter_map(|one| one.location.pointer()).collect();
    for requirement in view.all(Kind::SecurityRequirement) {
        for (name, asked) in requirement.members {
            let asked: Vec<&str> =
                asked.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
            let at = pointer::child("/components/securitySchemes", name);
            let is_about_scheme =
                |lost: &&str| lost.strip_prefix(at.as_str()).is_some_and(is_inside);
            if lost.contains(requirement.member(name).as_str()) || lost.iter().any(is_about_scheme)
            {
                continue;
            }
            let scheme = view.at(&at);
            let Some(scheme) =
                scheme.map(|scheme| view.target(scheme)).filter(|_| !asked.is_empty())
            else {
                continue;
            };
            match scheme.string("type") {
                Some("oauth2") => undefined(view, requirement, name, &asked, scheme, found),
                Some(ty @ ("apiKey" | "http")) => found.push(finding(
                    Location::Key(requirement.member(name)),
                    format!(
                        "The security scheme {} has the type `{ty}`, which has no scopes.",
                        quote(name)
                    ),
                    "Write `[]`, and name the required permissions in a description.".into(),
                )),
                _ => {}
            }
        }
    }
}

/// Returns true if the rest of a pointer leads to the node itself, or to something in it.
fn is_inside(rest: &str) -> bool {
    rest.is_empty() || rest.starts_with('/')
}

fn undefined(
    view: &View<'_>,
    requirement: &Node<'_>,
    name: &str,
    asked: &[&str],
    scheme: &Node<'_>,
    found: &mut Vec<Diagnostic>,
) {
    let flows = view.under(scheme, "flows").flat_map(|flows| view.held(flows));
    let scopes = flows.flat_map(|flow| flow.entries("scopes"));
    let defined: BTreeSet<&str> = scopes.map(|(scope, _)| scope.as_str()).collect();
    for (index, scope) in asked.iter().enumerate().filter(|(_, scope)| !defined.contains(*scope)) {
        let known: Vec<&str> = defined.iter().copied().collect();
        let help = match nearest(scope, known.iter().copied()) {
            Some(meant) => format!("Did you mean {}?", quote(meant)),
            None if known.is_empty() || known.len() > LONGEST_LIST => {
                "Add it to the `scopes` of the flow that grants it.".into()
            }
            None => format!(
                "Write {}, or add it to the `scopes` of the flow that grants it.",
                one_of(&known)
            ),
        };
        let place = pointer::entry(&requirement.member(name), index);
        let what = format!(
            "No flow of the security scheme {} defines the scope {}.",
            quote(name),
            quote(scope)
        );
        found.push(finding(Location::Pointer(place), what, help));
    }
}

fn finding(location: Location, what: String, help: String) -> Diagnostic {
    Diagnostic {
        rule: Rule::BadScope,
        subject: Subject::Node,
        location,
        what,
        why:
            "The documentation names the scopes that a token needs, and no token can have this one."
                .into(),
        help,
    }
}
