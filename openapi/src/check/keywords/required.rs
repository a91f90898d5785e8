//! Checks that required properties are defined, in schemas that show all of their properties.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use crate::diagnostic::{Diagnostic, Location, Subject};
use crate::object::Object;
use crate::objects::Kind;
use crate::objects::Node;
use crate::pointer;
use crate::rule::Rule;
use crate::words::{nearest, quote};

/// Keywords whose subschemas apply to the same value, so that one may require what another defines.
const SHARING: [&str; 4] = ["allOf", "oneOf", "anyOf", "not"];

/// Reports names under `required` that are not properties.
pub(super) fn check(nodes: &[Node<'_>], found: &mut Vec<Diagnostic>) {
    let parts = parts(nodes);
    let schemas =
        nodes.iter().filter(|node| node.kind == Kind::Schema && node.reference().is_none());
    for node in schemas.filter(|node| !parts.contains(&node.pointer)) {
        if let Some(properties) = all_properties(node) {
            for (index, name) in node.array("required").iter().enumerate() {
                let place = pointer::entry(&node.member("required"), index);
                found.extend(name.as_str().and_then(|name| stranger(name, properties, place)));
            }
        }
    }
}

/// Returns the pointers of all subschemas, inline or by reference.
fn parts(nodes: &[Node<'_>]) -> BTreeSet<String> {
    let parts =
        nodes.iter().filter(|node| node.kind == Kind::Schema && SHARING.contains(&node.under));
    parts.map(|node| node.target().unwrap_or_else(|| node.pointer.clone())).collect()
}

/// Returns the properties of a schema, if it cannot have others.
fn all_properties<'a>(node: &Node<'a>) -> Option<&'a Map<String, Value>> {
    let closed = matches!(node.keyword("additionalProperties"), None | Some(Value::Bool(false)));
    let shared = SHARING.iter().any(|keyword| node.has(keyword));
    node.members.object("properties").filter(|_| closed && !shared)
}

fn stranger(name: &str, properties: &Map<String, Value>, place: String) -> Option<Diagnostic> {
    if properties.contains_key(name) {
        return None;
    }
    Some(Diagnostic {
        rule: Rule::RequiredWithoutProperty,
        subject: Subject::Name(name.to_owned()),
        location: Location::Pointer(place),
        what: format!("{} is required, but is not one of the properties.", quote(name)),
        why: "The generated client could neither set nor read it.".into(),
        help: nearest(name, properties.keys().map(String::as_str)).map_or_else(
            || "Add it to `properties`, or remove it from `required`.".into(),
            |meant| format!("Did you mean {}?", quote(meant)),
        ),
    })
}
