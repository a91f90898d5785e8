//! Names fields by the workspace's own rules, which keep words like GitHub and OAuth whole.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::Span;
use quote::ToTokens;
use serde_json::Value;
use syn::{Field, Fields, Ident, Item, Meta, parse_quote};

use super::properties::{is_flattened, json_name, properties, renamed, serde_options};
use crate::api::{Api, Direction};
use openapi::extensions::RUST_NAME;
use openapi::naming::{self, UniqueNames};
use openapi::object::Object;

/// Renames the fields of every struct with properties. Returns the names of these structs.
pub(super) fn run(api: &Api, items: &mut [Item]) -> BTreeSet<String> {
    let mut treated = BTreeSet::new();
    for item in items {
        if let Item::Struct(item) = item
            && let Fields::Named(fields) = &mut item.fields
            && let Some(schema) = api.schema(&item.ident.to_string())
        {
            let mut names = UniqueNames::without(taken(schema.direction));
            let properties = properties(api, &schema.documented);
            // Properties of the document come first, so that the field for all others cannot take
            // their names.
            let (named, others): (Vec<_>, Vec<_>) =
                fields.named.iter_mut().partition(|field| !is_flattened(field));
            for field in named.into_iter().chain(others) {
                rename(&properties, field, &mut names);
            }
            treated.extend(super::has_properties(schema).then(|| schema.name.clone()));
        }
    }
    treated
}

/// Returns the names of methods that every type has, and that a setter would hide.
fn taken(direction: Direction) -> &'static [&'static str] {
    match direction {
        Direction::Request => &["clone", "default", "into", "new", "try_into"],
        Direction::Response => &[],
    }
}

/// Returns true if a setter can have the name.
pub(crate) fn is_setter_name(name: &str) -> bool {
    !taken(Direction::Request).contains(&name)
}

fn rename(properties: &BTreeMap<&str, &Value>, field: &mut Field, names: &mut UniqueNames) {
    let Some(own) = &field.ident else { return };
    let json_name = json_name(&field.attrs, own);
    let asked = properties.get(json_name.as_str()).and_then(|property| property.string(RUST_NAME));
    let name = names.take(&naming::snake(asked.unwrap_or(&json_name)));
    if !is_flattened(field) {
        set_json_name(field, &name, &json_name);
    }
    field.ident = Some(Ident::new(&name, Span::call_site()));
}

fn set_json_name(field: &mut Field, name: &str, json_name: &str) {
    if name == json_name && renamed(&field.attrs).is_none() {
        return;
    }
    let mut options: Vec<Meta> = serde_options(&field.attrs);
    options.retain(|option| !option.path().is_ident("rename"));
    if name != json_name {
        options.insert(0, parse_quote!(rename = #json_name));
    }
    field.attrs.retain(|attribute| !attribute.path().is_ident("serde"));
    if !options.is_empty() {
        let options = options.iter().map(ToTokens::to_token_stream);
        field.attrs.push(parse_quote!(#[serde(#(#options),*)]));
    }
}
