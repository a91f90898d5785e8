//! Operations that document no success.

use super::view::View;
use crate::diagnostic::{Diagnostic, Location, Subject};
use crate::objects::Node;
use crate::rule::Rule;

pub(super) fn check(view: &View<'_>, found: &mut Vec<Diagnostic>) {
    for operation in view.operations() {
        let statuses: Vec<&str> = view.responses(operation).map(|(status, _)| status).collect();
        // A single `default` stands for all status codes.
        if statuses == ["default"] || statuses.iter().any(|status| status.starts_with('2')) {
            continue;
        }
        found.push(no_success(operation, statuses.contains(&"default")));
    }
}

fn no_success(operation: &Node<'_>, has_default: bool) -> Diagnostic {
    let why = if has_default {
        "The client takes any 2xx status code for a success, with the payload of `default`, which may be that of errors."
    } else {
        "The client takes any 2xx status code for a success, and knows nothing of its payload."
    };
    Diagnostic {
        rule: Rule::NoSuccessResponse,
        subject: Subject::Node,
        location: Location::Key(operation.pointer.clone()),
        what: "This operation documents no success response.".into(),
        why: why.into(),
        help: "Add the success status code that the page lists, such as `\"200\"` or `\"204\"`."
            .into(),
    }
}
