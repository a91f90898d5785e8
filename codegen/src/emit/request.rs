//! Emits the statements that add parameters and a body to a request.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use serde_json::Value;

use crate::api::{
    Body, Coding, Encoding, Operation, Parameter, ParameterLocation, RustType, ValueSource,
    constraints,
};
use crate::tokens::{argument_type, as_reference, constraint_tokens, ident};

/// Returns the parameters in the path, in its order. A parameter may occur several times.
pub(super) fn path_parameters(operation: &Operation) -> impl Iterator<Item = &Parameter> {
    let names = operation.path.split('{').skip(1).filter_map(|rest| rest.split('}').next());
    names.filter_map(|name| {
        operation.parameters.iter().find(|parameter| {
            parameter.location == ParameterLocation::Path && parameter.name == name
        })
    })
}

/// Emits the statement that adds a parameter.
pub(super) fn add_parameter(parameter: &Parameter) -> TokenStream {
    let value = match &parameter.source {
        ValueSource::Constant(constant) => quote!(#constant),
        ValueSource::UserId => quote!(&user_id),
        ValueSource::Caller => as_reference(&parameter.rust_type, &ident(&parameter.rust_name)),
    };
    let (name, place) = (&parameter.name, place(parameter));
    let explode = explode(parameter.explode);
    if let Some(style) = style(parameter) {
        let constraints = match parameter.source {
            ValueSource::Constant(_) => TokenStream::new(),
            _ => checks(&place, name, &value, &parameter.schema, &parameter.rust_type),
        };
        let sent = if parameter.location == ParameterLocation::Header {
            name.to_ascii_lowercase()
        } else {
            name.clone()
        };
        return quote!(call.styled(runtime::RequestPart::#place, #sent, #value, runtime::__codegen::Style::#style, #explode); #constraints);
    }
    let constraints = match parameter.source {
        ValueSource::Constant(_) => quote!(&[]),
        _ => constraint_tokens(&parameter.schema),
    };
    let of_items = match parameter.source {
        ValueSource::Constant(_) => TokenStream::new(),
        _ => item_constraints(&place, name, &value, &parameter.schema, &parameter.rust_type),
    };
    let fill = match parameter.location {
        ParameterLocation::Path => quote!(call.path(#name, #value, #constraints);),
        ParameterLocation::Header => {
            let name = parameter.name.to_ascii_lowercase();
            quote!(call.header(#name, #value, #constraints);)
        }
        ParameterLocation::Query | ParameterLocation::Cookie => {
            quote!(call.query(#name, #value, #constraints, #explode);)
        }
    };
    let user_id = (parameter.source == ValueSource::UserId).then(|| {
        let part = place;
        quote!(let user_id = call.user_id(runtime::RequestPart::#part, #name);)
    });
    quote!(#user_id #of_items #fill)
}

/// Returns the variant of the runtime's `Style`, unless the style is the default.
fn style(parameter: &Parameter) -> Option<Ident> {
    parameter.style.name().map(ident)
}

/// Returns the variant of the runtime's `RequestPart`.
fn place(parameter: &Parameter) -> Ident {
    ident(match parameter.location {
        ParameterLocation::Path => "Path",
        ParameterLocation::Query => "Query",
        ParameterLocation::Header => "Header",
        ParameterLocation::Cookie => "Cookie",
    })
}

/// Emits the statements that check a value, and the items of an array, against the constraints of
/// its schema.
fn checks(
    place: &Ident,
    name: &str,
    value: &TokenStream,
    schema: &Value,
    rust_type: &RustType,
) -> TokenStream {
    let own = (!constraints(schema).is_empty()).then(|| {
        let constraints = constraint_tokens(schema);
        quote!(call.check(runtime::RequestPart::#place, #name, #value, #constraints);)
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
        (RustType::List(_), Some(items)) if !constraints(items).is_empty() => {
            let constraints = constraint_tokens(items);
            quote!(call.check_items(runtime::RequestPart::#place, #name, #value, #constraints);)
        }
        _ => TokenStream::new(),
    }
}

/// Returns the name of the argument for the media type of a required body.
pub(super) fn media_type_argument(operation: &Operation) -> Ident {
    let is_taken = operation.arguments().any(|argument| argument.rust_name == "media_type");
    ident(if is_taken { "media_type_of_body" } else { "media_type" })
}

/// Returns the arguments for a body: its media type, if the caller chooses, and its value.
pub(super) fn body_arguments(body: &Body, media_type: &Ident) -> TokenStream {
    let rust_type = argument_type(&body.rust_type);
    let media_type = (!body.media_type_choices.is_empty()).then(|| quote!(#media_type: &str,));
    quote!(#media_type body: #rust_type)
}

/// Emits the statements that add the body. `chosen` is the argument for its media type.
pub(super) fn add_body(body: &Body, chosen: &Ident) -> TokenStream {
    let media_type = &body.media_type;
    let value = as_reference(&body.rust_type, &ident("body"));
    let checks = checks(&ident("Body"), "", &value, &body.schema, &body.rust_type);
    let write = ident(match body.coding {
        Coding::Json => "json",
        Coding::Form => "form",
        Coding::Multipart => "multipart",
        Coding::Base64 => "base64",
        Coding::Raw => "raw",
    });
    let encodings = matches!(body.coding, Coding::Form | Coding::Multipart).then(|| {
        let encodings = body.encodings.iter().map(|(name, encoding)| {
            let encoding = self::encoding(encoding);
            quote!((#name, runtime::__codegen::Encoding::#encoding))
        });
        quote!(, &[#(#encodings),*])
    });
    let choices = &body.media_type_choices;
    let choose = (!choices.is_empty()).then(|| quote!(call.media_type(&[#(#choices),*], #chosen);));
    quote!(call.#write(#media_type, #value #encodings); #choose #checks)
}

/// Returns a variant of the runtime's `Encoding`.
fn encoding(encoding: &Encoding) -> TokenStream {
    match encoding {
        Encoding::Styled(style, is_exploded) => {
            let style = ident(style.name().unwrap_or("Form"));
            let explode = explode(*is_exploded);
            quote!(Styled(runtime::__codegen::Style::#style, #explode))
        }
        Encoding::Json(media_type) => quote!(Json(#media_type)),
        Encoding::MediaType(media_type) => quote!(MediaType(#media_type)),
    }
}

/// Returns a variant of the runtime's `Explode`.
fn explode(is_exploded: bool) -> TokenStream {
    let variant = ident(if is_exploded { "Yes" } else { "No" });
    quote!(runtime::__codegen::Explode::#variant)
}
