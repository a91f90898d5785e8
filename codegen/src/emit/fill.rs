//! Emits the statements that put values into a call.

use proc_macro2::TokenStream;
use quote::quote;

use super::tokens::{as_reference, ident};
use crate::api::{Body, Coding, Operation, Parameter, Place, Rule, RustType, rules};

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
    let rules = match parameter.constant {
        Some(_) => quote!(&[]),
        None => rules_tokens(&parameter.schema),
    };
    let of_items = match (&parameter.rust_type, parameter.schema.get("items")) {
        (RustType::List(_), Some(items)) if parameter.constant.is_none() && !self::rules(items).is_empty() => {
            let (name, place, rules) = (&parameter.name, place(parameter), rules_tokens(items));
            quote!(call.constrain_items(runtime::Place::#place, #name, #value, #rules);)
        }
        _ => TokenStream::new(),
    };
    let fill = match parameter.place {
        Place::Path => {
            let name = &parameter.name;
            quote!(call.path(#name, #value, #rules);)
        }
        Place::Header => {
            let name = parameter.name.to_ascii_lowercase();
            quote!(call.header(#name, #value, #rules);)
        }
        Place::Query => {
            let name = &parameter.name;
            let explode = if parameter.explode { quote!(runtime::Explode::Yes) } else { quote!(runtime::Explode::No) };
            quote!(call.query(#name, #value, #rules, #explode);)
        }
    };
    quote!(#of_items #fill)
}

fn place(parameter: &Parameter) -> proc_macro2::Ident {
    ident(match parameter.place {
        Place::Path => "Path",
        Place::Query => "Query",
        Place::Header => "Header",
    })
}

/// A slice of the runtime's rules.
pub fn rules_tokens(schema: &serde_json::Value) -> TokenStream {
    let rules = rules(schema).into_iter().map(|rule| match rule {
        Rule::Uuid => quote!(runtime::Rule::Uuid),
        Rule::UniqueItems => quote!(runtime::Rule::UniqueItems),
        Rule::Pattern(pattern) => quote!(runtime::Rule::Pattern(#pattern)),
        Rule::Among(values) => {
            let values = values.into_iter().map(proc_macro2::Literal::f64_unsuffixed);
            quote!(runtime::Rule::Among(&[#(#values),*]))
        }
        Rule::Count(variant, count) => {
            let (variant, count) = (ident(variant), proc_macro2::Literal::u64_unsuffixed(count));
            quote!(runtime::Rule::#variant(#count))
        }
        Rule::Bound(variant, bound) => {
            let (variant, bound) = (ident(variant), proc_macro2::Literal::f64_unsuffixed(bound));
            quote!(runtime::Rule::#variant(#bound))
        }
    });
    quote!(&[#(#rules),*])
}

/// The statement that puts the body into the call.
pub fn fill_body(body: &Body) -> TokenStream {
    let media_type = &body.media_type;
    let value = as_reference(&body.rust_type, &ident("body"));
    let own = (!rules(&body.schema).is_empty()).then(|| {
        let rules = rules_tokens(&body.schema);
        quote!(call.constrain(runtime::Place::Body, "", #value, #rules);)
    });
    let of_items = match (&body.rust_type, body.schema.get("items")) {
        (RustType::List(_), Some(items)) if !rules(items).is_empty() => {
            let rules = rules_tokens(items);
            quote!(call.constrain_items(runtime::Place::Body, "", #value, #rules);)
        }
        _ => TokenStream::new(),
    };
    let write = ident(match body.coding {
        Coding::Json => "json",
        Coding::Form => "form",
        Coding::Raw => "raw",
    });
    quote!(call.#write(#media_type, #value); #own #of_items)
}
