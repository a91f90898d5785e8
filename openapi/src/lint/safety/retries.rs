//! Operations without a statement about whether they are idempotent.

use crate::diagnostic::{Diagnostic, Location, Subject};
use crate::lint::view::View;
use crate::object::Object;
use crate::rule::Rule;

/// Methods that are not idempotent by RFC 9110, section 9.2.2, and RFC 5789.
const NOT_IDEMPOTENT: [&str; 2] = ["patch", "post"];

pub(super) fn check(view: &View<'_>, found: &mut Vec<Diagnostic>) {
    for operation in view.operations().filter(|operation| NOT_IDEMPOTENT.contains(&operation.under))
    {
        if operation.keyword("x-idempotent").is_some_and(|stated| stated.is_boolean()) {
            continue;
        }
        found.push(Diagnostic {
            rule: Rule::NoRetryStatement,
            subject: Subject::Node,
            location: Location::Key(operation.pointer.clone()),
            what: "Nothing says whether this operation can safely be retried.".into(),
            why: format!(
                "The method {} does not say so. A retry could mint a second token or use up a code.",
                operation.under.to_uppercase()
            ),
            help: "Write `x-idempotent: true` if sending it twice has the same effect as sending it once, and `false` otherwise."
                .into(),
        });
    }
}
