//! Documents every type, field and variant with the document's descriptions and constraints.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::Span;
use serde_json::Value;
use syn::{Attribute, Field, Fields, Ident, Item, LitStr, Meta, MetaNameValue, Token, Variant};

use super::properties::{is_flattened, json_name, properties};
use crate::api::{Api, Direction, Schema, constraints_in_words};
use openapi::markdown::{code, sanitize};
use openapi::object::Object;

/// Documents every type, and returns their names.
pub(super) fn run(api: &Api, items: &mut [Item]) -> BTreeSet<String> {
    let mut treated = BTreeSet::new();
    for item in items {
        match item {
            Item::Struct(item) => {
                let Some(schema) = api.schema(&item.ident.to_string()) else { continue };
                set_docs(&mut item.attrs, &type_doc(schema));
                let properties = properties(api, &schema.documented);
                for field in &mut item.fields {
                    document_field(api, schema, &properties, field);
                }
                treated.insert(schema.name.clone());
            }
            Item::Enum(item) => {
                let Some(schema) = api.schema(&item.ident.to_string()) else { continue };
                set_docs(&mut item.attrs, &type_doc(schema));
                item.variants.iter_mut().for_each(document_variant);
                treated.insert(schema.name.clone());
            }
            _ => {}
        }
    }
    treated
}

fn type_doc(schema: &Schema) -> String {
    match description(&schema.documented) {
        Some(description) => description,
        None => format!("The schema `{}`.", schema.name),
    }
}

fn document_field(
    api: &Api,
    schema: &Schema,
    properties: &BTreeMap<&str, &Value>,
    field: &mut Field,
) {
    let Some(name) = &field.ident else { return };
    let json_name = json_name(&field.attrs, name);
    let property = properties.get(json_name.as_str()).copied();
    if is_flattened(field) {
        set_docs(&mut field.attrs, "The properties that the document does not name.");
        return;
    }
    let described = property.and_then(|property| {
        description(property).or_else(|| {
            let target = api.schema(openapi::reference::schema_name(property)?)?;
            description(&target.documented)
        })
    });
    let mut doc = described.unwrap_or_else(|| format!("The property `{}`.", code(&json_name)));
    let asked = property
        .map(constraints_in_words)
        .filter(|asked| schema.direction == Direction::Request && !asked.is_empty());
    if let Some(asked) = asked {
        doc = format!("{doc} {asked}");
    }
    set_docs(&mut field.attrs, &doc);
}

fn document_variant(variant: &mut Variant) {
    let doc = match &variant.fields {
        Fields::Unit => match code(&json_name(&variant.attrs, &variant.ident)).trim() {
            "" => "A JSON string without visible characters.".to_owned(),
            string => format!("The JSON string `{string}`."),
        },
        _ if is_untagged(&variant.attrs) => "A value that the document does not list.".to_owned(),
        _ => "One of the alternatives.".to_owned(),
    };
    set_docs(&mut variant.attrs, &doc);
}

fn is_untagged(attributes: &[Attribute]) -> bool {
    super::properties::serde_options(attributes)
        .iter()
        .any(|option| option.path().is_ident("untagged"))
}

fn description(schema: &Value) -> Option<String> {
    schema.string("description").map(sanitize).filter(|description| !description.is_empty())
}

fn set_docs(attributes: &mut Vec<Attribute>, doc: &str) {
    attributes.retain(|attribute| !attribute.path().is_ident("doc"));
    attributes.insert(0, doc_attribute(&format!(" {doc}")));
}

/// Returns `#[doc = "…"]`, built by hand because there is one for every field.
fn doc_attribute(text: &str) -> Attribute {
    let (path, text) = (Ident::new("doc", Span::call_site()), LitStr::new(text, Span::call_site()));
    Attribute {
        pound_token: <Token![#]>::default(),
        style: syn::AttrStyle::Outer,
        bracket_token: syn::token::Bracket::default(),
        meta: Meta::NameValue(MetaNameValue {
            path: path.into(),
            eq_token: <Token![=]>::default(),
            value: syn::Expr::Lit(syn::ExprLit { attrs: Vec::new(), lit: text.into() }),
        }),
    }
}
