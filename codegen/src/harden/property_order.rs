//! Orders the fields of structs like the properties in the document. progenitor sorts them by name.

use std::collections::{BTreeMap, BTreeSet};

use syn::{Field, Fields, Item};

use super::properties::{is_flattened, json_name};
use crate::api::Api;
use crate::schema::{positions, properties_in_order};

/// Orders the fields of every struct with properties, and returns the names of these structs.
pub(super) fn run(api: &Api, items: &mut [Item]) -> BTreeSet<String> {
    let mut treated = BTreeSet::new();
    for item in items {
        if let Item::Struct(item) = item
            && let Fields::Named(fields) = &mut item.fields
            && let Some(schema) = api.schema(&item.ident.to_string())
        {
            let properties = properties_in_order(&schema.documented).into_iter();
            let positions = positions(properties.map(|(name, _)| name.as_str()));
            let mut sorted: Vec<Field> = std::mem::take(&mut fields.named).into_iter().collect();
            sorted.sort_by_key(|field| (is_flattened(field), position(field, &positions)));
            fields.named.extend(sorted);
            treated.extend(super::has_properties(schema).then(|| schema.name.clone()));
        }
    }
    treated
}

/// Returns the position of a field's property among `positions`. A field without one comes last.
pub(super) fn position(field: &Field, positions: &BTreeMap<&str, usize>) -> usize {
    let name = field.ident.as_ref().map(|own| json_name(&field.attrs, own));
    name.and_then(|name| positions.get(name.as_str()).copied()).unwrap_or(usize::MAX)
}
