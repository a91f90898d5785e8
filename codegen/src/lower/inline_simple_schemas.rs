//! Writes named scalars, lists and maps where they are used.
//!
//! progenitor wraps each of them in a type of its own, which a caller then has to wrap and unwrap.

use serde_json::Value;

use super::Notes;
use super::walk::{self, needs_name};
use crate::api::schema_name;

/// How far a chain of simple schemas is followed; a longer one refers to itself.
const LONGEST_CHAIN: usize = 16;

pub fn run(root: &mut Value, notes: &mut Notes) {
    let Some(schemas) = root.pointer("/components/schemas").cloned() else { return };
    walk::document(root, &mut |site, schema| {
        let Some(name) = schema_name(schema).map(str::to_owned) else { return };
        if let Some(simple) = simple(&schemas, schema, LONGEST_CHAIN) {
            notes.add("inline_simple_schemas", &site.pointer, format!("`{name}` is written out"));
            *schema = simple;
        }
    });
}

/// The schema behind a reference with all that it refers to written out, unless something in it needs a name.
fn simple(schemas: &Value, schema: &Value, longest: usize) -> Option<Value> {
    let longest = longest.checked_sub(1)?;
    let Some(name) = schema_name(schema) else { return Some(schema.clone()) };
    let target = schemas.get(name).filter(|target| !needs_name(target))?;
    let mut target = target.clone();
    for keyword in ["items", "additionalProperties"] {
        if let Some(inner) = target.get_mut(keyword).filter(|inner| schema_name(inner).is_some()) {
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
