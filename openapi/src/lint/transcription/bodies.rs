//! Request bodies that do not state whether they are required.

use crate::diagnostic::{Diagnostic, Location, Subject};
use crate::lint::view::View;
use crate::object::Object;
use crate::objects::Kind;
use crate::rule::Rule;

pub(super) fn check(view: &View<'_>, found: &mut Vec<Diagnostic>) {
    for body in view.all(Kind::RequestBody).filter(|body| !body.has("required")) {
        found.push(Diagnostic {
            rule: Rule::NoRequiredStatement,
            subject: Subject::Node,
            location: Location::Key(body.pointer.clone()),
            what: "Nothing says whether this request body is required.".into(),
            why: "OpenAPI then takes it as optional, which is rarely what the page means: a call without a body would compile.".into(),
            help: "Add `required: true`, or `required: false` if the page says that the body is optional.".into(),
        });
    }
}
