//! Leaves room for fields and variants that a document adds later, and adds constructors and
//! setters to sent types.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Attribute, Field, Fields, Ident, Item, ItemStruct, Type, parse_quote};

use super::properties::is_flattened;
use super::type_names::{inside, is_named};
use super::{additional_properties, property_order};
use crate::api::{Api, Direction, Schema};
use crate::format::parsed;
use crate::schema::{positions, required_in_order};
use crate::tokens::ident;
use openapi::diagnostic::Diagnostic;
use openapi::naming::{self, UniqueNames};

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
                let schema = api.schema(&item.ident.to_string());
                treated.extend(schema.map(|schema| schema.name.clone()));
                if matches!(item.fields, Fields::Named(_)) {
                    item.attrs.push(non_exhaustive());
                    let sent = schema.filter(|schema| schema.direction == Direction::Request);
                    constructor =
                        sent.map_or_else(TokenStream::new, |schema| implementation(schema, item));
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

fn implementation(schema: &Schema, item: &ItemStruct) -> TokenStream {
    let name = &item.ident;
    let (optional, mut required): (Vec<&Field>, Vec<&Field>) = item
        .fields
        .iter()
        .partition(|field| inside(&field.ty, "Option").is_some() || is_flattened(field));
    let positions = positions(required_in_order(&schema.documented));
    required.sort_by_key(|field| property_order::position(field, &positions));
    let arguments = required.iter().map(|field| argument(field, &field.ty));
    let values = required.iter().map(|field| {
        let (name, value) = (&field.ident, value(field, &field.ty));
        quote!(#name: #value)
    });
    let defaults = optional.iter().map(|field| {
        let name = &field.ident;
        quote!(#name: Default::default())
    });
    let mut names = UniqueNames::default();
    let fields = item.fields.iter().filter_map(|field| field.ident.as_ref());
    fields.for_each(|field| drop(names.take(&field.to_string())));
    let setters = optional.iter().map(|field| match is_flattened(field) {
        true => additional_properties::setter(field),
        false => setter(field, &mut names),
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

/// Emits the setter of an optional field, and the one that sets it to null.
fn setter(field: &Field, names: &mut UniqueNames) -> TokenStream {
    let name = &field.ident;
    let optional = inside(&field.ty, "Option").unwrap_or(&field.ty);
    let not_null = inside(optional, "Nullable");
    let inner = not_null.unwrap_or(optional);
    let docs = field.attrs.iter().filter(|attribute| attribute.path().is_ident("doc"));
    let (argument, value) = (argument(field, inner), value(field, inner));
    let (value, null) = match (not_null, name) {
        (Some(_), Some(name)) => (
            quote!(runtime::Nullable::Value(#value)),
            null_setter(name, &names.take(&naming::snake(&format!("{name} null")))),
        ),
        _ => (value, TokenStream::new()),
    };
    quote! {
        #(#docs)*
        #[must_use]
        pub fn #name(mut self, #argument) -> Self {
            self.#name = Some(#value);
            self
        }
        #null
    }
}

fn null_setter(field: &Ident, name: &str) -> TokenStream {
    let (name, docs) = (ident(name), format!(" Sets `{field}` to null, which is not to omit it."));
    quote! {
        #[doc = #docs]
        #[must_use]
        pub fn #name(mut self) -> Self {
            self.#field = Some(runtime::Nullable::Null);
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
