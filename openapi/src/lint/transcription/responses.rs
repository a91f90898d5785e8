//! Documentation that the responses of operations lack.

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
        // A component is examined once, however many operations use it.
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
        what: "This operation documents no error response.".into(),
        why: "The client would know nothing about any error, so a caller could not recognize an invalid token.".into(),
        help: "Add the error status codes that the page lists, or `default`.".into(),
    }
}

/// Reports a description that says no more than the status code.
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
            "" => format!("The description of the status code {status} says nothing."),
            _ => format!("{} says no more than the status code {status}.", quote(description)),
        },
        why: "Callers read it in the documentation to learn what happened.".into(),
        help: "Say what the status code means here, such as `The token is revoked.`".into(),
    })
}

/// Returns the letters and digits of a string, in lower case.
fn letters(text: &str) -> String {
    text.chars()
        .filter(|character| character.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// Reports a 201 response without a `Location` header.
fn no_location(view: &View<'_>, status: &str, response: &Node<'_>) -> Option<Diagnostic> {
    let has_location = has_header(view, response, "location");
    (status == "201" && !has_location).then(|| Diagnostic {
        rule: Rule::CreationWithoutLocation,
        subject: Subject::Node,
        location: Location::Key(response.pointer.clone()),
        what: "The response 201 documents no `Location` header.".into(),
        why: "It says where the new resource is (RFC 9110, section 15.3.2). Without it a caller cannot find the resource."
            .into(),
        help: "Add `Location` to `headers` if the page documents it. Otherwise accept the finding and say that there is none."
            .into(),
    })
}

/// Returns true if a response documents a header. Header names are case-insensitive.
pub(super) fn has_header(view: &View<'_>, response: &Node<'_>, name: &str) -> bool {
    view.under(response, "headers")
        .any(|header| pointer::last(&header.pointer).eq_ignore_ascii_case(name))
}
