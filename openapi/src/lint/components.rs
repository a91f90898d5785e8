//! Unused components, and components with invalid names.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use crate::diagnostic::{Diagnostic, Location, Subject};
use crate::object::{Object, any_object};
use crate::objects::Kind;
use crate::objects::{self, Node};
use crate::pointer;
use crate::reference;
use crate::rule::Rule;
use crate::words::quote;

/// Reports the components of a document. What uses them may have been lost when OpenAPI 3.1 was
/// converted, as `as_3_1` shows, and other components were made of `$defs`.
pub(super) fn check(
    (root, nodes): (&Value, &[Node<'_>]),
    as_3_1: Option<(&Value, &[Node<'_>])>,
    found: &mut Vec<Diagnostic>,
) {
    let sections = sections(root);
    let has_paths = root.entries("paths").next().is_some();
    let mut used = used_from(root, &sections, nodes);
    if let Some((root, nodes)) = as_3_1.filter(|_| has_paths) {
        used.extend(used_from(root, &self::sections(root), nodes));
    }
    let is_written = |pointer: &str| as_3_1.is_none_or(|(root, _)| root.pointer(pointer).is_some());
    for (section, components) in sections {
        for name in components.keys() {
            let pointer = pointer(section, name);
            if has_paths && !used.contains(&pointer) && is_written(&pointer) {
                found.push(unused(&pointer, name));
            }
            if !is_allowed(name) {
                found.push(bad_name(pointer, name));
            }
        }
    }
}

/// Returns the pointers of all components that are used from outside of `components`, directly or
/// indirectly.
pub(crate) fn used(root: &Value) -> BTreeSet<String> {
    used_from(root, &sections(root), &objects::list(root))
}

fn sections(root: &Value) -> Vec<(&str, &Map<String, Value>)> {
    let sections =
        root.entries("components").filter(|(section, _)| Kind::Components.shape(section).is_some());
    sections.filter_map(|(section, all)| Some((section.as_str(), all.as_object()?))).collect()
}

fn pointer(section: &str, name: &str) -> String {
    pointer::child(&format!("/components/{section}"), name)
}

fn used_from(
    root: &Value,
    sections: &[(&str, &Map<String, Value>)],
    nodes: &[Node<'_>],
) -> BTreeSet<String> {
    let mut open = Vec::new();
    let outside =
        root.as_object().into_iter().flatten().filter(|(section, _)| *section != "components");
    outside.for_each(|(_, value)| targets(value, &mut open));
    let required = root.as_object().into_iter().flat_map(schemes);
    open.extend(required.map(|scheme| pointer("securitySchemes", scheme)));
    let mut leads: BTreeMap<String, Vec<String>> = heirs(nodes);
    for (section, components) in sections {
        for (name, component) in *components {
            targets(component, leads.entry(pointer(section, name)).or_default());
        }
    }
    let mut used = BTreeSet::new();
    while let Some(pointer) = open.pop() {
        if let Some(leads) = leads.get(&pointer).filter(|_| !used.contains(&pointer)) {
            open.extend(leads.iter().cloned());
        }
        used.insert(pointer);
    }
    used
}

/// Adds the components that a value refers to: by `$ref`, as a security scheme, or in the mapping
/// of a discriminator.
fn targets(value: &Value, found: &mut Vec<String>) {
    any_object(value, &mut |object| {
        found.extend(reference::of(object).and_then(component));
        for target in object.entries("mapping").filter_map(|(_, target)| target.as_str()) {
            found.push(component(target).unwrap_or_else(|| pointer("schemas", target)));
        }
        found.extend(schemes(object).map(|scheme| pointer("securitySchemes", scheme)));
        false
    });
}

/// The security schemes that an object names, if it is the document or an operation.
fn schemes(object: &Map<String, Value>) -> impl Iterator<Item = &String> {
    object.array("security").iter().filter_map(Value::as_object).flat_map(Map::keys)
}

/// Returns the component that a reference points into.
fn component(reference: &str) -> Option<String> {
    component_around(&reference::pointer_of(reference)?)
}

/// The component that a pointer leads into.
fn component_around(pointer: &str) -> Option<String> {
    let end = pointer.match_indices('/').nth(3).map_or(pointer.len(), |(end, _)| end);
    pointer.starts_with("/components/").then(|| pointer[..end].to_owned())
}

/// Returns the subtypes of each schema with a discriminator. Using the schema uses its subtypes.
fn heirs(nodes: &[Node<'_>]) -> BTreeMap<String, Vec<String>> {
    let is_base = |node: &&Node<'_>| node.kind == Kind::Schema && node.has("discriminator");
    let mut heirs: BTreeMap<String, Vec<String>> =
        nodes.iter().filter(is_base).map(|node| (node.pointer.clone(), Vec::new())).collect();
    for node in nodes.iter().filter(|node| node.under == "allOf") {
        let base = node.target().and_then(|target| component_around(&target));
        let heir = component_around(&node.pointer);
        if let Some((heirs, heir)) = base.and_then(|base| heirs.get_mut(&base)).zip(heir) {
            heirs.push(heir);
        }
    }
    heirs
}

/// Returns true if OpenAPI allows the name: ASCII letters, digits, periods, hyphens and
/// underscores.
fn is_allowed(name: &str) -> bool {
    !name.is_empty()
        && name
            .chars()
            .all(|character| character.is_ascii_alphanumeric() || ".-_".contains(character))
}

fn unused(pointer: &str, name: &str) -> Diagnostic {
    Diagnostic {
        rule: Rule::UnusedComponent,
        subject: Subject::Name(name.to_owned()),
        location: Location::Key(pointer.to_owned()),
        what: format!("{} is never used.", quote(name)),
        why: "The client leaves it out. A reference to it may be missing.".into(),
        help: "Refer to it, or remove it.".into(),
    }
}

fn bad_name(pointer: String, name: &str) -> Diagnostic {
    Diagnostic {
        rule: Rule::BadComponentName,
        subject: Subject::Name(name.to_owned()),
        location: Location::Key(pointer),
        what: format!("{} is not a valid component name.", quote(name)),
        why: "Other tools may reject the document or fail to resolve references to it.".into(),
        help: "Use only ASCII letters, digits, `.`, `-` and `_`.".into(),
    }
}
