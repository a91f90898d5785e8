//! Code fragments that several emitters share.

mod constraints;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};

use crate::api::{
    Api, Body, Coding, Operation, Parameter, ParameterLocation, RustType, Status,
    constraints_in_words,
};
use openapi::markdown::{code, sanitize};
use openapi::naming;

pub(crate) use constraints::constraint_tokens;

/// Returns a name as an identifier. Names come from [`naming`], which keeps them valid.
pub(crate) fn ident(name: &str) -> Ident {
    Ident::new(name, Span::call_site())
}

/// Returns the type of an owned value.
pub(crate) fn rust_type(rust_type: &RustType) -> TokenStream {
    match rust_type {
        RustType::Bool => quote!(bool),
        RustType::Int32 => quote!(i32),
        RustType::Int64 => quote!(i64),
        RustType::UInt64 => quote!(u64),
        RustType::Float32 => quote!(f32),
        RustType::Float64 => quote!(f64),
        RustType::String => quote!(String),
        RustType::Secret => quote!(runtime::SecretString),
        RustType::Any => quote!(serde_json::Value),
        RustType::Raw => quote!(runtime::RawBody),
        RustType::File => quote!(runtime::FilePart),
        RustType::Nullable(inner) => {
            let inner = self::rust_type(inner);
            quote!(Option<#inner>)
        }
        RustType::Named(name) => {
            let name = ident(name);
            quote!(types::#name)
        }
        RustType::List(inner) => {
            let inner = self::rust_type(inner);
            quote!(Vec<#inner>)
        }
        RustType::Map(inner) => {
            let inner = self::rust_type(inner);
            quote!(std::collections::BTreeMap<String, #inner>)
        }
    }
}

/// Returns the type of an argument: numbers and booleans by value, everything else by reference.
pub(crate) fn argument_type(value: &RustType) -> TokenStream {
    match value {
        number if number.is_number() => rust_type(number),
        RustType::String => quote!(&str),
        RustType::Raw => quote!(impl Into<runtime::Upload>),
        RustType::List(inner) => {
            let inner = rust_type(inner);
            quote!(&[#inner])
        }
        _ => {
            let value = rust_type(value);
            quote!(&#value)
        }
    }
}

/// Returns an argument as a reference, whatever [`argument_type`] made of it.
pub(crate) fn as_reference(value: &RustType, name: &Ident) -> TokenStream {
    if value.is_number() { quote!(&#name) } else { quote!(#name) }
}

/// Returns doc comments, one for each line.
pub(crate) fn docs(lines: &[String]) -> TokenStream {
    let lines =
        lines.iter().map(|line| if line.is_empty() { String::new() } else { format!(" {line}") });
    quote!(#(#[doc = #lines])*)
}

/// Returns `#[deprecated]` if the operation or parameter is deprecated.
pub(crate) fn deprecation(deprecated: bool) -> TokenStream {
    if deprecated {
        quote!(#[deprecated = "the vendor's documentation marks it as deprecated"])
    } else {
        TokenStream::new()
    }
}

/// Returns the name of an operation's struct, which is also the stem of its outcomes' names.
pub(crate) fn operation_type(operation: &Operation) -> Ident {
    ident(&naming::type_of_method(&operation.rust_name))
}

/// Returns the name of an operation's enum of errors.
pub(crate) fn error_type(operation: &Operation) -> Ident {
    format_ident!("{}Error", operation_type(operation))
}

/// Returns the variant's name for a status code: the reason phrase if there is one.
pub(crate) fn status_variant(status: Status) -> Ident {
    let name = match status {
        Status::Default => "OtherStatus".to_owned(),
        Status::Range(1) => "Informational".to_owned(),
        Status::Range(2) => "Successful".to_owned(),
        Status::Range(3) => "Redirection".to_owned(),
        Status::Range(4) => "ClientError".to_owned(),
        Status::Range(_) => "ServerError".to_owned(),
        Status::Code(code) => match reason_phrase(code) {
            Some(phrase) => naming::variant(phrase),
            None => format!("Status{code}"),
        },
    };
    ident(&name)
}

/// Returns the status code with its reason phrase.
pub(crate) fn status_title(status: Status) -> String {
    match status {
        Status::Default => "Any other status code".to_owned(),
        Status::Range(digit) => format!("Any other {digit}XX status code"),
        Status::Code(code) => match reason_phrase(code) {
            Some(phrase) => format!("{code} {phrase}"),
            None => code.to_string(),
        },
    }
}

/// Returns the reason phrase of a status code (RFC 9110 and related RFCs).
fn reason_phrase(code: u16) -> Option<&'static str> {
    http::StatusCode::from_u16(code).ok()?.canonical_reason()
}

/// Returns the documentation of a parameter: its description and its constraints.
pub(crate) fn parameter_doc(parameter: &Parameter) -> String {
    let of_items =
        parameter.schema.get("items").map(constraints_in_words).filter(|asked| !asked.is_empty());
    let of_items = of_items.map(|asked| format!("Each item: {asked}")).unwrap_or_default();
    let parts =
        [sanitize(&parameter.description), constraints_in_words(&parameter.schema), of_items];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    if parts.is_empty() {
        let location = match parameter.location {
            ParameterLocation::Path => "path",
            ParameterLocation::Query => "query",
            ParameterLocation::Header => "header",
            ParameterLocation::Cookie => "cookie",
        };
        return format!("The {location} parameter `{}`.", code(&parameter.name));
    }
    parts.join(" ")
}

/// Returns the documentation of a request body.
pub(crate) fn body_doc(body: &Body) -> String {
    let description = sanitize(&body.description);
    match body.coding {
        Coding::Base64 => {
            format!("{description} The bytes are sent in base64.").trim_start().to_owned()
        }
        _ => description,
    }
}

/// Returns the documentation of a media type that the caller chooses.
pub(crate) fn media_type_doc(choices: &[String]) -> String {
    let choices: Vec<String> = choices.iter().map(|choice| format!("`{}`", code(choice))).collect();
    format!("The media type of the body, which must match {}.", choices.join(" or "))
}

/// Returns the source of an API as a sentence.
pub(crate) fn source_sentence(api: &Api) -> String {
    let source = &api.source;
    if source.title.is_empty() {
        return format!("Source: {} {}.", sanitize(&api.title), sanitize(&api.version));
    }
    let (vendor, title, version) =
        (sanitize(&source.vendor), sanitize(&source.title), sanitize(&source.version));
    format!("Source: {vendor}, “{title}”, API version {version}.")
}
