//! Turns `Box<Option<_>>` into `Option<Box<_>>`, so that every optional property is an `Option`.
//!
//! progenitor breaks a circle of types at the first type that it visits, which can be the `Option`.

use quote::quote;
use syn::{Field, Fields, Item, Meta, parse_quote};

use super::properties::serde_options;
use super::type_names::inside;

pub(super) fn run(items: &mut [Item]) {
    for item in items {
        let Item::Struct(item) = item else { continue };
        let Fields::Named(fields) = &mut item.fields else { continue };
        for field in &mut fields.named {
            let inner = inside(&field.ty, "Box").and_then(|boxed| inside(boxed, "Option")).cloned();
            if let Some(inner) = inner {
                field.ty = parse_quote!(::std::option::Option<::std::boxed::Box<#inner>>);
                skip_if_absent(field);
            }
        }
    }
}

/// Omits an absent property that has a default. One without a default is sent as null.
fn skip_if_absent(field: &mut Field) {
    let options: Vec<Meta> = serde_options(&field.attrs);
    let has_default = options.iter().any(|option| option.path().is_ident("default"));
    if !has_default {
        return;
    }
    let kept = options.iter().filter(|option| !option.path().is_ident("default"));
    let kept = quote!(#(#kept,)*);
    field.attrs.retain(|attribute| !attribute.path().is_ident("serde"));
    field
        .attrs
        .push(parse_quote!(#[serde(#kept skip_serializing_if = "::std::option::Option::is_none")]));
}
