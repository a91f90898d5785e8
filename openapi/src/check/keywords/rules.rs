//! Checks conditions that the table cannot express: keywords that depend on each other or on other
//! objects.

use serde_json::Value;

use super::members::missing;
use crate::diagnostic::{Diagnostic, Location, Subject};
use crate::object::Object;
use crate::objects::Node;
use crate::objects::{Kind, Shape};
use crate::rule::Rule;
use crate::words::{nearest, one_of, quote};

/// The registered HTTP authentication schemes: <https://www.iana.org/assignments/http-authschemes>.
pub(crate) const HTTP_SCHEMES: [&str; 14] = [
    "basic",
    "bearer",
    "concealed",
    "digest",
    "dpop",
    "gnap",
    "hoba",
    "mutual",
    "negotiate",
    "oauth",
    "privatetoken",
    "scram-sha-1",
    "scram-sha-256",
    "vapid",
];

/// Reports conditions that an object as a whole violates.
pub(super) fn check(node: &Node<'_>, nodes: &[Node<'_>], found: &mut Vec<Diagnostic>) {
    if node.reference().is_some() {
        return;
    }
    match node.kind {
        Kind::Parameter => parameter(node, found),
        Kind::SecurityScheme => security_scheme(node, found),
        Kind::Operation if !is_callback(node, nodes) => operation(node, found),
        _ => {}
    }
}

fn parameter(node: &Node<'_>, found: &mut Vec<Diagnostic>) {
    if !node.has("schema") && !node.has("content") {
        found.push(missing(node, "schema", Shape::One(Kind::Schema)));
    }
    let location = node.string("in");
    if location == Some("path") && !node.is_true("required") {
        found.push(Diagnostic {
            rule: Rule::OptionalPathParameter,
            subject: Subject::Node,
            location: Location::Pointer(node.pointer.clone()),
            what: "A path parameter must be required.".into(),
            why: "The generated client could not build the URL without it.".into(),
            help: "Add `required: true`.".into(),
        });
    }
    let styles: &[&str] = match location {
        Some("path") => &["matrix", "label", "simple"],
        Some("query") => &["form", "spaceDelimited", "pipeDelimited", "deepObject"],
        Some("header") => &["simple"],
        Some("cookie") => &["form"],
        _ => return,
    };
    // An unknown style is reported with its type.
    let known = |style: &&Value| node.kind.shape("style").is_some_and(|shape| shape.admits(style));
    let style = node.keyword("style").filter(known).and_then(Value::as_str);
    if let (Some(style), Some(location)) = (style, location)
        && !styles.contains(&style)
    {
        found.push(Diagnostic {
            rule: Rule::BadValue,
            subject: Subject::Node,
            location: Location::Pointer(node.member("style")),
            what: format!("A {location} parameter cannot have the style {}.", quote(style)),
            why: "OpenAPI does not define how to send such a value.".into(),
            help: format!("Write {}.", one_of(styles)),
        });
    }
}

fn security_scheme(node: &Node<'_>, found: &mut Vec<Diagnostic>) {
    let needed: &[&str] = match node.string("type") {
        Some("apiKey") => &["name", "in"],
        Some("http") => &["scheme"],
        Some("oauth2") => &["flows"],
        Some("openIdConnect") => &["openIdConnectUrl"],
        _ => return,
    };
    for keyword in needed.iter().filter(|keyword| !node.has(keyword)) {
        if let Some(shape) = node.kind.shape(keyword) {
            found.push(missing(node, keyword, shape));
        }
    }
    found.extend(misspelt_http_scheme(node));
}

/// Reports an HTTP scheme that resembles a registered one. A scheme that resembles none may be the
/// service's own.
fn misspelt_http_scheme(node: &Node<'_>) -> Option<Diagnostic> {
    let scheme = node.string("scheme").filter(|_| node.string("type") == Some("http"))?;
    let meant =
        nearest(scheme, HTTP_SCHEMES).filter(|known| !known.eq_ignore_ascii_case(scheme))?;
    Some(Diagnostic {
        rule: Rule::BadValue,
        subject: Subject::Node,
        location: Location::Pointer(node.member("scheme")),
        what: format!("{} is not a registered HTTP authentication scheme.", quote(scheme)),
        why: "The generator does not know how to send such a credential.".into(),
        help: format!("Did you mean `{meant}`?"),
    })
}

fn operation(node: &Node<'_>, found: &mut Vec<Diagnostic>) {
    let there = node.members.keys().any(|name| nearest(name, ["operationId"]).is_some());
    let empty = node.string("operationId").is_some_and(|id| id.trim().is_empty());
    if !there || empty {
        found.push(Diagnostic {
            rule: Rule::MissingOperationId,
            subject: Subject::Node,
            location: Location::Pointer(node.pointer.clone()),
            what: "This operation has no `operationId`.".into(),
            why: "It names the method of the generated client.".into(),
            help: "Add `operationId`, such as `list_widgets`.".into(),
        });
    }
}

/// Returns true if the service calls the operation.
fn is_callback(node: &Node<'_>, nodes: &[Node<'_>]) -> bool {
    let path_item = node.holder.map(|index| &nodes[index]);
    let holder = path_item.and_then(|item| item.holder).map(|index| &nodes[index]);
    holder.is_some_and(|holder| holder.kind == Kind::Callback)
}
