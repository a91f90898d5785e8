//! Makes a named schema of every inline one that has members, variants or alternatives.
//!
//! progenitor names inline bodies of an operation alike, so that an error collapses into the success; and a type that
//! documentation, validation or a sample is to be attached to needs a name that is known beforehand.

use serde_json::{Map, Value, json};

use super::walk::{self, needs_name};
use super::{Notes, add_schemas};
use crate::naming::{self, UniqueNames};

pub fn run(root: &mut Value, notes: &mut Notes) {
    let mut names = UniqueNames::default();
    for name in root.pointer("/components/schemas").and_then(Value::as_object).into_iter().flat_map(Map::keys) {
        names.take(name);
    }
    let mut hoisted = Map::new();
    walk::document(root, &mut |site, schema| {
        if is_named(&site.pointer)
            || is_part_of_all_of(&site.pointer)
            || is_constant(&site.pointer, schema)
            || !needs_name(schema)
        {
            return;
        }
        let wanted = naming::schema_type(&site.hint);
        let text = |name: &str| format!("is now the schema `{name}`");
        let name = notes.add_name("hoist_inline_schemas", &site.pointer, (&mut names, &wanted), text);
        let replacement = in_its_place(schema, &name);
        let mut named = std::mem::replace(schema, replacement);
        if named.get("nullable").is_some() {
            named["nullable"] = json!(false);
        }
        hoisted.insert(name, named);
    });
    if !hoisted.is_empty() {
        add_schemas(root, hoisted);
    }
}

/// What stands in the place of a hoisted schema: a reference, and what is said of the place and not of the schema.
fn in_its_place(schema: &Value, name: &str) -> Value {
    let reference = json!({ "$ref": format!("#/components/schemas/{name}") });
    let of_the_place = ["nullable", "readOnly", "writeOnly", "x-rust-name"].iter().filter_map(|keyword| {
        let value = schema.get(keyword).filter(|value| **value != Value::Bool(false))?;
        Some(((*keyword).to_owned(), value.clone()))
    });
    let mut of_the_place: Map<String, Value> = of_the_place.collect();
    if of_the_place.is_empty() {
        return reference;
    }
    of_the_place.insert("allOf".to_owned(), json!([reference]));
    of_the_place.into()
}

fn is_named(pointer: &str) -> bool {
    pointer.strip_prefix("/components/schemas/").is_some_and(|name| !name.contains('/'))
}

/// A parameter with one possible value is no argument, and so needs no type.
fn is_constant(pointer: &str, schema: &Value) -> bool {
    let steps: Vec<&str> = pointer.split('/').collect();
    let is_of_parameter = match steps.as_slice() {
        ["", "components", "parameters", _, "schema"] => true,
        // A property can be called `parameters`, too, but has no index.
        [.., "parameters", index, "schema"] => index.parse::<usize>().is_ok(),
        _ => false,
    };
    let values = schema.get("enum").and_then(Value::as_array);
    is_of_parameter && values.is_some_and(|values| values.len() == 1)
}

/// The parts of an `allOf` are merged into one type; they need none of their own.
fn is_part_of_all_of(pointer: &str) -> bool {
    pointer.rsplit('/').nth(1) == Some("allOf")
}
