//! Keeps the properties that the document does not name in a type that does not print them.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value;
use syn::{Field, Item, parse_quote};

use super::has_properties;
use super::properties::is_flattened;
use super::type_names::inside_last;
use crate::api::Schema;
use openapi::object::Object;

/// Changes the types of the fields for such properties, and returns the names of their structs.
pub(super) fn run(items: &mut [Item]) -> BTreeSet<String> {
    let mut treated = BTreeSet::new();
    for item in items {
        let Item::Struct(item) = item else { continue };
        for field in item.fields.iter_mut().filter(|field| is_flattened(field)) {
            let Some(value) = inside_last(&field.ty, &["BTreeMap", "Map"]) else { continue };
            field.ty = parse_quote!(runtime::AdditionalProperties<#value>);
            treated.insert(item.ident.to_string());
        }
    }
    treated
}

/// Returns true if a type has a field for the properties that the document does not name.
pub(super) fn is_kept(schema: &Schema) -> bool {
    let others = schema.documented.keyword("additionalProperties");
    has_properties(schema)
        && others.is_some_and(|others| others.is_object() || *others == Value::Bool(true))
}

/// Emits a method that adds such a property to a sent type.
pub(super) fn setter(field: &Field) -> TokenStream {
    let name = &field.ident;
    let Some(value) = inside_last(&field.ty, &["AdditionalProperties"]) else {
        return TokenStream::new();
    };
    quote! {
        /// Adds a property that the document does not name.
        #[must_use]
        pub fn #name(mut self, name: impl Into<String>, value: impl Into<#value>) -> Self {
            self.#name.insert(name.into(), value.into());
            self
        }
    }
}
