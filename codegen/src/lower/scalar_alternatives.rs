//! Turns alternatives that are all numbers, or all booleans, into one such schema.
//!
//! OpenAPI 3.1 writes an `enum` with descriptions as a `oneOf` of constants. As alternatives, equal
//! types could not be told apart.

use serde_json::{Value, json};

use super::alternatives::alternatives;
use openapi::notes::PassNotes;
use openapi::object::{Object, Schema};
use openapi::walk;

/// Keywords of an alternative that only describe it, or are taken over.
const TAKEN: [&str; 6] = ["deprecated", "description", "enum", "title", "type", "x-type-inferred"];

pub(super) fn run(root: &mut Value, notes: &mut PassNotes<'_>) {
    walk::document_mut(root, &mut |site, schema| {
        let Some(all) = alternatives(schema) else { return };
        let Some(kind) = common_type(&all) else { return };
        let Some(members) = schema.as_object_mut() else { return };
        for keyword in ["oneOf", "anyOf"] {
            members.remove(keyword);
        }
        members.insert("type".to_owned(), json!(kind));
        // Values are known only if each alternative states nothing else.
        let is_list = |one: &Value| {
            let keywords = one.as_object().into_iter().flat_map(|members| members.keys());
            one.has("enum") && keywords.into_iter().all(|name| TAKEN.contains(&name.as_str()))
        };
        if all.iter().all(is_list) {
            let values: Vec<&Value> = all.iter().flat_map(|one| one.array("enum")).collect();
            members.insert("enum".to_owned(), json!(values));
        }
        notes.add(
            &site.pointer(),
            format!("is of type {kind} instead of {} alternatives", all.len()),
        );
    });
}

/// Returns the type of all alternatives. An integer is a number, too.
fn common_type(all: &[Value]) -> Option<&'static str> {
    let each = |types: &[&str]| {
        all.iter().all(|one| one.stated_type().is_some_and(|kind| types.contains(&kind)))
    };
    let has_formats = all.iter().any(|one| one.has("format"));
    match () {
        () if has_formats => None,
        () if each(&["boolean"]) => Some("boolean"),
        () if each(&["integer"]) => Some("integer"),
        () if each(&["integer", "number"]) => Some("number"),
        () => None,
    }
}
