//! Inlines named scalars, arrays and maps.
//!
//! progenitor wraps each of them in a type of its own, which a caller then has to wrap and unwrap.

use serde_json::{Value, json};

use super::replace;
use crate::schema::needs_name;
use openapi::notes::PassNotes;
use openapi::object::{Object, ObjectMut, Schema};
use openapi::reference::schema_name;
use openapi::walk;

/// The longest chain of simple schemas that is followed. A longer chain is recursive.
const LONGEST_CHAIN: usize = 16;

pub(super) fn run(root: &mut Value, notes: &mut PassNotes<'_>) {
    let Some(schemas) = root.pointer("/components/schemas").cloned() else { return };
    walk::document_mut(root, &mut |site, schema| {
        if let Some(written_out) = in_all_of(&schemas, schema) {
            notes.add(&site.pointer(), "the schema that its `allOf` refers to is inlined");
            *schema = written_out;
            return;
        }
        // The part of an `allOf` is seen before the whole, which then takes it over.
        if site.is_first_of("allOf") {
            return;
        }
        let Some(name) = schema_name(schema).map(str::to_owned) else { return };
        if let Some(simple) = simple(&schemas, schema, LONGEST_CHAIN) {
            notes.add(&site.pointer(), format!("`{name}` is inlined"));
            replace(schema, simple);
        }
    });
}

/// Returns the schema behind an `allOf` with a single reference, if it needs no name.
fn in_all_of(schemas: &Value, schema: &Value) -> Option<Value> {
    let [only] = schema.subschemas() else { return None };
    let mut written_out = simple(schemas, only, LONGEST_CHAIN).filter(|simple| simple != only)?;
    let target = written_out.as_object_mut()?;
    if let Some(reference) = target.remove("$ref") {
        target.insert("allOf".to_owned(), json!([{ "$ref": reference }]));
    }
    for (keyword, value) in schema.as_object()?.iter().filter(|(keyword, _)| *keyword != "allOf") {
        target.insert(keyword.clone(), value.clone());
    }
    Some(written_out)
}

/// Returns the schema behind a reference with everything that it refers to inlined, unless
/// something in it needs a name.
fn simple(schemas: &Value, schema: &Value, longest: usize) -> Option<Value> {
    let longest = longest.checked_sub(1)?;
    let Some(name) = schema_name(schema) else { return Some(schema.clone()) };
    let target = schemas.get(name).filter(|target| !needs_name(*target))?;
    let mut target = target.clone();
    if target.has("items") && target.has("additionalProperties") {
        // One of them has no effect, and both would double what is inlined.
        let is_array = target.stated_type() == Some("array");
        let ineffective = if is_array { "additionalProperties" } else { "items" };
        target.as_object_mut()?.remove(ineffective);
    }
    for keyword in ["items", "additionalProperties"] {
        if let Some(inner) =
            target.keyword_mut(keyword).filter(|inner| schema_name(&**inner).is_some())
        {
            match simple(schemas, inner, longest) {
                Some(simple) => *inner = simple,
                None if refers_to_simple(schemas, inner) => return None,
                None => {}
            }
        }
    }
    match schema_name(&target) {
        Some(_) => simple(schemas, &target, longest).or(Some(target)),
        None => Some(target),
    }
}

fn refers_to_simple(schemas: &Value, schema: &Value) -> bool {
    schema_name(schema).and_then(|name| schemas.get(name)).is_some_and(|target| !needs_name(target))
}
