//! Holds what is sent to the document's constraints, most of which progenitor drops.

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value;
use syn::{Field, Fields, Ident, Item};

use super::members::{is_flattened, json_name, properties};
use crate::api::{Api, Direction, Schema, rules, type_of};
use crate::emit::rules_tokens;

/// Implements `Validate` for every type that is sent; returns how many there are.
pub fn run(api: &Api, items: &mut Vec<Item>) -> usize {
    let mut impls = Vec::new();
    for item in items.iter() {
        let (name, fields) = match item {
            Item::Struct(item) => (&item.ident, Some(&item.fields)),
            Item::Enum(item) => (&item.ident, None),
            _ => continue,
        };
        if let Some(schema) = api.schema(&name.to_string()).filter(|schema| schema.direction == Direction::Request) {
            impls.push(implementation(api, schema, name, fields));
        }
    }
    let treated = impls.len();
    items.extend(
        impls.into_iter().flat_map(|code| syn::parse2::<syn::File>(code).into_iter().flat_map(|file| file.items)),
    );
    treated
}

fn implementation(api: &Api, schema: &Schema, name: &Ident, fields: Option<&Fields>) -> TokenStream {
    let properties = properties(api, &schema.documented);
    let checks = fields.into_iter().flatten().filter(|field| !is_flattened(field)).map(|field| {
        let Some(name) = &field.ident else { return TokenStream::new() };
        let json_name = json_name(&field.attrs, name);
        properties
            .get(json_name.as_str())
            .map_or_else(TokenStream::new, |property| check(field, name, &json_name, property))
    });
    let checks: TokenStream = checks.collect();
    if checks.is_empty() {
        return quote!(impl runtime::Validate for #name {});
    }
    quote! {
        impl runtime::Validate for #name {
            fn validate(&self, validator: &mut runtime::Validator) {
                #checks
            }
        }
    }
}

fn check(field: &Field, name: &Ident, json_name: &str, property: &Value) -> TokenStream {
    let own = (!rules(property).is_empty()).then(|| {
        let rules = rules_tokens(property);
        quote!(validator.field(#json_name, &self.#name, #rules);)
    });
    let items = property.get("items").filter(|items| !rules(items).is_empty()).map(|items| {
        let rules = rules_tokens(items);
        let flatten = is_option(field).then(|| quote!(.flatten()));
        quote!(validator.items(#json_name, self.#name.iter()#flatten, #rules);)
    });
    let nested = type_of(property).named().is_some().then(|| quote!(validator.nested(#json_name, &self.#name);));
    quote!(#own #items #nested)
}

/// Whether a field need not be there.
pub fn is_option(field: &Field) -> bool {
    option_inner(&field.ty).is_some()
}

/// The type inside of an `Option`.
pub fn option_inner(ty: &syn::Type) -> Option<&syn::Type> {
    let syn::Type::Path(path) = ty else { return None };
    let last = path.path.segments.last().filter(|segment| segment.ident == "Option")?;
    let syn::PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
    match arguments.args.first()? {
        syn::GenericArgument::Type(inner) => Some(inner),
        _ => None,
    }
}
