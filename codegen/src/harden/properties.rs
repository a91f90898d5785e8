//! The documented properties behind the fields of a struct.

use std::collections::BTreeMap;

use proc_macro2::{Literal, TokenStream, TokenTree};
use serde_json::Value;
use syn::{Attribute, Field, LitStr, Meta, MetaList, Token, punctuated::Punctuated};

use crate::api::Api;
use openapi::object::Schema;
use openapi::reference::schema_name;

/// The largest nesting of `allOf`. A deeper one is recursive.
const DEEPEST: usize = 16;

/// Returns the properties of a schema by name, including those of its subschemas.
pub(super) fn properties<'a>(api: &'a Api, schema: &'a Value) -> BTreeMap<&'a str, &'a Value> {
    let mut found = BTreeMap::new();
    collect(api, schema, DEEPEST, &mut found);
    found
}

fn collect<'a>(
    api: &'a Api,
    schema: &'a Value,
    depth: usize,
    found: &mut BTreeMap<&'a str, &'a Value>,
) {
    let Some(depth) = depth.checked_sub(1) else { return };
    if let Some(target) = schema_name(schema).and_then(|name| api.schema(name)) {
        collect(api, &target.documented, depth, found);
    }
    for part in schema.subschemas() {
        collect(api, part, depth, found);
    }
    for (name, property) in schema.properties() {
        found.insert(name, property);
    }
}

/// Returns the name of a field or variant in JSON: that of `rename`, or its own.
pub(super) fn json_name(attributes: &[Attribute], own: &syn::Ident) -> String {
    renamed(attributes).unwrap_or_else(|| own.to_string().trim_start_matches("r#").to_owned())
}

/// Returns the value of the option `rename`.
pub(super) fn renamed(attributes: &[Attribute]) -> Option<String> {
    let tokens = option(attributes, "rename")?;
    let name = tokens.into_iter().find_map(|token| match token {
        TokenTree::Literal(literal) => Some(Literal::to_string(&literal)),
        _ => None,
    });
    Some(syn::parse_str::<LitStr>(&name?).ok()?.value())
}

/// Returns true if a field takes the properties that no other field takes.
pub(super) fn is_flattened(field: &Field) -> bool {
    option(&field.attrs, "flatten").is_some()
}

/// Returns what follows an option's name in a `#[serde(…)]` attribute, up to the end of all
/// options.
///
/// Every field is asked several times, so the options are searched and not parsed.
fn option(attributes: &[Attribute], name: &str) -> Option<TokenStream> {
    serde_lists(attributes).find_map(|list| {
        let mut tokens = list.tokens.clone().into_iter();
        let mut starts_option = true;
        while let Some(token) = tokens.next() {
            match token {
                TokenTree::Ident(ident) if starts_option && ident == name => {
                    return Some(tokens.collect());
                }
                token => {
                    starts_option =
                        matches!(token, TokenTree::Punct(punct) if punct.as_char() == ',')
                }
            }
        }
        None
    })
}

fn serde_lists(attributes: &[Attribute]) -> impl Iterator<Item = &MetaList> {
    let lists = attributes.iter().filter_map(|attribute| attribute.meta.require_list().ok());
    lists.filter(|list| list.path.is_ident("serde"))
}

/// Returns all options of the `#[serde(…)]` attributes.
pub(super) fn serde_options(attributes: &[Attribute]) -> Vec<Meta> {
    let options = serde_lists(attributes).filter_map(|list| {
        list.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated).ok()
    });
    options.flatten().collect()
}
