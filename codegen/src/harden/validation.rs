//! Checks sent values against the document's constraints, most of which progenitor drops.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value;
use syn::{Field, Fields, Ident, Item, ItemEnum, ItemStruct};

use super::properties::{is_flattened, json_name, properties};
use super::type_names::inside;
use crate::api::{Api, Direction, constraints, type_of};
use crate::format::parsed;
use crate::tokens::constraint_tokens;
use openapi::diagnostic::Diagnostic;
use openapi::object::Schema;

/// Implements `Validate` for every type that is sent, and returns their names.
///
/// # Errors
/// Returns code that is not valid Rust.
pub(super) fn run(api: &Api, items: &mut Vec<Item>) -> Result<BTreeSet<String>, Diagnostic> {
    let mut treated = BTreeSet::new();
    let mut impls = Vec::new();
    for item in items.iter() {
        let (name, checks) = match item {
            Item::Struct(item) => (&item.ident, struct_checks(api, item)),
            Item::Enum(item) => (&item.ident, enum_checks(item)),
            _ => continue,
        };
        if api
            .schema(&name.to_string())
            .is_some_and(|schema| schema.direction == Direction::Request)
        {
            impls.push(implementation(name, &checks));
            treated.insert(name.to_string());
        }
    }
    for implementation in impls {
        items.extend(parsed(implementation)?.items);
    }
    Ok(treated)
}

fn implementation(name: &Ident, checks: &TokenStream) -> TokenStream {
    if checks.is_empty() {
        return quote!(impl runtime::__codegen::Validate for #name {});
    }
    quote! {
        impl runtime::__codegen::Validate for #name {
            fn validate(&self, validator: &mut runtime::__codegen::Validator) {
                #checks
            }
        }
    }
}

/// Emits the checks of an enum: each alternative is checked against its own constraints.
fn enum_checks(item: &ItemEnum) -> TokenStream {
    let alternatives =
        item.variants.iter().filter(|variant| matches!(variant.fields, Fields::Unnamed(_)));
    let arms: Vec<TokenStream> = alternatives
        .map(|variant| {
            let name = &variant.ident;
            quote!(Self::#name(value) => runtime::__codegen::Validate::validate(value, validator),)
        })
        .collect();
    let others = (arms.len() < item.variants.len()).then(|| quote!(_ => {}));
    if arms.is_empty() { TokenStream::new() } else { quote!(match self { #(#arms)* #others }) }
}

fn struct_checks(api: &Api, item: &ItemStruct) -> TokenStream {
    let Some(schema) = api.schema(&item.ident.to_string()) else { return TokenStream::new() };
    if matches!(item.fields, Fields::Unnamed(_)) {
        return quote!(runtime::__codegen::Validate::validate(&self.0, validator););
    }
    let properties = properties(api, &schema.documented);
    let checks = item.fields.iter().map(|field| {
        let Some(name) = &field.ident else { return TokenStream::new() };
        if is_flattened(field) {
            let others = schema.documented.get("additionalProperties");
            return others.map_or_else(TokenStream::new, |values| {
                entry_checks(&quote!(self.#name.iter()), None, values)
            });
        }
        let json_name = json_name(&field.attrs, name);
        properties
            .get(json_name.as_str())
            .map_or_else(TokenStream::new, |property| check(field, name, &json_name, property))
    });
    checks.collect()
}

fn check(field: &Field, name: &Ident, json_name: &str, property: &Value) -> TokenStream {
    let own = (!constraints(property).is_empty()).then(|| {
        let constraints = constraint_tokens(property);
        quote!(validator.property(#json_name, &self.#name, #constraints);)
    });
    let value = inside(&field.ty, "Option");
    let not_null = value.and_then(|value| inside(value, "Nullable"));
    let not_null = not_null.map(|_| quote!(.filter_map(runtime::Nullable::value)));
    let flatten = value.map(|_| quote!(.flatten()));
    let each = quote!(self.#name.iter() #not_null #flatten);
    let nested = type_of(property)
        .named()
        .is_some()
        .then(|| quote!(validator.nested(#json_name, &self.#name);));
    let inner = match (property.get("items"), property.get("additionalProperties")) {
        (Some(items), _) if is_deep(items) => item_checks(&each, &quote!(#json_name), items),
        (Some(items), _) if !constraints(items).is_empty() => {
            let constraints = constraint_tokens(items);
            quote!(validator.items(#json_name, #each, #constraints);)
        }
        (None, Some(values @ Value::Object(_))) => {
            entry_checks(&each, Some(&quote!(#json_name)), values)
        }
        _ => TokenStream::new(),
    };
    quote!(#own #inner #nested)
}

/// Returns true if something inside a schema has constraints, other than the schema itself.
fn is_deep(schema: &Value) -> bool {
    let inner = [schema.get("items"), schema.get("additionalProperties")];
    inner.into_iter().flatten().any(|inner| !constraints(inner).is_empty() || is_deep(inner))
}

/// Emits the checks of a value in an array or a map. `name` is an expression for its name.
fn value_checks(value: &TokenStream, name: &TokenStream, schema: &Value) -> TokenStream {
    let own = (!constraints(schema).is_empty()).then(|| {
        let constraints = constraint_tokens(schema);
        quote!(validator.property(#name, #value, #constraints);)
    });
    let flatten = schema.is_nullable().then(|| quote!(.flatten()));
    let each = quote!(#value.iter() #flatten);
    let inner = match (schema.get("items"), schema.get("additionalProperties")) {
        (Some(items), _) => item_checks(&each, name, items),
        (None, Some(values @ Value::Object(_))) => entry_checks(&each, Some(name), values),
        _ => TokenStream::new(),
    };
    quote!(#own #inner)
}

fn item_checks(each: &TokenStream, name: &TokenStream, items: &Value) -> TokenStream {
    let checks = value_checks(&quote!(item), &quote!(&name), items);
    if checks.is_empty() {
        return checks;
    }
    quote! {
        for (index, item) in #each.enumerate() {
            let name = format!("{}[{index}]", #name);
            #checks
        }
    }
}

fn entry_checks(each: &TokenStream, name: Option<&TokenStream>, values: &Value) -> TokenStream {
    let checks = value_checks(&quote!(value), &quote!(&name), values);
    if checks.is_empty() {
        return checks;
    }
    let name = name.map_or_else(|| quote!(key.clone()), |name| quote!(format!("{}.{key}", #name)));
    quote! {
        for (key, value) in #each {
            let name = #name;
            #checks
        }
    }
}
