//! Adds the properties of its subtypes to a schema with a discriminator.
//!
//! Such a schema stands for each of its subtypes wherever it is referred to, and only the
//! discriminator says so. As a type of its own it could neither send nor receive the properties in
//! which they differ. Only its own properties can be required of all of them.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::alternatives::{common, other_properties};
use super::property_order;
use openapi::components::{schema_pointer, section};
use openapi::marks::HOLDS_SECRET;
use openapi::notes::PassNotes;
use openapi::object::{Object, ObjectMut, Schema};
use openapi::reference::{named_schema, schema_name};

/// The keyword of the document that lists the subtypes of each schema with a discriminator, from
/// one pass to the other.
const SUBTYPES: &str = "x-subtypes";

/// The direct and indirect subtypes of each schema with a discriminator.
type Subtypes = BTreeMap<String, BTreeSet<String>>;

/// Lists the subtypes, while `allOf` still shows them.
pub(super) fn list(root: &mut Value, _: &mut PassNotes<'_>) {
    root[SUBTYPES] = json!(find(root));
}

fn find(root: &Value) -> Subtypes {
    let schemas = section(root, "schemas");
    let mut built_on: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (name, schema) in schemas.into_iter().flatten() {
        for part in schema.subschemas().iter().filter_map(schema_name) {
            built_on.entry(part).or_default().push(name);
        }
        for target in mapped(schema) {
            built_on.entry(name).or_default().push(target);
        }
    }
    let is_base = |schema: &Value| {
        schema.has("discriminator") && !schema.has("oneOf") && !schema.has("anyOf")
    };
    let bases = schemas.into_iter().flatten().filter(|(_, schema)| is_base(schema));
    let subtypes = bases.map(|(base, _)| {
        let mut found = BTreeSet::new();
        let mut open = vec![base.as_str()];
        while let Some(name) = open.pop() {
            for next in built_on.get(name).into_iter().flatten().filter(|next| **next != base) {
                if found.insert((*next).to_owned()) {
                    open.push(next);
                }
            }
        }
        (base.clone(), found)
    });
    subtypes.collect()
}

/// Returns the schemas that the discriminator of a schema names.
fn mapped(schema: &Value) -> impl Iterator<Item = &str> {
    let mapping = schema
        .keyword("discriminator")
        .into_iter()
        .flat_map(|discriminator| discriminator.entries("mapping"));
    let targets = mapping.filter_map(|(_, target)| target.as_str());
    targets.map(|target| named_schema(target).unwrap_or(target))
}

/// Adds the properties, when each schema has those that it inherits.
pub(super) fn run(root: &mut Value, notes: &mut PassNotes<'_>) {
    let listed =
        root.as_object_mut().and_then(|members| members.remove(SUBTYPES)).unwrap_or_default();
    // What the other pass has listed can be read.
    let subtypes: Subtypes = serde_json::from_value(listed).unwrap_or_default();
    let Some(schemas) = root.pointer_mut("/components/schemas") else { return };
    let extended: Vec<(String, Map<String, Value>)> = subtypes
        .iter()
        .filter_map(|(base, subtypes)| {
            let own = schemas.get(base)?.object("properties").cloned().unwrap_or_default();
            let added = added(schemas, &own, base, subtypes, notes);
            (!added.is_empty()).then(|| (base.clone(), own.into_iter().chain(added).collect()))
        })
        .collect();
    for (base, properties) in extended {
        let all = subtypes[&base].iter().chain([&base]);
        let stated = all.filter_map(|name| schemas.get(name)?.get("additionalProperties"));
        let others = other_properties(schemas, stated);
        let own_first = [&base].into_iter().chain(&subtypes[&base]);
        let described = own_first.filter_map(|name| schemas.get(name)?.as_object());
        let order = property_order::joint(described);
        let Some(schema) = schemas.object_mut(&base) else { continue };
        notes.add(&schema_pointer(&base), "has the properties of its subtypes");
        schema.insert("type".to_owned(), json!("object"));
        schema.insert("properties".to_owned(), properties.into());
        property_order::mark(schema, &order);
        schema.extend(others.map(|others| ("additionalProperties".to_owned(), others)));
    }
}

/// Returns the properties of the subtypes that the base does not have.
fn added(
    schemas: &Value,
    own: &Map<String, Value>,
    base: &str,
    subtypes: &BTreeSet<String>,
    notes: &mut PassNotes<'_>,
) -> Map<String, Value> {
    let mut added: Map<String, Value> = Map::new();
    let mut left_out = BTreeSet::new();
    for subtype in subtypes {
        let members = schemas.keyword(subtype).into_iter().flat_map(Schema::properties);
        for (name, member) in members.filter(|(name, _)| !own.contains_key(*name)) {
            let member = match added.get(name) {
                Some(known) if known != member => common(schemas, known, member),
                _ => member.clone(),
            };
            if member.has(HOLDS_SECRET) {
                left_out.insert(name.clone());
            }
            added.insert(name.clone(), member);
        }
    }
    for name in left_out {
        added.remove(&name);
        let pointer = schema_pointer(base);
        notes.add(
            &pointer,
            format!("has no `{name}`, which is a secret in one subtype and not in another"),
        );
    }
    added
}
