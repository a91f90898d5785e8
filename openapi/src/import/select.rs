//! Keeps the requested operations and everything that they refer to.

use std::collections::BTreeSet;

use heck::ToSnakeCase;
use serde_json::Value;

use super::UnknownOperation;
use crate::lint::used_components;
use crate::object::{Object, ObjectMut};
use crate::objects::{METHODS, operations, operations_of};
use crate::pointer;
use crate::reference;
use crate::words::nearest;

/// The longest chain of references that is inlined. A longer chain leads back to itself.
const LONGEST_CHAIN: usize = 8;

/// The shortest id that is searched for within other ids.
const SHORTEST_PART: usize = 3;

/// Returns the ids of all operations, sorted.
pub(super) fn ids(root: &Value) -> BTreeSet<String> {
    operations(root)
        .filter_map(|operation| operation.string("operationId").map(str::to_owned))
        .collect()
}

/// Removes all other operations, and paths that have none left.
pub(super) fn wanted(mut root: Value, wanted: &[String]) -> Result<Value, UnknownOperation> {
    let known = ids(&root);
    if let Some(id) = wanted.iter().find(|id| !known.contains(*id)) {
        return Err(UnknownOperation {
            id: id.clone(),
            nearest: meant(id, &known),
            known: known.into_iter().collect(),
        });
    }
    let whole = root.clone();
    let is_wanted = |operation: &Value| {
        let id = operation.string("operationId");
        wanted.is_empty() || id.is_some_and(|id| wanted.iter().any(|wanted| wanted == id))
    };
    if let Some(paths) = root.object_mut("paths") {
        for item in paths.values_mut().filter_map(Value::as_object_mut) {
            item.retain(|member, value| !METHODS.contains(&member.as_str()) || is_wanted(value));
        }
        paths.retain(|_, item| operations_of(item).next().is_some());
    }
    drop_unused_security(&mut root);
    let kept = root.clone();
    write_out(&mut root, &whole, &kept, LONGEST_CHAIN);
    Ok(root)
}

/// Returns the id that was most likely meant: one with few different characters or differently
/// joined words, or one that contains it as its last segment or elsewhere.
fn meant(id: &str, known: &BTreeSet<String>) -> Option<String> {
    let words = id.to_snake_case();
    let is_joined_otherwise = |known: &&str| known.to_snake_case() == words;
    let known = || known.iter().map(String::as_str);
    let ends_with_it =
        |known: &&str| known.strip_suffix(id).is_some_and(|before| before.ends_with('/'));
    let shortest_with_it =
        || known().filter(|known| known.contains(id)).min_by_key(|known| known.len());
    let is_part = id.len() >= SHORTEST_PART;
    nearest(id, known())
        .or_else(|| known().find(is_joined_otherwise))
        .or_else(|| known().find(ends_with_it))
        .or_else(|| shortest_with_it().filter(|_| is_part))
        .map(str::to_owned)
}

/// Removes the security requirements of the document if no operation inherits them, so that their
/// schemes are not kept for them.
fn drop_unused_security(root: &mut Value) {
    let is_inherited = operations(root).any(|operation| !operation.has("security"));
    if let Some(members) = root.as_object_mut().filter(|_| !is_inherited) {
        members.remove("security");
    }
}

/// Inlines the targets of references that are removed together with their paths.
fn write_out(value: &mut Value, whole: &Value, kept: &Value, chain: usize) {
    let target = reference::of(value)
        .filter(|target| target.starts_with("#/paths/"))
        .and_then(reference::pointer_of);
    if let Some(target) = target.filter(|target| kept.pointer(target).is_none())
        && let Some(found) = whole.pointer(&target).filter(|_| chain > 0)
    {
        *value = found.clone();
        return write_out(value, whole, kept, chain - 1);
    }
    match value {
        Value::Object(members) => {
            members.values_mut().for_each(|value| write_out(value, whole, kept, chain))
        }
        Value::Array(entries) => {
            entries.iter_mut().for_each(|value| write_out(value, whole, kept, chain))
        }
        _ => {}
    }
}

/// Removes unused components, which are those that the lint would report.
pub(super) fn components(root: &mut Value) {
    let used = used_components(root);
    let Some(sections) = root.object_mut("components") else { return };
    for (section, components) in sections.iter_mut() {
        let Some(components) = components.as_object_mut() else { continue };
        let place = pointer::child("/components", section);
        components.retain(|name, _| used.contains(&pointer::child(&place, name)));
    }
    sections.retain(|_, components| {
        components.as_object().is_some_and(|components| !components.is_empty())
    });
    if sections.is_empty()
        && let Some(members) = root.as_object_mut()
    {
        members.remove("components");
    }
}

#[cfg(test)]
mod tests {
    use super::meant;

    #[track_caller]
    fn check(id: &str, expected: Option<&str>) {
        let known =
            ["users/get-by-name", "repos/get", "users/get", "listAllGadgets"].map(str::to_owned);
        assert_eq!(meant(id, &known.into()).as_deref(), expected);
    }

    #[test]
    fn an_id_is_known_by_its_last_step_or_another_part() {
        check("get-by-name", Some("users/get-by-name"));
        check("get", Some("repos/get"));
        check("AllGadgets", Some("listAllGadgets"));
        check("by", None);
        check("", None);
    }
}
