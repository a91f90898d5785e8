//! The strings among the values of a schema.

use super::view::View;
use crate::object::{Object, Schema};
use crate::objects::Node;

/// The strings among the values of a schema: the values themselves, their items and their entries,
/// but not their named properties.
#[derive(Default)]
pub(super) struct Strings<'a> {
    /// The schemas of strings that are printed.
    pub(super) plain: Vec<&'a Node<'a>>,
    /// True if there is a secret string.
    pub(super) secret: bool,
}

/// Returns the strings among the values of `schema`, without plain strings for which `is_elsewhere`
/// is true.
pub(super) fn strings<'a>(
    view: &View<'a>,
    schema: &'a Node<'a>,
    is_elsewhere: impl Fn(&Node<'_>) -> bool,
) -> Strings<'a> {
    let mut strings = Strings::default();
    let mut wholes = vec![schema];
    let mut seen = 0;
    while let Some(&whole) = wholes.get(seen) {
        seen += 1;
        let parts = parts(view, whole);
        if parts.iter().any(|part| part.is_secret()) {
            strings.secret = true;
            continue;
        }
        if is_elsewhere(whole) || parts.iter().any(|part| has_values(part)) {
            continue;
        }
        strings.plain.extend(string(&parts));
        for keyword in ["items", "additionalProperties", "oneOf", "anyOf"] {
            let inner = parts.iter().flat_map(|part| view.under(part, keyword));
            inner.for_each(|inner| add(&mut wholes, inner));
        }
    }
    strings
}

/// Returns a schema behind its references, with all of its subschemas.
pub(super) fn parts<'a>(view: &View<'a>, schema: &'a Node<'a>) -> Vec<&'a Node<'a>> {
    let mut parts = vec![view.target(schema)];
    let mut seen = 0;
    while let Some(&part) = parts.get(seen) {
        seen += 1;
        for more in view.under(part, "allOf") {
            add(&mut parts, view.target(more));
        }
    }
    parts
}

/// Returns true if the schema lists its values, which are then public.
pub(super) fn has_values(schema: &Node<'_>) -> bool {
    !schema.array("enum").is_empty()
}

/// Returns the subschema that makes the values strings, if they are strings, or may be because
/// there is no type.
fn string<'a>(parts: &[&'a Node<'a>]) -> Option<&'a Node<'a>> {
    const OF_A_TYPE: [&str; 6] =
        ["type", "properties", "items", "additionalProperties", "oneOf", "anyOf"];
    let is_typed = parts.iter().any(|part| OF_A_TYPE.iter().any(|keyword| part.has(keyword)));
    let stated = parts.iter().find(|part| part.stated_type() == Some("string"));
    stated.or_else(|| parts.first().filter(|_| !is_typed)).copied()
}

fn add<'a>(nodes: &mut Vec<&'a Node<'a>>, node: &'a Node<'a>) {
    if !nodes.iter().any(|known| known.pointer == node.pointer) {
        nodes.push(node);
    }
}
