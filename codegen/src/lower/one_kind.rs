//! Removes keywords that contradict a schema's type, so that each schema is of one kind: a scalar,
//! an array, an object, or alternatives.
//!
//! Merged subschemas and untyped schemas can have keywords of several kinds. progenitor would take
//! another one for its type than the passes of the generator.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use openapi::diagnostic::{Diagnostic, Location, Subject};
use openapi::notes::PassNotes;
use openapi::object::{Object, Schema};
use openapi::reference::schema_name;
use openapi::rule::Rule;
use openapi::walk;
use openapi::words::quote;

/// Keywords that make a schema an object.
const OF_AN_OBJECT: [&str; 3] = ["additionalProperties", "properties", "required"];

const OF_AN_ARRAY: [&str; 1] = ["items"];

const OF_ALTERNATIVES: [&str; 2] = ["anyOf", "oneOf"];

const OF_AN_ENUM: [&str; 1] = ["enum"];

pub(super) fn run(root: &mut Value, notes: &mut PassNotes<'_>) {
    let types = types_of_named(root);
    walk::document_mut(root, &mut |site, schema| {
        let Some((ty, foreign)) = kind(schema) else { return };
        if let Some(keyword) = other_alternatives(&types, schema, ty.as_deref(), &foreign) {
            notes.report(several_kinds(&site.pointer(), ty.as_deref(), keyword));
        }
        let Some(members) = schema.as_object_mut() else { return };
        for keyword in foreign.iter().flat_map(|keywords| keywords.iter()) {
            if members
                .remove(*keyword)
                .is_some_and(|value| !value.as_array().is_some_and(Vec::is_empty))
            {
                notes.add(&site.pointer(), format!("`{keyword}` contradicts its type"));
            }
        }
        match ty {
            Some(ty) => drop(members.insert("type".to_owned(), json!(ty))),
            None => drop(members.remove("type")),
        }
    });
}

/// Returns the types that named schemas state.
fn types_of_named(root: &Value) -> BTreeMap<String, String> {
    let schemas = root.get("components").into_iter().flat_map(|all| all.entries("schemas"));
    let stated = schemas.filter_map(|(name, schema)| Some((name, schema.stated_type()?)));
    stated.map(|(name, ty)| (name.clone(), ty.to_owned())).collect()
}

/// Returns the keyword of alternatives that are of another type than `ty`. No value is both, but
/// somebody probably wants to send them. Keywords of objects and arrays beside a type describe no
/// other values.
fn other_alternatives(
    types: &BTreeMap<String, String>,
    schema: &Value,
    ty: Option<&str>,
    foreign: &[&[&'static str]],
) -> Option<&'static str> {
    let ty = ty.filter(|_| foreign.contains(&&OF_ALTERNATIVES[..]))?;
    let type_of = |one: &Value| match schema_name(one) {
        Some(name) => types.get(name).cloned(),
        None => one.stated_type().map(str::to_owned),
    };
    let is_other = |one: &Value| {
        type_of(one).is_some_and(|one| one != ty && !(one == "integer" && ty == "number"))
    };
    OF_ALTERNATIVES.into_iter().find(|keyword| schema.array(keyword).iter().any(is_other))
}

/// Reports alternatives of other types than that of their schema.
fn several_kinds(pointer: &str, ty: Option<&str>, keyword: &str) -> Diagnostic {
    let ty = quote(ty.unwrap_or_default());
    Diagnostic {
        rule: Rule::SeveralKinds,
        subject: Subject::Node,
        location: Location::Pointer(pointer.to_owned()),
        what: format!("An alternative of `{keyword}` is of another type than {ty}."),
        why: format!("The client sends and receives only values of type {ty}."),
        help: "Remove the `type` beside the alternatives, or those of other types.".to_owned(),
    }
}

/// Returns the type of a schema, if it has one, and the keywords that contradict it. Returns `None`
/// if nothing can.
fn kind(schema: &Value) -> Option<(Option<String>, Vec<&'static [&'static str]>)> {
    let members = schema.as_object()?;
    let is_reference =
        |schema: &Value| schema_name(schema).is_some() || schema.keyword("$ref").is_some();
    if is_reference(schema) {
        return None;
    }
    if matches!(schema.subschemas(), [only] if is_reference(only)) {
        return Some((None, vec![&OF_AN_OBJECT, &OF_AN_ARRAY, &OF_ALTERNATIVES, &OF_AN_ENUM]));
    }
    let has_properties = schema.properties().next().is_some();
    let has_alternatives = schema.alternatives().next().is_some();
    let has_strings = schema.array("enum").iter().any(Value::is_string);
    let ty = match schema.stated_type() {
        Some("array") if has_alternatives && !schema.has("items") => None,
        Some(ty) => Some(ty),
        None if has_properties => Some("object"),
        None if has_alternatives => None,
        None if has_strings => Some("string"),
        None if schema.has("items") => Some("array"),
        None if members.get("additionalProperties").is_some_and(Value::is_object) => Some("object"),
        None => return None,
    };
    let fits = |value: &Value| match ty {
        Some("string") => value.is_string(),
        Some("integer" | "number") => value.is_number(),
        _ => false,
    };
    let mut foreign: Vec<&'static [&'static str]> = match ty {
        Some("object") => vec![&OF_AN_ARRAY],
        Some("array") => vec![&OF_AN_OBJECT, &OF_ALTERNATIVES],
        Some(_) => vec![&OF_AN_OBJECT, &OF_AN_ARRAY, &OF_ALTERNATIVES],
        None => vec![&OF_AN_ARRAY],
    };
    if !schema.array("enum").iter().all(fits) {
        foreign.push(&OF_AN_ENUM);
    }
    Some((ty.map(str::to_owned), foreign))
}
