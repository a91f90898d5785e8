//! Server URLs that no request can be sent to, or not as they are written, and servers that a
//! caller has to allow.

use serde_json::Value;

use crate::diagnostic::{Diagnostic, Location, Subject};
use crate::object::Object;
use crate::objects::Kind;
use crate::objects::Node;
use crate::pointer;
use crate::rule::Rule;
use crate::servers;
use crate::words::quote;

/// Reports undefined server variables, and defaults that are not among their values. Reports the
/// servers of operations that are on another origin than the API.
pub(super) fn check(root: &Value, nodes: &[Node<'_>], found: &mut Vec<Diagnostic>) {
    for node in nodes.iter().filter(|node| node.kind == Kind::Server) {
        server(node, found);
        found.extend(uncallable(node));
    }
    let holders = nodes.iter().filter(|node| matches!(node.kind, Kind::PathItem | Kind::Operation));
    found.extend(holders.filter_map(|node| own_servers(root, node)));
}

fn own_servers(root: &Value, node: &Node<'_>) -> Option<Diagnostic> {
    let holder = Value::Object(node.members.clone());
    let urls = servers::own_servers(root, &Value::Null, &holder)?;
    let origins = urls.iter().map(|url| servers::split_origin(url).0);
    let origins: Vec<String> = origins.filter(|origin| !origin.is_empty()).map(quote).collect();
    if origins.is_empty() {
        return None;
    }
    let whose = if node.kind == Kind::Operation { "The operation has" } else { "The path has" };
    Some(Diagnostic {
        rule: Rule::OwnServer,
        subject: Subject::Node,
        location: Location::Key(node.member("servers")),
        what: format!("{whose} a server of its own, on {}.", origins.join(" or ")),
        why: "The client sends nothing there, credentials least of all, until the caller has allowed that origin."
            .into(),
        help: "Tell callers to use `ClientBuilder::allow_origin`, or remove the `servers`.".into(),
    })
}

/// Reports a server that a client cannot send requests to.
fn uncallable(node: &Node<'_>) -> Option<Diagnostic> {
    let url = servers::url(&Value::Object(node.members.clone()));
    (!servers::is_callable(&url)).then(|| Diagnostic {
        rule: Rule::UnusableServer,
        subject: Subject::Node,
        location: Location::Pointer(node.member("url")),
        what: format!("The client cannot send requests to {}.", quote(&url)),
        why: "It speaks HTTP alone, and appends the path to the URL, which therefore cannot have a query or a fragment."
            .into(),
        help: "Use a URL with `https` as its scheme, and write its query as parameters.".into(),
    })
}

fn server(node: &Node<'_>, found: &mut Vec<Diagnostic>) {
    let is_defined = |name: &&str| {
        node.object("variables").is_some_and(|variables| variables.contains_key(*name))
    };
    for name in names(node.string("url").unwrap_or_default()).filter(|name| !is_defined(name)) {
        found.push(Diagnostic {
            rule: Rule::BadServerVariable,
            subject: Subject::Node,
            location: Location::Pointer(node.member("url")),
            what: format!("The server variable {} is not defined.", quote(&format!("{{{name}}}"))),
            why: "A caller who uses this URL would send the braces as they are.".into(),
            help: format!("Add {} with a `default` to `variables`.", quote(name)),
        });
    }
    for (name, variable) in node.entries("variables") {
        let allowed = variable.keyword("enum").and_then(Value::as_array);
        let Some((allowed, default)) = allowed.zip(variable.get("default")) else { continue };
        if !allowed.contains(default) {
            let pointer = pointer::child(&node.member("variables"), name);
            found.push(Diagnostic {
                rule: Rule::BadServerVariable,
                subject: Subject::Node,
                location: Location::Pointer(pointer::child(&pointer, "default")),
                what: format!("The default of {} is not one of its `enum` values.", quote(name)),
                why:
                    "A caller who chooses no value would use a URL that the service does not have."
                        .into(),
                help: "Use one of those values, or add this one to the `enum`.".into(),
            });
        }
    }
}

/// Returns the names in braces.
fn names(url: &str) -> impl Iterator<Item = &str> {
    url.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0))
}
