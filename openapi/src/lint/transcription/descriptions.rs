//! Objects without a description.

use crate::diagnostic::{Diagnostic, Location, Subject};
use crate::lint::view::View;
use crate::object::Object;
use crate::objects::Kind;
use crate::objects::Node;
use crate::pointer;
use crate::rule::Rule;
use crate::words::quote;

pub(super) fn check(view: &View<'_>, found: &mut Vec<Diagnostic>) {
    for operation in view
        .operations()
        .filter(|node| !has_text(node, "summary") && !has_text(node, "description"))
    {
        let id = quote(operation.string("operationId").unwrap_or_default());
        found.push(finding(
            operation,
            format!("The operation {id} has neither a summary nor a description."),
        ));
    }
    let described = view.nodes().iter().filter(|node| node.reference().is_none());
    for node in described.filter(|node| !has_text(node, "description")) {
        if let Some(thing) = thing(view, node) {
            found.push(finding(node, format!("{thing} has no description.")));
        }
    }
}

/// Returns the subject of the finding for an object that needs a description. References need none,
/// but their targets do.
fn thing(view: &View<'_>, node: &Node<'_>) -> Option<String> {
    let named = |kind: &str| Some(format!("The {kind} {}", quote(&pointer::last(&node.pointer))));
    match (node.kind, node.under) {
        (Kind::Parameter, _) => {
            Some(format!("The parameter {}", quote(node.string("name").unwrap_or_default())))
        }
        (Kind::RequestBody, _) => Some("The request body".into()),
        (Kind::Header, _) => named("header"),
        (Kind::SecurityScheme, _) => named("security scheme"),
        (Kind::Schema, "properties") if !wraps_reference(view, node) => named("property"),
        (Kind::Schema, "schemas") if !wraps_reference(view, node) => named("schema"),
        _ => None,
    }
}

/// Returns true if a schema is an `allOf` with a single reference, which is how references get
/// further keywords.
fn wraps_reference(view: &View<'_>, schema: &Node<'_>) -> bool {
    let mut parts = view.under(schema, "allOf");
    let first = parts.next();
    parts.next().is_none() && first.is_some_and(|first| first.reference().is_some())
}

fn has_text(node: &Node<'_>, member: &str) -> bool {
    node.string(member).is_some_and(|text| !text.trim().is_empty())
}

fn finding(node: &Node<'_>, what: String) -> Diagnostic {
    let location = match node.kind {
        Kind::Parameter => Location::Pointer(node.member("name")),
        _ => Location::Key(node.pointer.clone()),
    };
    Diagnostic {
        rule: Rule::NoDescription,
        subject: Subject::Node,
        location,
        what,
        why: "Users of the client would have to guess its meaning from its name.".into(),
        help: "Add a `description`: a short English sentence in your own words that says what the page says.".into(),
    }
}
