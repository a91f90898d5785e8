//! Rules for clients that handle secrets safely.

mod redaction_defeated;
mod retries;
mod unmarked_secret;

pub(crate) use unmarked_secret::UnmarkedSecret;
pub(super) use unmarked_secret::list as unmarked_secrets;

use super::strings::strings;
use super::view::View;
use crate::diagnostic::{Diagnostic, Location, Subject};
use crate::object::Object;
use crate::objects::Kind;
use crate::rule::Rule;
use crate::words::quote;

pub(super) fn check(view: &View<'_>, found: &mut Vec<Diagnostic>) {
    unmarked_secret::check(view, found);
    redaction_defeated::check(view, found);
    credentials_in_urls(view, found);
    operations_without_security(view, found);
    retries::check(view, found);
}

fn credentials_in_urls(view: &View<'_>, found: &mut Vec<Diagnostic>) {
    for parameter in view.all(Kind::Parameter) {
        let location = parameter.string("in").unwrap_or_default();
        let mut schemas = view.under(parameter, "schema");
        if ["path", "query"].contains(&location)
            && schemas.any(|schema| strings(view, schema, |_| false).secret)
        {
            let name = quote(parameter.string("name").unwrap_or_default());
            let what = format!("The secret {name} is sent in the {location} of the URL.");
            found.push(credential_in_url(parameter.member("in"), what));
        }
    }
    for scheme in view.all(Kind::SecurityScheme) {
        if scheme.string("type") == Some("apiKey") && scheme.string("in") == Some("query") {
            let name = quote(scheme.string("name").unwrap_or_default());
            let what = format!("The credential {name} is sent in the query of the URL.");
            found.push(credential_in_url(scheme.member("in"), what));
        }
    }
}

fn credential_in_url(pointer: String, what: String) -> Diagnostic {
    Diagnostic {
        rule: Rule::CredentialInUrl,
        subject: Subject::Node,
        location: Location::Pointer(pointer),
        what,
        why: "Proxies and servers log URLs, and the secret with them.".into(),
        help: "Send it in a header or in the body, if the service accepts it there.".into(),
    }
}

/// Reports operations without security. The operation's own requirements override those of the
/// document.
fn operations_without_security(view: &View<'_>, found: &mut Vec<Diagnostic>) {
    let Some(root) = view.nodes().first() else { return };
    for operation in view.operations() {
        let stated = if operation.has("security") { operation } else { root };
        let mut requirements = view.under(stated, "security").peekable();
        let is_there = requirements.peek().is_some();
        if is_there && requirements.all(|requirement| !requirement.members.is_empty()) {
            continue;
        }
        let own = operation.has("security").then(|| operation.member("security"));
        found.push(Diagnostic {
            rule: Rule::OperationWithoutSecurity,
            subject: Subject::Node,
            location: Location::Key(own.unwrap_or_else(|| operation.pointer.clone())),
            what: "This operation can be called without a credential.".into(),
            why: "If the service requires one, it rejects every call, since the client sends none.".into(),
            help: "Add `security` with the scheme that the page names, here or for the whole document.".into(),
        });
    }
}
