//! Emits the outcomes: an enum of errors for each operation, and one of successes if there are
//! several status codes.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::headers::header_docs;
use super::source_file::Items;
use crate::api::{Api, Operation, Response, RustType, Status};
use crate::tokens::{
    docs, error_type, ident, operation_type, rust_type, status_title, status_variant,
};
use openapi::diagnostic::Diagnostic;
use openapi::extensions::ERROR_CODE;
use openapi::markdown::sanitize;
use openapi::object::{Object, Schema as _};
use openapi::pointer::escape;
use openapi::reference::schema_name;
use serde_json::Value;

/// The success of an operation.
pub(super) enum Success<'a> {
    /// A body.
    Json(&'a RustType),
    /// Raw bytes.
    Raw,
    /// No body.
    Empty,
    /// One of several status codes, which a caller can tell apart even if their bodies are the
    /// same.
    ByStatus(Vec<&'a Response>),
}

/// Returns the success of `operation`.
pub(super) fn success(operation: &Operation) -> Success<'_> {
    let successes: Vec<&Response> = operation.successes().collect();
    match successes.as_slice() {
        [] => Success::Empty,
        [only] => match only.body.as_ref().map(|body| &body.rust_type) {
            None => Success::Empty,
            Some(RustType::Raw) => Success::Raw,
            Some(body) => Success::Json(body),
        },
        _ => Success::ByStatus(successes),
    }
}

/// Returns the type of the body that all successes of `operation` have.
pub(super) fn common_body(operation: &Operation) -> Option<&RustType> {
    let mut bodies =
        operation.successes().map(|response| response.body.as_ref().map(|body| &body.rust_type));
    let first = bodies.next()??;
    bodies.all(|body| body == Some(first)).then_some(first)
}

/// Returns the type of the value in an operation's success.
pub(super) fn success_type(operation: &Operation, success: &Success<'_>) -> TokenStream {
    match success {
        Success::Json(body) => rust_type(body),
        Success::Raw => quote!(runtime::RawBody),
        Success::Empty => quote!(()),
        Success::ByStatus(_) => {
            let name = success_type_name(operation);
            quote!(outcomes::#name)
        }
    }
}

/// Returns the name of an operation's enum of successes, if it has one.
pub(super) fn success_type_name(operation: &Operation) -> Ident {
    format_ident!("{}Success", operation_type(operation))
}

/// Returns the names of an operation's enums.
pub(super) fn names(operation: &Operation) -> impl Iterator<Item = Ident> {
    let is_by_status = matches!(success(operation), Success::ByStatus(_));
    let success = is_by_status.then(|| success_type_name(operation));
    success.into_iter().chain(operation.errors().next().map(|_| error_type(operation)))
}

pub(super) const PURPOSE: &str = "The outcomes of operations: enums of the documented errors and successes, distinguished by status code alone.";

/// Emits `outcomes.rs`, if the API has any outcome.
pub(super) fn emit(api: &Api, items: &mut Items) -> Result<(), Diagnostic> {
    let successes = api.operations.iter().filter_map(|operation| success_by_status(api, operation));
    let failing = api.operations.iter().filter(|operation| operation.errors().next().is_some());
    successes
        .chain(failing.map(|operation| error_enum(api, operation)))
        .try_for_each(|code| items.add(code))
}

fn error_enum(api: &Api, operation: &Operation) -> TokenStream {
    let name = error_type(operation);
    let errors: Vec<&Response> = operation.errors().collect();
    let variants = errors.iter().map(|response| {
        let (variant, docs) = (status_variant(response.status), response_docs(api, response));
        let payload = response.body.as_ref().map(|body| {
            let value = rust_type(&body.rust_type);
            if body.rust_type == RustType::Raw {
                quote!((#value))
            } else {
                quote!((runtime::Payload<#value>))
            }
        });
        quote!(#docs #variant #payload)
    });
    let described = errors.iter().map(|response| {
        let (variant, text) =
            (status_variant(response.status), first_sentence(&response.description));
        let payload = response.body.is_some().then(|| quote!((_)));
        quote!(Self::#variant #payload => #text)
    });
    let code_pointer = code_pointer(api, &errors);
    let documented = has_documented_body(&errors);
    let docs = docs(&[format!(
        "The documented errors of [`{0}`](super::Client::{0}).",
        operation.rust_name
    )]);
    let from_status = from_status(&name, &errors);
    quote! {
        #docs
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants,)*
        }

        #from_status

        impl runtime::DocumentedError for #name {
            fn description(&self) -> &'static str {
                match self { #(#described,)* }
            }
            #code_pointer
            #documented
        }
    }
}

/// Emits the selection of a variant by the status code.
fn from_status(name: &Ident, errors: &[&Response]) -> TokenStream {
    let is_default = |response: &&Response| response.status == Status::Default;
    let value = |response: &Response| {
        let (variant, payload) = (status_variant(response.status), payload(response));
        quote!(Self::#variant #payload)
    };
    let (received, select) = match errors {
        [only] if is_default(only) => {
            let value = value(only);
            (if only.body.is_some() { "received" } else { "_received" }, quote!(Some(#value)))
        }
        _ => {
            let selected = errors.iter().map(|response| {
                let (pattern, value) = (status_pattern(response.status), value(response));
                quote!(#pattern => #value)
            });
            let catch_all = (!errors.iter().any(is_default)).then(|| quote!(_ => return None,));
            let status = quote!(received.status.as_u16());
            ("received", quote!(Some(match #status { #(#selected,)* #catch_all })))
        }
    };
    let received = ident(received);
    quote! {
        impl runtime::__codegen::FromStatus for #name {
            fn by_status(#received: &runtime::__codegen::Received) -> Option<Self> {
                #select
            }
        }
    }
}

/// Emits the method that tells whether a body is the documented one, if one can be another.
fn has_documented_body(errors: &[&Response]) -> TokenStream {
    let is_decoded = |response: &&&Response| {
        response.body.as_ref().is_some_and(|body| body.rust_type != RustType::Raw)
    };
    let decoded: Vec<Ident> =
        errors.iter().filter(is_decoded).map(|response| status_variant(response.status)).collect();
    if decoded.is_empty() {
        return TokenStream::new();
    }
    let others = (decoded.len() < errors.len()).then(|| quote!(_ => true,));
    quote! {
        fn has_documented_body(&self) -> bool {
            match self {
                #(Self::#decoded(payload) => payload.is_documented(),)*
                #others
            }
        }
    }
}

/// Emits the method that finds the name of an error in its body, if the document marks it.
fn code_pointer(api: &Api, errors: &[&Response]) -> Option<TokenStream> {
    let pointers: Vec<(Ident, String)> = errors
        .iter()
        .filter_map(|response| {
            let schema = &response.body.as_ref()?.schema;
            let pointer = marked_code(api, schema, MAX_DEPTH_OF_CODE)?;
            Some((status_variant(response.status), pointer))
        })
        .collect();
    let others = (pointers.len() < errors.len()).then(|| quote!(_ => "",));
    let found = pointers.iter().map(|(variant, pointer)| quote!(Self::#variant(_) => #pointer));
    (!pointers.is_empty()).then(|| {
        quote! {
            fn code_pointer(&self) -> &'static str {
                match self { #(#found,)* #others }
            }
        }
    })
}

/// The number of objects within each other in which the name of an error is looked for.
const MAX_DEPTH_OF_CODE: usize = 4;

/// Returns the JSON pointer from a value to the property that its schema marks as the name of an
/// error, the least deep first.
fn marked_code(api: &Api, schema: &Value, depth: usize) -> Option<String> {
    let schema = match schema_name(schema) {
        Some(name) => &api.schema(name)?.documented,
        None => schema,
    };
    let marked = schema.entries("properties").find(|(_, property)| property.is_true(ERROR_CODE));
    if let Some((name, _)) = marked {
        return Some(format!("/{}", escape(name)));
    }
    let inner_depth = depth.checked_sub(1)?;
    let mut subschemas = schema.subschemas().iter();
    if let Some(found) = subschemas.find_map(|subschema| marked_code(api, subschema, inner_depth)) {
        return Some(found);
    }
    schema.entries("properties").find_map(|(name, property)| {
        let inner = marked_code(api, property, inner_depth)?;
        Some(format!("/{}{inner}", escape(name)))
    })
}

/// Returns the payload of an error variant.
fn payload(response: &Response) -> Option<TokenStream> {
    let body = response.body.as_ref()?;
    Some(match body.rust_type {
        RustType::Raw => quote!((received.body.clone())),
        _ => quote!((received.payload())),
    })
}

fn success_by_status(api: &Api, operation: &Operation) -> Option<TokenStream> {
    let Success::ByStatus(successes) = success(operation) else { return None };
    let name = success_type_name(operation);
    let variants = successes.iter().map(|response| {
        let (variant, docs) = (status_variant(response.status), response_docs(api, response));
        let body = response.body.as_ref().map(|body| {
            let body = rust_type(&body.rust_type);
            quote!((#body))
        });
        quote!(#docs #variant #body)
    });
    let (last, first) = successes.split_last()?;
    let value = |response: &Response| {
        let variant = status_variant(response.status);
        match response.body.as_ref().map(|body| &body.rust_type) {
            None => quote!(Self::#variant.into()),
            Some(RustType::Raw) => quote!(Self::#variant(received.body.clone()).into()),
            Some(body) => {
                let body = rust_type(body);
                quote!(received.json::<#body>()?.map(Self::#variant))
            }
        }
    };
    let selected = first.iter().map(|response| {
        let (pattern, value) = (status_pattern(response.status), value(response));
        quote!(#pattern => #value)
    });
    let otherwise = value(last);
    let any_status = common_body(operation).map(|body| any_status(&name, &successes, body));
    let docs = docs(&[format!(
        "The documented successes of [`{0}`](super::Client::{0}).",
        operation.rust_name
    )]);
    Some(quote! {
        #docs
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants,)*
        }

        impl runtime::__codegen::ByStatus for #name {
            fn by_status(received: &runtime::__codegen::Received) -> Result<runtime::Decoded<Self>, runtime::DecodeError> {
                Ok(match received.status.as_u16() { #(#selected,)* _ => #otherwise })
            }
        }

        #any_status
    })
}

/// Emits accessors of the value for callers who do not care about the status code. The names say
/// so.
fn any_status(name: &Ident, successes: &[&Response], body: &RustType) -> TokenStream {
    let body = rust_type(body);
    let variants: Vec<Ident> =
        successes.iter().map(|response| status_variant(response.status)).collect();
    quote! {
        impl #name {
            /// Returns the value, whatever the status code.
            #[must_use]
            pub fn any_status(&self) -> &#body {
                match self { #(Self::#variants(value))|* => value }
            }

            /// Returns the owned value, whatever the status code.
            #[must_use]
            pub fn into_any_status(self) -> #body {
                match self { #(Self::#variants(value))|* => value }
            }
        }
    }
}

fn response_docs(api: &Api, response: &Response) -> TokenStream {
    docs(&response_lines(api, response))
}

/// Returns the documentation of a response.
pub(super) fn response_lines(api: &Api, response: &Response) -> Vec<String> {
    let title = format!("{}: {}", status_title(response.status), sanitize(&response.description));
    std::iter::once(title).chain(header_docs(api, response)).collect()
}

/// Returns the first sentence of the description, for one line of a message.
fn first_sentence(description: &str) -> String {
    let text = description.split_whitespace().collect::<Vec<_>>().join(" ");
    let sentence = text.split_once(". ").map_or(text.as_str(), |(first, _)| first);
    sentence.trim_end_matches('.').to_owned()
}

fn status_pattern(status: Status) -> TokenStream {
    match status {
        Status::Default => quote!(_),
        Status::Code(code) => {
            let code = proc_macro2::Literal::u16_unsuffixed(code);
            quote!(#code)
        }
        Status::Range(digit) => {
            let first = proc_macro2::Literal::u16_unsuffixed(digit * 100);
            let last = proc_macro2::Literal::u16_unsuffixed(digit * 100 + 99);
            quote!(#first..=#last)
        }
    }
}
