//! Merges the subschemas of an `allOf` into one schema.
//!
//! progenitor does so too, but it generates unknown types on the way, and overflows its stack if
//! the subschemas are recursive. An `allOf` with a single reference stays, since that is how
//! references get `nullable`.
//!
//! A value must satisfy every subschema, so keywords that occur in several of them are narrowed to
//! what all of them allow. A subschema that only restates a property, with a description or a
//! bound, leaves the type that another one gives it.

mod joint_types;
mod keywords;
mod kinds;
mod merger;
mod order;
mod place;
mod properties;
mod same;

use serde_json::{Map, Value};

use crate::schema::needs_name;
use merger::Merger;
use openapi::notes::PassNotes;
use openapi::object::{Object, Schema};
use openapi::pointer;
use openapi::reference::schema_name;
use openapi::walk::{self, Site};
use place::Place;

pub(super) fn run(root: &mut Value, notes: &mut PassNotes<'_>) {
    let Some(schemas) = root.pointer("/components/schemas").cloned() else { return };
    let mut merger = Merger::new(schemas, root);
    walk::document_mut(root, &mut |site, schema| restated(&mut merger, site, schema));
    let Some(schemas) = root.pointer("/components/schemas").cloned() else { return };
    merger.start(schemas);
    walk::document_mut(root, &mut |site, schema| {
        if !schema.keyword("allOf").is_some_and(Value::is_array) {
            return;
        }
        let number = schema.subschemas().len();
        if is_reference_alone(schema) {
            return;
        }
        let at = site.pointer();
        notes.add(&at, format!("is merged from {number} subschemas"));
        if site.is_named() {
            *schema = (*merger.named(&pointer::last(&at))).clone();
        } else if !site.is_one_of("allOf") {
            *schema = merger.merged(schema, &Place::top(&at, &site.hint()));
        }
    });
    joint_types::finish(&mut merger, root, notes);
    merger.found.into_iter().for_each(|diagnostic| notes.report(diagnostic));
}

/// Returns true for an `allOf` that only wraps a reference.
fn is_reference_alone(schema: &Value) -> bool {
    matches!(schema.subschemas(), [only] if schema_name(only).is_some()) && !needs_name(schema)
}

/// Narrows a reference by the constraints beside the `allOf` that wraps it.
fn restated(merger: &mut Merger, site: &Site<'_>, schema: &mut Value) {
    if !is_reference_alone(schema) || site.is_one_of("allOf") {
        return;
    }
    let Some(members) = schema.as_object() else { return };
    let beside: Map<String, Value> = members
        .iter()
        .filter(|(keyword, _)| *keyword != "allOf")
        .map(|(keyword, value)| (keyword.clone(), value.clone()))
        .collect();
    if !beside.keys().any(|keyword| keywords::constrains(keyword)) {
        return;
    }
    let (at, hint) = (site.pointer(), site.hint());
    let [only] = schema.subschemas() else { return };
    let mut narrowed = merger.both(only, &beside.clone().into(), &Place::top(&at, &hint));
    if beside.is_nullable() {
        // The wrapper is there for it.
        narrowed = properties::with(narrowed, "nullable", Value::Bool(true));
    }
    *schema = narrowed;
}
