//! Leaves room for fields and variants that a document adds later, and adds constructors and
//! setters to sent types.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Attribute, Field, Fields, Item, ItemStruct, Type, parse_quote};

use super::additional_properties;
use super::properties::is_flattened;
use super::type_names::{inside, is_named};
use crate::api::{Api, Direction};
use crate::format::parsed;
use openapi::diagnostic::Diagnostic;

/// Changes every type, and returns their names.
///
/// # Errors
/// Returns code that is not valid Rust.
pub(super) fn run(api: &Api, items: &mut Vec<Item>) -> Result<BTreeSet<String>, Diagnostic> {
    let mut treated = BTreeSet::new();
    let mut with_impls = Vec::with_capacity(items.len());
    for mut item in std::mem::take(items) {
        let mut constructor = TokenStream::new();
        match &mut item {
            Item::Struct(item) => {
                let direction = api.schema(&item.ident.to_string()).map(|schema| schema.direction);
                treated.extend(direction.map(|_| item.ident.to_string()));
                if matches!(item.fields, Fields::Named(_)) {
                    item.attrs.push(non_exhaustive());
                    constructor = match direction {
                        Some(Direction::Request) => implementation(item),
                        _ => TokenStream::new(),
                    };
                }
            }
            Item::Enum(item) => {
                item.attrs.push(non_exhaustive());
                treated
                    .extend(api.schema(&item.ident.to_string()).map(|schema| schema.name.clone()));
            }
            _ => {}
        }
        with_impls.push(item);
        with_impls.extend(parsed(constructor)?.items);
    }
    *items = with_impls;
    Ok(treated)
}

fn non_exhaustive() -> Attribute {
    parse_quote!(#[non_exhaustive])
}

fn implementation(item: &ItemStruct) -> TokenStream {
    let name = &item.ident;
    let (optional, required): (Vec<&Field>, Vec<&Field>) = item
        .fields
        .iter()
        .partition(|field| inside(&field.ty, "Option").is_some() || is_flattened(field));
    let arguments = required.iter().map(|field| argument(field, &field.ty));
    let values = required.iter().map(|field| {
        let (name, value) = (&field.ident, value(field, &field.ty));
        quote!(#name: #value)
    });
    let defaults = optional.iter().map(|field| {
        let name = &field.ident;
        quote!(#name: Default::default())
    });
    let setters = optional.iter().map(|field| match is_flattened(field) {
        true => additional_properties::setter(field),
        false => setter(field),
    });
    let doc = if required.is_empty() {
        " Returns a value without properties."
    } else {
        " Returns a value with the required properties."
    };
    quote! {
        impl #name {
            #[doc = #doc]
            #[must_use]
            pub fn new(#(#arguments),*) -> Self {
                Self { #(#values,)* #(#defaults,)* }
            }
            #(#setters)*
        }
    }
}

fn setter(field: &Field) -> TokenStream {
    let name = &field.ident;
    let inner = inside(&field.ty, "Option").unwrap_or(&field.ty);
    let docs = field.attrs.iter().filter(|attribute| attribute.path().is_ident("doc"));
    let (argument, value) = (argument(field, inner), value(field, inner));
    quote! {
        #(#docs)*
        #[must_use]
        pub fn #name(mut self, #argument) -> Self {
            self.#name = Some(#value);
            self
        }
    }
}

fn argument(field: &Field, ty: &Type) -> TokenStream {
    let name = &field.ident;
    if converts(ty) { quote!(#name: impl Into<#ty>) } else { quote!(#name: #ty) }
}

fn value(field: &Field, ty: &Type) -> TokenStream {
    let name = &field.ident;
    if converts(ty) { quote!(#name.into()) } else { quote!(#name) }
}

/// Returns true if callers usually have values that only need converting: strings for strings and
/// secrets, bytes for files, a value for its box.
fn converts(ty: &Type) -> bool {
    is_named(ty, &["String", "SecretString", "FilePart", "Box"])
}
