//! What is missing from the responses of operations.

use std::collections::BTreeSet;

use http::StatusCode;

use crate::diagnostic::{Diagnostic, Location, Subject};
use crate::lint::view::View;
use crate::object::Object;
use crate::objects::Node;
use crate::pointer;
use crate::rule::Rule;
use crate::words::quote;

pub(super) fn check(view: &View<'_>, found: &mut Vec<Diagnostic>) {
    let mut judged = BTreeSet::new();
    for operation in view.operations() {
        let mut responses: Vec<(&str, &Node<'_>)> = view.responses(operation).collect();
        if !responses.iter().any(|(status, _)| status.starts_with(['4', '5', 'd'])) {
            found.push(no_error(operation));
        }
        if !has_success(&responses) {
            found.push(no_success(operation));
        }
        // A component is judged once, however many operations respond with it.
        responses.retain(|(status, response)| judged.insert((*status, &response.pointer)));
        for (status, response) in responses {
            found.extend(empty_description(status, response));
            found.extend(no_location(view, status, response));
        }
    }
}

fn no_error(operation: &Node<'_>) -> Diagnostic {
    Diagnostic {
        rule: Rule::NoErrorResponse,
        subject: Subject::Node,
        location: Location::Key(operation.pointer.clone()),
        what: "This operation documents no error.".into(),
        why: "Every error would be one that nothing is known of, so that a caller cannot tell an invalid token apart."
            .into(),
        help: "Add the statuses of errors that the page lists, or `default` for all others.".into(),
    }
}

/// Whether there is a status of success, or one that leads on: not 304, which stands for a success that came before. A
/// `default` alone is for all statuses.
fn has_success(responses: &[(&str, &Node<'_>)]) -> bool {
    let is_success = |status: &str| status.starts_with(['1', '2', '3']) && status != "304";
    matches!(responses, [("default", _)]) || responses.iter().any(|(status, _)| is_success(status))
}

fn no_success(operation: &Node<'_>) -> Diagnostic {
    Diagnostic {
        rule: Rule::NoSuccessResponse,
        subject: Subject::Node,
        location: Location::Key(operation.pointer.clone()),
        what: "This operation documents no success.".into(),
        why: "A call that went well would be an error to the client, which knows of no such status.".into(),
        help: "Add the status of success that the page lists, such as `\"200\"` or `\"204\"`.".into(),
    }
}

/// A description that says no more than the status does.
fn empty_description(status: &str, response: &Node<'_>) -> Option<Diagnostic> {
    let description = response.string("description").unwrap_or_default();
    let said = letters(description.trim().trim_start_matches(status));
    let code = StatusCode::from_bytes(status.as_bytes()).ok();
    let phrase = letters(code.and_then(|code| code.canonical_reason()).unwrap_or(status));
    let is_empty = said.is_empty() || said == phrase || said == format!("{phrase}response");
    is_empty.then(|| Diagnostic {
        rule: Rule::EmptyStatusDescription,
        subject: Subject::Node,
        location: Location::Pointer(response.member("description")),
        what: match said.as_str() {
            "" => format!("The description of the status {status} says nothing."),
            _ => format!("{} says no more than the status {status} does.", quote(description)),
        },
        why: "A caller reads it in the documentation of the outcome, to learn what has happened.".into(),
        help: "Say what the status means here, such as `The token is revoked.`".into(),
    })
}

/// The letters and digits of a text, all small.
fn letters(text: &str) -> String {
    text.chars().filter(|sign| sign.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// A creation that does not say where the new resource is.
fn no_location(view: &View<'_>, status: &str, response: &Node<'_>) -> Option<Diagnostic> {
    let has_location = has_header(view, response, "location");
    (status == "201" && !has_location).then(|| Diagnostic {
        rule: Rule::CreationWithoutLocation,
        subject: Subject::Node,
        location: Location::Key(response.pointer.clone()),
        what: "The status 201 documents no header `Location`.".into(),
        why: "By RFC 9110, section 15.3.2, it says where the new resource is; without it a caller cannot find it."
            .into(),
        help: "Add `Location` to `headers` if the page has it, or else accept the finding and say that it has none."
            .into(),
    })
}

/// Whether a response documents a header, whose name has no case.
pub(super) fn has_header(view: &View<'_>, response: &Node<'_>, name: &str) -> bool {
    view.under(response, "headers").any(|header| pointer::last(&header.pointer).eq_ignore_ascii_case(name))
}
