//! Adds a method to received types for each property that a caller needs, such as `require_token`:
//! it returns the value, or an error that names the property.
//!
//! A response may lack anything, so every property is an `Option`. A caller who needs a required
//! property or a secret would have to write the same error everywhere, and would take an empty
//! token for one.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value;
use syn::{Field, Item, ItemStruct, Type};

use super::properties::{is_flattened, json_name, properties};
use super::type_names::{inside, is_named};
use crate::api::{Api, Direction, RustType, Schema, type_of, type_of_not_null};
use crate::format::parsed;
use crate::tokens::ident;
use openapi::diagnostic::Diagnostic;
use openapi::object::Schema as _;

/// Adds the accessors of every type. Returns the names of the types that have all accessors that
/// they need.
///
/// # Errors
/// Returns code that is not valid Rust.
pub(super) fn run(api: &Api, items: &mut Vec<Item>) -> Result<BTreeSet<String>, Diagnostic> {
    let secret_holders = secret_holders(api);
    let mut treated = BTreeSet::new();
    let mut with_impls = Vec::with_capacity(items.len());
    for item in std::mem::take(items) {
        let mut accessors = TokenStream::new();
        if let Item::Struct(item) = &item
            && let Some(schema) = api.schema(&item.ident.to_string())
        {
            let needed = needed(api, schema, &secret_holders);
            let methods: Vec<TokenStream> =
                item.fields.iter().filter_map(|field| accessor(item, field, &needed)).collect();
            if !methods.is_empty() {
                let name = &item.ident;
                treated.extend((methods.len() == needed.len()).then(|| name.to_string()));
                accessors = quote!(impl #name { #(#methods)* });
            }
        }
        with_impls.push(item);
        with_impls.extend(parsed(accessors)?.items);
    }
    *items = with_impls;
    Ok(treated)
}

/// Returns the properties that a caller needs, by their names in JSON.
///
/// A required property that can be null is not one of them: null is a meaningful value then.
pub(super) fn needed<'a>(
    api: &'a Api,
    schema: &'a Schema,
    secret_holders: &BTreeSet<String>,
) -> BTreeMap<&'a str, &'a Value> {
    if schema.direction == Direction::Request || !super::has_properties(schema) {
        return BTreeMap::new();
    }
    let is_required =
        |name: &str, property: &Value| schema.documented.requires(name) && !property.is_nullable();
    let mut needed = properties(api, &schema.documented);
    needed.retain(|name, property| {
        is_required(name, property) || holds_secret(property, secret_holders)
    });
    needed
}

/// Returns the names of all schemas whose values contain a secret, at any depth.
///
/// Unlike [`crate::schema::holds_secret`], it considers the types that a caller sees: any JSON
/// contains no secret. Each schema is gone through once, however many refer to it.
pub(super) fn secret_holders(api: &Api) -> BTreeSet<String> {
    let mut users: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    let mut open = Vec::new();
    for schema in &api.schemas {
        for property in properties(api, &schema.documented).into_values() {
            let value = type_of(property);
            if value.is_secret() {
                open.push(schema.name.as_str());
            } else if let Some(name) = value.named() {
                users.entry(name.to_owned()).or_default().push(&schema.name);
            }
        }
    }
    let mut holders = BTreeSet::new();
    while let Some(name) = open.pop() {
        if holders.insert(name.to_owned()) {
            open.extend(users.get(name).into_iter().flatten());
        }
    }
    holders
}

/// Returns true if a value of `schema` is a secret, or contains one.
fn holds_secret(schema: &Value, secret_holders: &BTreeSet<String>) -> bool {
    let value = type_of(schema);
    value.is_secret() || value.named().is_some_and(|name| secret_holders.contains(name))
}

fn accessor(
    item: &ItemStruct,
    field: &Field,
    needed: &BTreeMap<&str, &Value>,
) -> Option<TokenStream> {
    let name = field.ident.as_ref().filter(|_| !is_flattened(field))?;
    let member = json_name(&field.attrs, name);
    let property = needed.get(member.as_str())?;
    let value = inside(&field.ty, "Option")?;
    let owner = item.ident.to_string();
    let docs = field.attrs.iter().filter(|attribute| attribute.path().is_ident("doc"));
    let (returned, given) = lent(value);
    let (check, error) = match type_of_not_null(property) {
        RustType::Secret => (quote!(required_secret), "is missing or empty"),
        _ => (quote!(required), "is missing"),
    };
    let error = format!(" Returns a [`runtime::MissingPropertyError`] if the property {error}.");
    let method = ident(&accessor_name(&name.to_string()));
    Some(quote! {
        #(#docs)*
        #[doc = ""]
        #[doc = " # Errors"]
        #[doc = #error]
        pub fn #method(&self) -> Result<#returned, runtime::MissingPropertyError> {
            runtime::__codegen::#check(self.#name #given, #owner, #member)
        }
    })
}

/// Returns the name of the accessor of a field: `require_token` for `token`, and `require_type` for
/// `type_`.
pub(crate) fn accessor_name(field: &str) -> String {
    format!("require_{}", field.trim_end_matches('_'))
}

/// Returns the type that a caller gets and the expression for it: numbers and booleans by value,
/// everything else by reference.
fn lent(value: &Type) -> (TokenStream, TokenStream) {
    if is_named(value, &["bool", "i32", "i64", "u64", "f32", "f64"]) {
        return (quote!(#value), TokenStream::new());
    }
    if is_named(value, &["String"]) {
        return (quote!(&str), quote!(.as_deref()));
    }
    match (inside(value, "Vec"), inside(value, "Box")) {
        (Some(item), _) => (quote!(&[#item]), quote!(.as_deref())),
        (_, Some(inner)) => (quote!(&#inner), quote!(.as_deref())),
        _ => (quote!(&#value), quote!(.as_ref())),
    }
}
