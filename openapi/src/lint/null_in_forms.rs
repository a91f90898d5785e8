//! Properties of forms that can be null, which no form can say.

use serde_json::Value;

use crate::diagnostic::{Diagnostic, Location, Subject};
use crate::media_type::{essence, is_multipart};
use crate::object::{Object, Schema};
use crate::objects::{Kind, Node};
use crate::pointer;
use crate::reference;
use crate::rule::Rule;
use crate::words::quote;

/// The largest number of properties that a message names.
const MOST_NAMED: usize = 5;

/// Reports the forms in requests with properties that can be null.
pub(super) fn check(root: &Value, nodes: &[Node<'_>], found: &mut Vec<Diagnostic>) {
    let is_of_request = |node: &&Node<'_>| {
        node.kind == Kind::MediaType
            && node.holder.is_some_and(|holder| nodes[holder].kind == Kind::RequestBody)
    };
    for node in nodes.iter().filter(is_of_request) {
        let media_type = pointer::last(&node.pointer);
        let is_form = essence(&media_type) == "application/x-www-form-urlencoded";
        let Some(schema) = node.keyword("schema").filter(|_| is_form || is_multipart(&media_type))
        else {
            continue;
        };
        let schema = reference::resolve(root, schema);
        let subschemas = schema.subschemas().iter().map(|one| reference::resolve(root, one));
        let properties = std::iter::once(schema).chain(subschemas).flat_map(Schema::properties);
        let is_nullable = |property: &Value| {
            property.is_nullable() || reference::resolve(root, property).is_nullable()
        };
        let names: Vec<&str> = properties
            .filter(|(_, property)| is_nullable(property))
            .map(|(name, _)| name.as_str())
            .collect();
        if !names.is_empty() {
            found.push(finding(node, &names));
        }
    }
}

fn finding(node: &Node<'_>, names: &[&str]) -> Diagnostic {
    let named: Vec<String> = names.iter().take(MOST_NAMED).map(|name| quote(name)).collect();
    let more = match names.len().saturating_sub(MOST_NAMED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    Diagnostic {
        rule: Rule::NullInForm,
        subject: Subject::Names(names.iter().map(|name| (*name).to_owned()).collect()),
        location: Location::Key(node.member("schema")),
        what: format!("{}{more} can be null, which no form can say.", named.join(", ")),
        why: "The client leaves out a property that is null, which may mean something else."
            .to_owned(),
        help: "Remove `nullable`. If the service clears a value that is empty, describe that."
            .to_owned(),
    }
}
