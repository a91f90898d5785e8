//! Security requirements whose credentials take the place of each other in a request.

use std::collections::BTreeMap;

use super::view::View;
use crate::diagnostic::{Diagnostic, Location, Subject};
use crate::object::Object;
use crate::objects::{Kind, Node};
use crate::pointer;
use crate::rule::Rule;
use crate::words::quote;

/// Reports the schemes of one requirement that are sent in the same header, or in the same query
/// parameter or cookie.
pub(super) fn check(view: &View<'_>, found: &mut Vec<Diagnostic>) {
    for requirement in view.all(Kind::SecurityRequirement) {
        let mut carriers: BTreeMap<(&str, String), &str> = BTreeMap::new();
        for name in requirement.members.keys() {
            let scheme = view.at(&pointer::child("/components/securitySchemes", name));
            let Some(carrier) = scheme.and_then(|scheme| carrier(view.target(scheme))) else {
                continue;
            };
            let shown = format!("the {} {}", carrier.0, quote(&carrier.1));
            if let Some(other) = carriers.insert(carrier, name) {
                found.push(Diagnostic {
                    rule: Rule::CollidingCredentials,
                    subject: Subject::Node,
                    location: Location::Key(requirement.member(name)),
                    what: format!("{} and {} are both sent in {shown}.", quote(other), quote(name)),
                    why: "A request has only one, so the client sends one credential and not the other.".into(),
                    help: "If one of them is enough, write two alternatives: two items of `security`.".into(),
                });
            }
        }
    }
}

/// Returns the location and the name of what a credential is sent in.
fn carrier<'s>(scheme: &'s Node<'_>) -> Option<(&'s str, String)> {
    match (scheme.string("type")?, scheme.string("in")) {
        ("http" | "oauth2" | "openIdConnect", _) => Some(("header", "authorization".to_owned())),
        ("apiKey", Some("header")) => Some(("header", scheme.trimmed("name").to_ascii_lowercase())),
        ("apiKey", Some("query")) => Some(("query parameter", scheme.trimmed("name").to_owned())),
        ("apiKey", Some("cookie")) => Some(("cookie", scheme.trimmed("name").to_owned())),
        _ => None,
    }
}
