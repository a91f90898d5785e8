//! Marks schemas with the order of their properties in the source text.
//!
//! JSON objects lose that order. The fields, arguments and setters of a type stand in it, so that a
//! property that gets another name does not change places with another one.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use crate::schema::properties_in_order;
use openapi::Document;
use openapi::marks::PROPERTY_ORDER;
use openapi::object::{Object, Schema};
use openapi::pointer::child;
use openapi::walk;

/// Name of the pass.
pub(super) const NAME: &str = "property_order";

/// Marks the schemas of `root`, which is that of `document`.
pub(super) fn run(root: &mut Value, document: &Document) {
    let order = document.key_order();
    walk::document_mut(root, &mut |site, schema| {
        let Some(members) = schema.as_object_mut() else { return };
        if members.object("properties").is_none_or(|properties| properties.len() < 2) {
            return;
        }
        let names = order.keys_at(&child(&site.pointer(), "properties"));
        if !names.is_sorted() {
            members.insert(PROPERTY_ORDER.to_owned(), json!(names));
        }
    });
}

/// Returns the names of all properties of several schemas: those of the first, then what the others
/// add.
pub(super) fn joint<'v>(schemas: impl IntoIterator<Item = &'v Map<String, Value>>) -> Vec<String> {
    let mut known = BTreeSet::new();
    let names = schemas.into_iter().flat_map(properties_in_order).map(|(name, _)| name);
    names.filter(|name| known.insert(*name)).cloned().collect()
}

/// Marks a schema that was made of `schemas` with the order of their properties.
pub(super) fn mark(whole: &mut Map<String, Value>, names: &[String]) {
    whole.remove(PROPERTY_ORDER);
    if !names.is_sorted() && whole.properties().next().is_some() {
        whole.insert(PROPERTY_ORDER.to_owned(), json!(names));
    }
}
