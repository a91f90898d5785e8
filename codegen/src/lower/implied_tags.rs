//! Gives schemas the property of their discriminator, if the document does not.
//!
//! A discriminator says by the value of a property which schema a value has. OpenAPI requires each
//! of the schemas to have the property. Many documents leave it out, and it could neither be sent
//! nor read. Its value is the key of the mapping, or else the name of the schema.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use openapi::components::{schema_pointer, section_mut};
use openapi::notes::PassNotes;
use openapi::object::{Object, ObjectMut, Schema};
use openapi::pointer::unescape;
use openapi::reference::{named_schema, schema_name};
use openapi::walk;

/// The property of a discriminator, and its values for one schema.
#[derive(Clone, PartialEq, Eq)]
struct Tag {
    property: String,
    values: Vec<String>,
}

pub(super) fn run(root: &mut Value, notes: &mut PassNotes<'_>) {
    let Some(schemas) = root.pointer("/components/schemas").cloned() else { return };
    let uses = uses(root);
    let mut tags: BTreeMap<String, Tag> = BTreeMap::new();
    walk::document_mut(root, &mut |site, schema| {
        let Some(property) = tag_property(schema).filter(|name| !has(&schemas, schema, name))
        else {
            return;
        };
        let values = values_of_schemas(schema);
        for keyword in ["oneOf", "anyOf"] {
            for alternative in schema.array_mut(keyword).into_iter().flatten() {
                let Some(name) = target(alternative).map(str::to_owned) else { continue };
                if !is_object(&schemas, &name) || has(&schemas, alternative, &property) {
                    continue;
                }
                let values = values.get(&name).cloned().unwrap_or_else(|| vec![name.clone()]);
                let tag = Tag { property: property.clone(), values };
                notes.add(&site.pointer(), format!("sends and keeps `{property}` of `{name}`"));
                if uses.get(&name) == Some(&1) {
                    tags.insert(name, tag);
                } else {
                    // Elsewhere, the schema has no such property.
                    let part = with_tag(json!({}), &tag);
                    *alternative = json!({ "title": name, "allOf": [alternative, part] });
                }
            }
        }
    });
    let bases = bases(&schemas, notes);
    let Some(schemas) = section_mut(root, "schemas") else { return };
    for (name, tag) in tags.into_iter().chain(bases) {
        if let Some(schema) = schemas.get_mut(&name) {
            *schema = with_tag(std::mem::take(schema), &tag);
        }
    }
}

/// Returns the tags of schemas with a discriminator and without alternatives, and of those that are
/// built on them.
fn bases(schemas: &Value, notes: &mut PassNotes<'_>) -> Vec<(String, Tag)> {
    let mut found = Vec::new();
    for (name, schema) in schemas.as_object().into_iter().flatten() {
        let has_alternatives = schema.alternatives().next().is_some();
        let property =
            tag_property(schema).filter(|_| !has_alternatives && is_object(schemas, name));
        let Some(property) = property.filter(|property| !has(schemas, schema, property)) else {
            continue;
        };
        notes.add(&schema_pointer(name), format!("sends and keeps `{property}`"));
        let values = values_of_schemas(schema);
        for (subtype, other) in schemas.as_object().into_iter().flatten() {
            let is_built_on = other.subschemas().iter().any(|part| target(part) == Some(name));
            if is_built_on && !has(schemas, other, &property) {
                let values = values.get(subtype).cloned().unwrap_or_else(|| vec![subtype.clone()]);
                found.push((subtype.clone(), Tag { property: property.clone(), values }));
            }
        }
        found.push((name.clone(), Tag { property, values: Vec::new() }));
    }
    found
}

fn tag_property(schema: &Value) -> Option<String> {
    schema.keyword("discriminator")?.string("propertyName").map(str::to_owned)
}

/// Returns the keys of the mapping by the names of their schemas.
fn values_of_schemas(schema: &Value) -> BTreeMap<String, Vec<String>> {
    let mut values: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let discriminator = schema.keyword("discriminator");
    for (value, target) in discriminator.into_iter().flat_map(|one| one.entries("mapping")) {
        let target = target.as_str().unwrap_or_default();
        let name = unescape(named_schema(target).unwrap_or(target));
        values.entry(name).or_default().push(value.clone());
    }
    values
}

/// Returns the name of the schema that a reference refers to, in an `allOf` or not.
fn target(schema: &Value) -> Option<&str> {
    match schema.subschemas() {
        [only] => schema_name(only),
        _ => schema_name(schema),
    }
}

/// Returns true if values of a named schema are objects with known properties, or with any.
fn is_object(schemas: &Value, name: &str) -> bool {
    let mut open = vec![name];
    let mut seen = BTreeSet::new();
    while let Some(schema) =
        open.pop().filter(|name| seen.insert(*name)).and_then(|name| schemas.get(name))
    {
        if schema.has("properties") {
            return true;
        }
        if schema.alternatives().next().is_some() {
            return false;
        }
        if schema.stated_type() == Some("object") {
            return true;
        }
        let parts = schema.subschemas();
        if parts.iter().any(|part| part.has("properties")) {
            return true;
        }
        open.extend(schema_name(schema).into_iter().chain(parts.iter().filter_map(schema_name)));
    }
    false
}

/// Returns true if a schema has a property, itself or in its subschemas.
fn has(schemas: &Value, schema: &Value, property: &str) -> bool {
    let mut open = vec![schema];
    let mut seen = BTreeSet::new();
    while let Some(schema) = open.pop() {
        if schema.property(property).is_some() {
            return true;
        }
        open.extend(schema.subschemas());
        let named = schema_name(schema).filter(|name| seen.insert(name.to_string()));
        open.extend(named.and_then(|name| schemas.get(name)));
    }
    false
}

/// Returns a schema with a required property for the tag.
fn with_tag(schema: Value, tag: &Tag) -> Value {
    let Value::Object(mut members) = schema else { return schema };
    if members.contains_key("$ref") {
        let part = with_tag(json!({}), tag);
        return json!({ "allOf": [members, part] });
    }
    let mut property = json!({ "type": "string" });
    if !tag.values.is_empty() {
        property["enum"] = json!(tag.values);
    }
    let is_any = members.stated_type() == Some("object")
        && !members.contains_key("properties")
        && !members.contains_key("allOf");
    if is_any {
        // Without properties it is a map, which keeps whatever it is given.
        members.entry("additionalProperties").or_insert(json!(true));
    }
    let properties = members.entry("properties").or_insert_with(|| json!({}));
    properties[&tag.property] = property;
    let required = members.entry("required").or_insert_with(|| json!([]));
    if let Some(names) = required.as_array_mut() {
        names.push(json!(tag.property));
    }
    if !members.contains_key("allOf") {
        members.insert("type".to_owned(), json!("object"));
    }
    Value::Object(members)
}

/// Returns the number of references to each named schema.
fn uses(root: &Value) -> BTreeMap<String, usize> {
    let mut uses = BTreeMap::new();
    walk::document(root, &mut |_, schema| {
        if let Some(name) = schema_name(schema) {
            *uses.entry(name.to_owned()).or_default() += 1;
        }
    });
    uses
}
