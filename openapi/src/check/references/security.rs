//! Checks that every security requirement names a defined scheme.

use serde_json::{Map, Value};

use crate::components;
use crate::diagnostic::{Diagnostic, Location, Subject};
use crate::objects::Kind;
use crate::objects::Node;
use crate::rule::Rule;
use crate::words::{nearest, one_of, quote};

/// Reports requirements whose scheme is not defined.
pub(super) fn check(root: &Value, nodes: &[Node<'_>]) -> Vec<Diagnostic> {
    let schemes = components::section(root, "securitySchemes");
    let defined: Vec<&str> = schemes.into_iter().flat_map(Map::keys).map(String::as_str).collect();
    let mut found = Vec::new();
    for node in nodes.iter().filter(|node| node.kind == Kind::SecurityRequirement) {
        for name in node.members.keys().filter(|name| !defined.contains(&name.as_str())) {
            found.push(Diagnostic {
                rule: Rule::UndefinedSecurityScheme,
                subject: Subject::Name(name.clone()),
                location: Location::Key(node.member(name)),
                what: format!("The security scheme {} is not defined.", quote(name)),
                why: "The generated client would not know which credential to send.".into(),
                help: help(name, &defined),
            });
        }
    }
    found
}

fn help(name: &str, defined: &[&str]) -> String {
    match nearest(name, defined.iter().copied()) {
        Some(meant) => format!("Did you mean {}?", quote(meant)),
        None if defined.is_empty() => {
            format!("Define {} in `components/securitySchemes`.", quote(name))
        }
        None => format!("Write {}, or define it in `components/securitySchemes`.", one_of(defined)),
    }
}
