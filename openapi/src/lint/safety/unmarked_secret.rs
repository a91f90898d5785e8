//! Strings that are named like secrets and would be printed.

use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostic, Location, Subject};
use crate::extensions::ACCEPTANCES;
use crate::lint::strings::strings;
use crate::lint::view::View;
use crate::object::Object;
use crate::objects::Kind;
use crate::objects::Node;
use crate::pointer;
use crate::rule::Rule;
use crate::secrets::is_secret_name;
use crate::words::PLACEHOLDER;
use crate::words::quote;

pub(super) fn check(view: &View<'_>, found: &mut Vec<Diagnostic>) {
    found.extend(unmarked(view).iter().map(|(named, _)| finding(named)));
}

/// A string that is named like a secret and is not marked as one.
pub(crate) struct UnmarkedSecret {
    /// The name of the property, parameter, header or component.
    pub(crate) name: String,
    /// The finding of the rule.
    pub(crate) finding: Diagnostic,
    /// The schemas to mark.
    pub(crate) schemas: Vec<String>,
}

/// Returns the findings of the rule, and the schemas that would have to be marked.
pub(crate) fn list(view: &View<'_>) -> Vec<UnmarkedSecret> {
    let secret = |(named, plain): (Named<'_>, Vec<&Node<'_>>)| UnmarkedSecret {
        finding: finding(&named),
        name: named.name,
        schemas: plain.iter().map(|schema| schema.pointer.clone()).collect(),
    };
    unmarked(view).into_iter().map(secret).collect()
}

fn unmarked<'a>(view: &View<'a>) -> Vec<(Named<'a>, Vec<&'a Node<'a>>)> {
    let mut found = Vec::new();
    let sent = sent(view);
    for named in named(view) {
        let is_sent = sent.contains(named.schema.pointer.as_str());
        if !is_secret_name(&named.name, is_sent) {
            continue;
        }
        // A component that is named like a secret is reported itself, and not wherever it is used.
        let is_elsewhere = |inner: &Node<'_>| refers_to_secret_name(view, inner, is_sent);
        if is_elsewhere(named.node) {
            continue;
        }
        let strings = strings(view, named.schema, is_elsewhere);
        if !strings.plain.is_empty() && !strings.secret {
            found.push((named, strings.plain));
        }
    }
    found
}

/// A property, parameter, header or component, with the name of its values.
struct Named<'a> {
    name: String,
    node: &'a Node<'a>,
    schema: &'a Node<'a>,
}

fn named<'a>(view: &View<'a>) -> Vec<Named<'a>> {
    let mut named = Vec::new();
    for node in view.nodes() {
        let name = match (node.kind, node.under) {
            (Kind::Schema, "properties" | "schemas") | (Kind::Header, _) => {
                pointer::last(&node.pointer)
            }
            (Kind::Parameter, _) if node.reference().is_none() => {
                node.string("name").unwrap_or_default().to_owned()
            }
            _ => continue,
        };
        let schema = match node.kind {
            Kind::Schema => Some(node),
            _ => view.under(view.target(node), "schema").next(),
        };
        named.extend(schema.map(|schema| Named { name, node, schema }));
    }
    named
}

/// Returns true if the schema is a reference to a component that is named like a secret.
fn refers_to_secret_name(view: &View<'_>, node: &Node<'_>, is_sent: bool) -> bool {
    let component = view.next(node).filter(|target| ["headers", "schemas"].contains(&target.under));
    component.is_some_and(|component| is_secret_name(&pointer::last(&component.pointer), is_sent))
}

/// Returns the pointers of all schemas that are sent.
fn sent<'a>(view: &View<'a>) -> BTreeSet<&'a str> {
    let parameters = view.all(Kind::Parameter);
    let mut open: Vec<&Node<'_>> = parameters.chain(view.all(Kind::RequestBody)).collect();
    let mut sent = BTreeSet::new();
    while let Some(node) = open.pop() {
        if !node.is_true("readOnly") && sent.insert(node.pointer.as_str()) {
            open.extend(view.held(node).chain(view.next(node)));
        }
    }
    sent
}

fn finding(named: &Named<'_>) -> Diagnostic {
    let help = match named.schema.reference() {
        Some(_) => {
            "Add `format: password` to the schema that it refers to, or define the schema inline."
        }
        None => "Add `format: password` to its string schema.",
    };
    Diagnostic {
        rule: Rule::UnmarkedSecret,
        subject: Subject::Name(named.name.clone()),
        location: match named.node.kind {
            Kind::Parameter => Location::Pointer(named.node.member("name")),
            _ => Location::Key(named.node.pointer.clone()),
        },
        what: format!("{} is named like a secret, but is not marked as one.", quote(&named.name)),
        why: "The client would print and log it.".into(),
        help: format!(
            "{help} If it is not a secret, accept the finding with a reason: `{ACCEPTANCES}: {{unmarked-secret: {PLACEHOLDER} the reason}}`."
        ),
    }
}
