//! Emits the statements that put values into a call.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use serde_json::Value;

use super::tokens::{as_reference, ident};
use crate::api::{Body, Coding, Operation, Parameter, Place, Rule, RustType, Style, rules};

/// The parameters of the path as they stand in it, where one can stand several times.
pub fn path_parameters(operation: &Operation) -> impl Iterator<Item = &Parameter> {
    let names = operation.path.split('{').skip(1).filter_map(|rest| rest.split('}').next());
    names.filter_map(|name| {
        operation.parameters.iter().find(|parameter| parameter.place == Place::Path && parameter.name == name)
    })
}

/// The statement that puts a parameter into the call.
pub fn fill_parameter(parameter: &Parameter) -> TokenStream {
    let value = match &parameter.constant {
        Some(constant) => quote!(#constant),
        None => as_reference(&parameter.rust_type, &ident(&parameter.rust_name)),
    };
    let (name, place) = (&parameter.name, place(parameter));
    let explode = if parameter.explode { quote!(runtime::Explode::Yes) } else { quote!(runtime::Explode::No) };
    if let Some(style) = style(parameter) {
        let constraints = match parameter.constant {
            Some(_) => TokenStream::new(),
            None => constraints(&place, name, &value, &parameter.schema, &parameter.rust_type),
        };
        let sent = if parameter.place == Place::Header { name.to_ascii_lowercase() } else { name.clone() };
        return quote!(call.styled(runtime::RequestPart::#place, #sent, #value, runtime::Style::#style, #explode); #constraints);
    }
    let rules = match parameter.constant {
        Some(_) => quote!(&[]),
        None => rules_tokens(&parameter.schema),
    };
    let of_items = match parameter.constant {
        Some(_) => TokenStream::new(),
        None => item_constraints(&place, name, &value, &parameter.schema, &parameter.rust_type),
    };
    let fill = match parameter.place {
        Place::Path => quote!(call.path(#name, #value, #rules);),
        Place::Header => {
            let name = parameter.name.to_ascii_lowercase();
            quote!(call.header(#name, #value, #rules);)
        }
        Place::Query | Place::Cookie => quote!(call.query(#name, #value, #rules, #explode);),
    };
    quote!(#of_items #fill)
}

/// The variant of the runtime's `Style`, for what is not written as the default has it.
fn style(parameter: &Parameter) -> Option<Ident> {
    (parameter.style != Style::Plain).then(|| ident(&format!("{:?}", parameter.style)))
}

fn place(parameter: &Parameter) -> Ident {
    ident(&format!("{:?}", parameter.place))
}

/// Statements that hold a value, and the items of a list, against the constraints of its schema.
fn constraints(place: &Ident, name: &str, value: &TokenStream, schema: &Value, rust_type: &RustType) -> TokenStream {
    let own = (!rules(schema).is_empty()).then(|| {
        let rules = rules_tokens(schema);
        quote!(call.check(runtime::RequestPart::#place, #name, #value, #rules);)
    });
    let of_items = item_constraints(place, name, value, schema, rust_type);
    quote!(#own #of_items)
}

fn item_constraints(
    place: &Ident,
    name: &str,
    value: &TokenStream,
    schema: &Value,
    rust_type: &RustType,
) -> TokenStream {
    match (rust_type, schema.get("items")) {
        (RustType::List(_), Some(items)) if !rules(items).is_empty() => {
            let rules = rules_tokens(items);
            quote!(call.check_items(runtime::RequestPart::#place, #name, #value, #rules);)
        }
        _ => TokenStream::new(),
    }
}

/// A slice of the runtime's rules.
pub fn rules_tokens(schema: &serde_json::Value) -> TokenStream {
    let rules = rules(schema).into_iter().map(|rule| match rule {
        Rule::Uuid => quote!(runtime::Constraint::Uuid),
        Rule::UniqueItems => quote!(runtime::Constraint::UniqueItems),
        Rule::Pattern(pattern) => quote!(runtime::Constraint::Pattern(#pattern)),
        Rule::Among(values) => {
            let values = values.into_iter().map(proc_macro2::Literal::f64_unsuffixed);
            quote!(runtime::Constraint::Enum(&[#(#values),*]))
        }
        Rule::Count(variant, count) => {
            let (variant, count) = (ident(variant), proc_macro2::Literal::u64_unsuffixed(count));
            quote!(runtime::Constraint::#variant(#count))
        }
        Rule::Bound(variant, bound) => {
            let (variant, bound) = (ident(variant), proc_macro2::Literal::f64_unsuffixed(bound));
            quote!(runtime::Constraint::#variant(#bound))
        }
    });
    quote!(&[#(#rules),*])
}

/// The statement that puts the body into the call.
pub fn fill_body(body: &Body) -> TokenStream {
    let media_type = &body.media_type;
    let value = as_reference(&body.rust_type, &ident("body"));
    let constraints = constraints(&ident("Body"), "", &value, &body.schema, &body.rust_type);
    let write = ident(match body.coding {
        Coding::Json => "json",
        Coding::Form => "form",
        Coding::Multipart => "multipart",
        Coding::Raw => "raw",
    });
    let parts = (body.coding == Coding::Multipart).then(|| {
        let parts = body.part_media_types.iter().map(|(name, media_type)| quote!((#name, #media_type)));
        quote!(, &[#(#parts),*])
    });
    quote!(call.#write(#media_type, #value #parts); #constraints)
}
