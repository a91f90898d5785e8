//! Lets an optional property of a sent type be null.
//!
//! progenitor has one `Option` for both, an absent property and null, and omits the property. A
//! request that clears a property by null could not be sent. Only JSON has null, so types of forms
//! alone stay as they are.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value;
use syn::{Field, Fields, Item, Meta, Type, TypePath, parse_quote};

use super::properties::{json_name, properties, serde_options};
use super::type_names::inside;
use crate::api::{Api, Coding, RustType, type_of_not_null};
use openapi::object::Schema as _;
use openapi::reference::schema_name;
use openapi::walk::{self, Site};

/// The optional properties that can be null, by the names of their types.
pub(super) struct NullProperties<'a>(Vec<(&'a str, Vec<&'a str>)>);

impl<'a> NullProperties<'a> {
    /// Finds the properties in all types that are sent as JSON.
    pub(super) fn of(api: &'a Api) -> Self {
        let sent = sent_as_json(api);
        let schemas = api.schemas.iter().filter(|schema| sent.contains(schema.name.as_str()));
        let with_properties = schemas.filter(|schema| super::has_properties(schema));
        let found = with_properties.map(|schema| {
            let properties = properties(api, &schema.documented).into_iter();
            let nullable = properties.filter(|(name, property)| {
                !schema.documented.requires(name) && is_nullable(property)
            });
            (schema.name.as_str(), nullable.map(|(name, _)| name).collect())
        });
        Self(found.filter(|(_, names): &(_, Vec<_>)| !names.is_empty()).collect())
    }

    /// Returns true if a type has such properties.
    pub(super) fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(known, _)| *known == name)
    }

    /// Changes the fields of these properties. Returns the names of the types with all of them
    /// changed.
    pub(super) fn run(&self, items: &mut [Item]) -> BTreeSet<String> {
        let mut treated = BTreeSet::new();
        for item in items {
            if let Item::Struct(item) = item
                && let Fields::Named(fields) = &mut item.fields
                && let Some((_, names)) = self.0.iter().find(|(name, _)| item.ident == name)
            {
                let named = fields.named.iter_mut().filter(|field| {
                    let own = field.ident.as_ref();
                    own.is_some_and(|own| names.contains(&json_name(&field.attrs, own).as_str()))
                });
                let changed = named.filter_map(let_be_null).count();
                treated.extend((changed == names.len()).then(|| item.ident.to_string()));
            }
        }
        treated
    }
}

/// Returns the names of the types that are sent as JSON, alone or within others.
fn sent_as_json(api: &Api) -> BTreeSet<&str> {
    let bodies = api.operations.iter().filter_map(|operation| operation.body.as_ref());
    let mut open: Vec<&Value> =
        bodies.filter(|body| body.coding == Coding::Json).map(|body| &body.schema).collect();
    let mut found = BTreeSet::new();
    while let Some(schema) = open.pop() {
        walk::schema(schema, &Site::TOP, &mut |_, schema| {
            let target = schema_name(schema).and_then(|name| api.schema(name));
            if let Some(target) = target.filter(|target| found.insert(target.name.as_str())) {
                open.push(&target.documented);
            }
        });
    }
    found
}

/// Returns true if a value can be null. Any JSON can.
fn is_nullable(property: &Value) -> bool {
    property.is_nullable() || type_of_not_null(property) == RustType::Any
}

fn is_any_json(value: &Type) -> bool {
    let Type::Path(TypePath { path, .. }) = value else { return false };
    path.segments.iter().map(|segment| &segment.ident).eq(["serde_json", "Value"])
}

/// Changes the type of an optional field, unless it has null already. Returns `None` if it is not
/// optional.
fn let_be_null(field: &mut Field) -> Option<()> {
    let value = inside(&field.ty, "Option")?;
    if !is_any_json(value) {
        field.ty = parse_quote!(::std::option::Option<runtime::Nullable<#value>>);
    }
    let options: Vec<Meta> = serde_options(&field.attrs);
    let kept = options.iter().filter(|option| !option.path().is_ident("default"));
    let kept: TokenStream = kept.map(|option| quote!(#option,)).collect();
    field.attrs.retain(|attribute| !attribute.path().is_ident("serde"));
    field.attrs.push(parse_quote!(
        #[serde(#kept default, deserialize_with = "runtime::__codegen::present")]
    ));
    Some(())
}
