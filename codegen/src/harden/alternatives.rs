//! Lets a sent type with alternatives decode as the alternative that keeps everything.
//!
//! The code that serde derives takes the first alternative that fits. An object fits those with
//! fewer properties, too, and would lose the others.

use std::collections::BTreeSet;

use quote::quote;
use syn::{Attribute, Fields, Item, ItemEnum};

use super::derives;
use super::properties::serde_options;
use crate::api::{Direction, Schema};
use crate::format::parsed;
use openapi::diagnostic::Diagnostic;
use openapi::object::Schema as _;

/// Replaces the derived code, and returns the names of the types.
///
/// # Errors
/// Returns code that is not valid Rust.
pub(super) fn run(items: &mut Vec<Item>) -> Result<BTreeSet<String>, Diagnostic> {
    let mut treated = BTreeSet::new();
    let mut with_impls = Vec::with_capacity(items.len());
    for mut item in std::mem::take(items) {
        let mut implementation = None;
        if let Item::Enum(item) = &mut item
            && is_untagged(&item.attrs)
        {
            derives::change(&mut item.attrs, |derived| {
                derived.retain(|path| !derives::is(path, "Deserialize"));
            });
            implementation = Some(deserialize(item)?);
            treated.insert(item.ident.to_string());
        }
        with_impls.push(item);
        with_impls.extend(implementation.into_iter().flatten());
    }
    *items = with_impls;
    Ok(treated)
}

/// Returns true if a type has alternatives, which only a sender can tell apart.
pub(super) fn has_alternatives(schema: &Schema) -> bool {
    schema.direction == Direction::Request && schema.documented.alternatives().nth(1).is_some()
}

fn is_untagged(attributes: &[Attribute]) -> bool {
    serde_options(attributes).iter().any(|option| option.path().is_ident("untagged"))
}

fn deserialize(item: &ItemEnum) -> Result<Vec<Item>, Diagnostic> {
    let name = &item.ident;
    let alternatives =
        item.variants.iter().filter(|variant| matches!(variant.fields, Fields::Unnamed(_)));
    let alternatives = alternatives.map(|variant| {
        let variant = &variant.ident;
        quote!(|json| runtime::__codegen::fitting(json).map(Self::#variant))
    });
    let implementation = quote! {
        impl<'de> serde::Deserialize<'de> for #name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                runtime::__codegen::alternative(deserializer, &[#(#alternatives),*])
            }
        }
    };
    Ok(parsed(implementation)?.items)
}
