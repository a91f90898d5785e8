//! Lets received enums keep values that the document does not list, and adds `as_str` to all enums.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use serde_json::Value;
use syn::{Fields, Item, ItemEnum, parse_quote};

use super::properties::json_name;
use crate::api::{Api, Direction, Schema};
use crate::format::parsed;
use openapi::diagnostic::Diagnostic;
use openapi::naming::{self, UniqueNames};

/// Opens every enum of strings, and returns their names.
///
/// # Errors
/// Returns code that is not valid Rust.
pub(super) fn run(api: &Api, items: &mut Vec<Item>) -> Result<BTreeSet<String>, Diagnostic> {
    let mut treated = BTreeSet::new();
    let mut with_impls = Vec::with_capacity(items.len());
    for mut item in std::mem::take(items) {
        let mut impls = TokenStream::new();
        if let Item::Enum(item) = &mut item
            && item.variants.iter().all(|variant| matches!(variant.fields, Fields::Unit))
            && let Some(schema) = api.schema(&item.ident.to_string())
        {
            let variants =
                variants(schema).filter(|variants| variants.len() == item.variants.len());
            let Some(variants) = variants else { continue };
            name_variants(item, &variants);
            impls = open(item, schema.direction);
            treated.insert(schema.name.clone());
        }
        with_impls.push(item);
        with_impls.extend(parsed(impls)?.items);
    }
    *items = with_impls;
    Ok(treated)
}

/// Returns the strings of a schema's `enum`.
pub(super) fn values(schema: &Schema) -> Option<Vec<&str>> {
    schema.documented.get("enum")?.as_array()?.iter().map(Value::as_str).collect()
}

/// Returns the strings of a schema's `enum`, each with the name of its variant.
pub(crate) fn variants(schema: &Schema) -> Option<Vec<(&str, String)>> {
    let mut names = UniqueNames::default();
    let named =
        values(schema)?.into_iter().map(|value| (value, names.take(&naming::variant(value))));
    Some(named.collect())
}

/// Renames the variants after the strings, for which progenitor was given stand-ins.
fn name_variants(item: &mut ItemEnum, variants: &[(&str, String)]) {
    for (variant, (value, name)) in item.variants.iter_mut().zip(variants) {
        variant.ident = format_ident!("{name}");
        variant.attrs.retain(|attribute| !attribute.path().is_ident("serde"));
        if name != value {
            variant.attrs.push(parse_quote!(#[serde(rename = #value)]));
        }
    }
}

fn open(item: &mut ItemEnum, direction: Direction) -> TokenStream {
    let name = &item.ident;
    let strings: Vec<_> = item
        .variants
        .iter()
        .map(|variant| {
            let (ident, string) = (&variant.ident, json_name(&variant.attrs, &variant.ident));
            quote!(Self::#ident => #string,)
        })
        .collect();
    let mut unknown_string = TokenStream::new();
    if direction == Direction::Response {
        let mut names = UniqueNames::default();
        for variant in &item.variants {
            names.take(&variant.ident.to_string());
        }
        let unknown = format_ident!("{}", names.take("Unknown"));
        unknown_string = quote!(Self::#unknown(string) => string,);
        item.variants.push(parse_quote!(#[serde(untagged)] #unknown(String)));
        item.attrs.retain(|attribute| !attribute.path().is_ident("derive"));
        item.attrs
            .push(parse_quote!(#[derive(serde::Deserialize, serde::Serialize, Clone, Debug, PartialEq, Eq, Hash)]));
    }
    let parameter = (direction == Direction::Request).then(|| {
        quote! {
            impl runtime::__codegen::ParameterValue for #name {
                fn each(&self, write: &mut dyn FnMut(&str)) {
                    write(self.as_str());
                }
            }

            impl runtime::__codegen::Constrained for #name {
                fn satisfies(&self, constraint: &runtime::__codegen::Constraint) -> bool {
                    self.as_str().satisfies(constraint)
                }
            }
        }
    });
    quote! {
        impl #name {
            /// Returns the value as a string, as in JSON.
            #[must_use]
            pub fn as_str(&self) -> &str {
                match self { #(#strings)* #unknown_string }
            }
        }

        impl std::fmt::Display for #name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str(self.as_str())
            }
        }

        #parameter
    }
}
