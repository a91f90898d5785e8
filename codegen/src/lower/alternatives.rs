//! Generates types for `oneOf` and `anyOf` that cannot select the wrong alternative.
//!
//! progenitor tries one alternative after the other. Received objects may lack any property, so the
//! first object would always match, and the properties of the others would be lost. Therefore:
//!
//! - Alternatives that are objects are received as one type with the properties of all of them.
//! - Objects that also have properties of their own are sent as such a type, too.
//! - Any other mixture is received as JSON.
//! - A value that is sent selects its alternative itself, and stays an enum.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::growth::{GROWTH, most_added, size};
use super::property_order;
use crate::api::{Direction, Schema};
use crate::schema::{holds_secret, needs_name};
use openapi::components::schema_pointer;
use openapi::diagnostic::{Diagnostic, Location, Subject};
use openapi::marks::{HOLDS_SECRET, PROPERTY_ORDER};
use openapi::notes::PassNotes;
use openapi::object::{Object, SECRET_FORMAT, Schema as _};
use openapi::reference::schema_name;
use openapi::rule::Rule;

/// Name of the pass.
pub(super) const NAME: &str = "alternatives";

/// Rewrites the alternatives of all named schemas of one direction.
pub(super) fn run(schemas: &Value, direction: Direction, notes: &mut PassNotes<'_>) -> Value {
    let mut rewritten = schemas.clone();
    let mut left = most_added(schemas);
    for (name, schema) in rewritten.as_object_mut().into_iter().flat_map(Map::iter_mut) {
        let Some(alternatives) = alternatives(schema) else { continue };
        let has_own = schema.has("properties");
        let pointer = schema_pointer(name);
        if direction == Direction::Request && !has_own {
            if let Some(members) = schema.as_object_mut() {
                // An alternative says all of its values. What is said of all of them would be
                // another type for progenitor.
                members.retain(|keyword, _| {
                    ["description", "discriminator", "nullable"].contains(&keyword.as_str())
                        || keyword.starts_with("x-")
                });
                members.insert("oneOf".to_owned(), alternatives.into());
            }
            continue;
        }
        let before = schemas.get(name).unwrap_or(&Value::Null);
        let Some(all) = flattened(schemas, (name, before), &mut left) else {
            notes.report(too_many(&pointer));
            return rewritten;
        };
        let own = json!({
            "properties": schema.get("properties"),
            "required": schema.get("required"),
            PROPERTY_ORDER: schema.get(PROPERTY_ORDER),
            "additionalProperties": schema.get("additionalProperties"),
        });
        let description = schema.get("description").cloned();
        *schema = if all.iter().all(|one| is_object(one)) {
            notes.add(&pointer, "has the properties of all alternatives");
            superset(schemas, &all, &own)
        } else {
            notes.add(&pointer, "is any JSON");
            any_json(schemas, std::slice::from_ref(schema))
        };
        if let Some(description) = description {
            schema["description"] = description;
        }
    }
    rewritten
}

/// Returns the alternatives of a schema, if it has any.
pub(super) fn alternatives(schema: &Value) -> Option<Vec<Value>> {
    let mut distinct: Vec<Value> = Vec::new();
    for alternative in schema.alternatives() {
        if !distinct.contains(alternative) {
            distinct.push(alternative.clone());
        }
    }
    (!distinct.is_empty()).then_some(distinct)
}

/// A schema whose alternatives are to be flattened, or one that comes after those in it.
enum Step<'v> {
    Flatten(&'v Value),
    Take(&'v Value),
}

/// Returns the alternatives behind their references, with nested alternatives in their place.
/// Returns `None` if they have more than `most` values.
fn flattened<'v>(
    schemas: &'v Value,
    (name, schema): (&'v str, &'v Value),
    most: &mut usize,
) -> Option<Vec<&'v Value>> {
    let mut seen = BTreeSet::from([name]);
    let (mut all, mut open) = (Vec::new(), vec![Step::Flatten(schema)]);
    while let Some(step) = open.pop() {
        *most = most.checked_sub(1)?;
        let schema = match step {
            Step::Take(schema) => {
                *most = most.checked_sub(size(schema))?;
                all.push(schema);
                continue;
            }
            Step::Flatten(schema) => schema,
        };
        let mut inside = Vec::new();
        for alternative in schema.alternatives() {
            let alternative = alternative.subschemas().first().unwrap_or(alternative);
            let target = match schema_name(alternative) {
                Some(name) if !seen.insert(name) => continue,
                Some(name) => schemas.get(name).unwrap_or(&Value::Null),
                None => alternative,
            };
            let has_alternatives = target.alternatives().next().is_some();
            if has_alternatives {
                inside.push(Step::Flatten(target));
            }
            if !has_alternatives || target.has("properties") {
                inside.push(Step::Take(target));
            }
        }
        open.extend(inside.into_iter().rev());
    }
    Some(all)
}

/// Reports alternatives that are made of others, which grow too much.
fn too_many(pointer: &str) -> Diagnostic {
    Diagnostic {
        rule: Rule::UnsupportedShape,
        subject: Subject::Node,
        location: Location::Pointer(pointer.to_owned()),
        what: format!(
            "With the alternatives in its alternatives, this schema and others grow to more than {GROWTH} times the document."
        ),
        why: "Their types would have too many properties to be handled.".to_owned(),
        help: "Let it refer to fewer schemas that have alternatives.".to_owned(),
    }
}

/// Returns true for an object, or a mere constraint on one.
fn is_object(schema: &Value) -> bool {
    let is_constraint = schema
        .as_object()
        .is_some_and(|members| members.keys().all(|keyword| keyword == "required"));
    is_constraint || schema.has("properties") && !schema.has("items")
}

/// Returns one schema with the properties of all `alternatives`, and with its `own`. Only the
/// latter can be required.
fn superset(schemas: &Value, alternatives: &[&Value], own: &Value) -> Value {
    let mut properties: Map<String, Value> = Map::new();
    for schema in alternatives.iter().copied().chain([own]) {
        for (name, property) in schema.properties() {
            let property = match properties.get(name) {
                Some(known) if known != property => common(schemas, known, property),
                _ => property.clone(),
            };
            properties.insert(name.clone(), property);
        }
    }
    let required = own.get("required").cloned().unwrap_or(json!([]));
    let mut whole = json!({ "type": "object", "properties": properties, "required": required });
    let own_first = [own].into_iter().chain(alternatives.iter().copied());
    let names = property_order::joint(own_first.filter_map(Value::as_object));
    if let Some(members) = whole.as_object_mut() {
        property_order::mark(members, &names);
    }
    let all = alternatives.iter().copied().chain([own]);
    let others = all.filter_map(|one| one.get("additionalProperties"));
    if let Some(others) = other_properties(schemas, others) {
        whole["additionalProperties"] = others;
    }
    whole
}

/// Returns the `additionalProperties` of a type that stands for several schemas, from those of the
/// schemas. What one of them names is another property for the next, so only a secret has a type.
pub(super) fn other_properties<'v>(
    schemas: &Value,
    stated: impl Iterator<Item = &'v Value>,
) -> Option<Value> {
    let allowed: Vec<&Value> =
        stated.filter(|others| others.is_object() || **others == json!(true)).collect();
    let secret = allowed.iter().find(|others| holds_secret(schemas, others));
    match (secret, allowed.as_slice()) {
        (Some(secret), _) => Some((**secret).clone()),
        (None, []) => None,
        _ => Some(json!(true)),
    }
}

/// Returns a schema for the values of both: a string if both are strings, a secret one if either
/// is, and any JSON otherwise.
pub(super) fn common(schemas: &Value, one: &Value, other: &Value) -> Value {
    let is_nullable = one.is_nullable() || other.is_nullable();
    let target = |schema: &Value| {
        // The modifiers of a reference are around it.
        let schema = schema.subschemas().first().unwrap_or(schema);
        schema_name(schema).and_then(|name| schemas.get(name)).unwrap_or(schema).clone()
    };
    let (one, other) = (target(one), target(other));
    let mut common = match (one.stated_type(), other.stated_type()) {
        (Some(one_kind), Some(other_kind)) if one_kind == "string" && other_kind == "string" => {
            let secret = one.is_secret() || other.is_secret();
            if secret {
                json!({ "type": "string", "format": SECRET_FORMAT })
            } else {
                json!({ "type": "string" })
            }
        }
        (Some(one_kind), Some(other_kind))
            if one_kind == other_kind
                && !needs_name(&one)
                && one_kind != "array"
                && ![&one, &other].iter().any(|schema| holds_secret(schemas, schema)) =>
        {
            json!({ "type": one_kind })
        }
        _ => return any_json(schemas, &[one, other]),
    };
    if is_nullable {
        common["nullable"] = json!(true);
    }
    common
}

/// Returns a schema for any JSON, with a mark if that would let a secret out of its type.
fn any_json(schemas: &Value, instead_of: &[Value]) -> Value {
    let holds_secret = instead_of.iter().any(|schema| holds_secret(schemas, schema));
    if holds_secret { json!({ HOLDS_SECRET: true }) } else { json!({}) }
}

/// Refuses alternatives that would be any JSON although one of them contains a secret, which would
/// then be printed.
pub(super) fn check_secrets(schemas: &[Schema]) -> Result<(), Vec<Diagnostic>> {
    let is_marked = |schema: &&Schema| {
        let inner = schema.documented.properties().map(|(_, property)| property);
        inner.chain([&schema.documented]).any(|schema| schema.has(HOLDS_SECRET))
    };
    let diagnostics = schemas.iter().filter(is_marked).map(|schema| Diagnostic {
        rule: Rule::UnsupportedShape,
        subject: Subject::Node,
        location: Location::Pointer(schema_pointer(&schema.name)),
        what: "This is not supported yet: alternatives of different types, one of which contains a secret.".to_owned(),
        why: "They could only be decoded as any JSON, which is printed together with the secret.".to_owned(),
        help: "Describe only the alternative with the secret.".to_owned(),
    });
    let diagnostics: Vec<Diagnostic> = diagnostics.collect();
    if diagnostics.is_empty() { Ok(()) } else { Err(diagnostics) }
}
