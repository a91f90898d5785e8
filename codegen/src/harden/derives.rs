//! Derives `PartialEq` for every type, so that consumers can compare values in their tests.
//!
//! The types of the runtime that hold secrets compare them in constant time. Nothing with a secret
//! can be hashed or ordered.

use std::collections::BTreeSet;

use quote::quote;
use syn::punctuated::Punctuated;
use syn::{Attribute, Item, Path, Token, parse_quote};

use crate::api::Api;

/// Changes every type, and returns their names.
pub(super) fn run(api: &Api, items: &mut [Item]) -> BTreeSet<String> {
    let mut treated = BTreeSet::new();
    for item in items {
        let (name, attributes) = match item {
            Item::Struct(item) => (&item.ident, &mut item.attrs),
            Item::Enum(item) => (&item.ident, &mut item.attrs),
            _ => continue,
        };
        let schema = api.schema(&name.to_string());
        if let Some(schema) = schema
            && attributes.iter_mut().any(|attribute| compares(attribute).is_some())
        {
            treated.insert(schema.name.clone());
        }
    }
    treated
}

/// Adds the trait to a `derive` that lacks it. Returns `None` if the attribute is another one.
fn compares(attribute: &mut Attribute) -> Option<()> {
    if !attribute.path().is_ident("derive") {
        return None;
    }
    let derived =
        attribute.parse_args_with(Punctuated::<Path, Token![,]>::parse_terminated).ok()?;
    let is_there = derived
        .iter()
        .any(|path| path.segments.last().is_some_and(|segment| segment.ident == "PartialEq"));
    if !is_there {
        let derived = derived.iter();
        let derived = quote!(#(#derived,)* PartialEq);
        *attribute = parse_quote!(#[derive(#derived)]);
    }
    Some(())
}
