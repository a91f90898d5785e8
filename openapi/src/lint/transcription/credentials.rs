//! Security schemes for basic authentication that do not name the two parts of their credential.

use super::all_of;
use crate::diagnostic::{Diagnostic, Location, Subject};
use crate::extensions::{BASIC_CREDENTIALS, BASIC_CREDENTIALS_PROPERTIES};
use crate::lint::view::View;
use crate::object::Object;
use crate::objects::{Kind, Node};
use crate::rule::Rule;

pub(super) fn check(view: &View<'_>, found: &mut Vec<Diagnostic>) {
    for scheme in view.all(Kind::SecurityScheme).filter(|scheme| is_basic(scheme)) {
        let names = scheme.keyword(BASIC_CREDENTIALS);
        let is_missing = |part: &&str| names.is_none_or(|names| names.trimmed(part).is_empty());
        let missing: Vec<&str> =
            BASIC_CREDENTIALS_PROPERTIES.into_iter().filter(is_missing).collect();
        if missing.is_empty() {
            continue;
        }
        found.push(Diagnostic {
            rule: Rule::NoCredentialNames,
            subject: Subject::Keyword(BASIC_CREDENTIALS.to_owned()),
            location: Location::Key(scheme.pointer.clone()),
            what: match names {
                Some(_) => format!("`{BASIC_CREDENTIALS}` lacks {}.", all_of(&missing)),
                None => "This security scheme does not name the two parts of its credential.".into(),
            },
            why: "The client would ask for a user name and a password, even if the service expects a client ID and a client secret."
                .into(),
            help: format!("Write `{BASIC_CREDENTIALS}: {{user-id: …, password: …}}` with the words of the page."),
        });
    }
}

/// Returns true if credentials are sent as RFC 7617 defines it. Names of HTTP's schemes are
/// case-insensitive.
fn is_basic(scheme: &Node<'_>) -> bool {
    scheme.trimmed("type") == "http" && scheme.trimmed("scheme").eq_ignore_ascii_case("basic")
}
