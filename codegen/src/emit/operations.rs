//! Emits the operations: a description of each, and a struct with a setter for each optional
//! parameter.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::outcomes::{self, Success};
use super::request::{add_body, add_parameter, body_arguments};
use super::source_file::Items;
use crate::api::{
    Api, Operation, Parameter, ParameterLocation, RateLimit, Response, RustType, Status,
};
use crate::tokens::constraint_tokens;
use crate::tokens::{
    argument_type, body_doc, deprecation, docs, error_type, ident, media_type_doc, operation_type,
    parameter_doc, rust_type,
};
use openapi::diagnostic::Diagnostic;
use openapi::markdown::sanitize;
use openapi::naming;
use openapi::object::Object;

pub(super) const PURPOSE: &str = "The operations: each is a struct with a setter for each optional parameter and the method `send`.";

/// Emits `operations.rs`.
pub(super) fn emit(api: &Api, items: &mut Items) -> Result<(), Diagnostic> {
    if let Some(limit) = &api.rate_limit {
        items.add(rate_limit(limit))?;
    }
    api.operations.iter().try_for_each(|operation| items.add(self::operation(api, operation)))
}

/// Returns the name of the `static` that describes an operation.
pub(super) fn static_name(operation: &Operation) -> Ident {
    ident(&naming::constant(&operation.rust_name))
}

fn operation(api: &Api, operation: &Operation) -> TokenStream {
    let facts = facts(api, operation);
    let name = operation_type(operation);
    let mut lines = vec![format!(
        "A call of [`{0}`](super::Client::{0}) that has not been sent.",
        operation.rust_name
    )];
    if !operation.summary.is_empty() {
        lines.extend([
            String::new(),
            format!("{}.", sanitize(&operation.summary).trim_end_matches('.')),
        ]);
    }
    let docs = docs(&lines);
    let setters = operation.setters().map(setter);
    let body = operation.body.as_ref().filter(|body| !body.required).map(|body| {
        let description = body_doc(body);
        let mut lines =
            vec![if description.is_empty() { "The body.".to_owned() } else { description }];
        if !body.media_type_choices.is_empty() {
            lines.extend([String::new(), media_type_doc(&body.media_type_choices)]);
        }
        let docs = crate::tokens::docs(&lines);
        let media_type = ident("media_type");
        let arguments = body_arguments(body, &media_type);
        let fill = add_body(body, &media_type);
        quote! {
            #docs
            pub fn body(mut self, #arguments) -> Self {
                let call = &mut self.call;
                #fill
                self
            }
        }
    });
    let (send, into_future) = send(api, operation);
    quote! {
        #facts

        #docs
        #[derive(Debug)]
        #[must_use = "a call does nothing until it is sent"]
        pub struct #name {
            pub(super) call: runtime::__codegen::Call,
        }

        impl #name {
            #(#setters)*
            #body

            /// Overrides the settings of the client for this call.
            pub fn options(mut self, options: runtime::CallOptions) -> Self {
                self.call.options(options);
                self
            }
            #send
        }

        #into_future
    }
}

/// Emits the `static` that all operations share. No operation's name starts with underscores.
fn rate_limit(limit: &RateLimit) -> TokenStream {
    let RateLimit { status_codes, remaining, reset, message, wait } = limit;
    let status_codes = status_codes.iter().map(|code| Literal::u16_unsuffixed(*code));
    let wait = Literal::u64_unsuffixed(*wait);
    quote! {
        static __RATE_LIMIT: runtime::__codegen::RateLimit = runtime::__codegen::RateLimit {
            status_codes: &[#(#status_codes),*],
            remaining: #remaining,
            reset: #reset,
            message: #message,
            wait: #wait,
        };
    }
}

fn facts(api: &Api, operation: &Operation) -> TokenStream {
    let constant = static_name(operation);
    let (name, path, accept) = (&operation.rust_name, &operation.path, &operation.accept);
    let idempotent = operation.idempotent;
    let method = ident(&operation.method);
    let success = operation.successes().map(|response| match response.status {
        Status::Code(code) => {
            let code = proc_macro2::Literal::u16_unsuffixed(code);
            quote!(runtime::__codegen::StatusPattern::Code(#code))
        }
        Status::Range(digit) => {
            let digit = proc_macro2::Literal::u16_unsuffixed(digit);
            quote!(runtime::__codegen::StatusPattern::Range(#digit))
        }
        Status::Default => quote!(runtime::__codegen::StatusPattern::Range(2)),
    });
    let rate_limit = match api.rate_limit {
        Some(_) => quote!(Some(&__RATE_LIMIT)),
        None => quote!(None),
    };
    quote! {
        pub(super) static #constant: runtime::__codegen::Operation = runtime::__codegen::Operation {
            name: #name,
            method: runtime::__codegen::Method::#method,
            path: #path,
            accept: #accept,
            idempotent: #idempotent,
            success: &[#(#success),*],
            rate_limit: #rate_limit,
        };
    }
}

fn setter(parameter: &Parameter) -> TokenStream {
    let (name, rust_type) = (ident(&parameter.rust_name), argument_type(&parameter.rust_type));
    let docs = docs(&[parameter_doc(parameter)]);
    let deprecation = deprecation(parameter.deprecated);
    let fill = add_parameter(parameter);
    quote! {
        #docs
        #deprecation
        pub fn #name(mut self, #name: #rust_type) -> Self {
            let call = &mut self.call;
            #fill
            self
        }
    }
}

/// Emits the methods that send, and the implementation that lets a caller await the call itself.
fn send(api: &Api, operation: &Operation) -> (TokenStream, TokenStream) {
    let error = match operation.errors().next() {
        Some(_) => {
            let error = error_type(operation);
            quote!(outcomes::#error)
        }
        None => quote!(std::convert::Infallible),
    };
    let success = outcomes::success(operation);
    let value = outcomes::success_type(operation, &success);
    let send = match &success {
        Success::Json(_) => quote!(send_json),
        Success::Raw => quote!(send_raw),
        Success::Empty => quote!(send_empty),
        Success::ByStatus(_) => quote!(send_by_status),
    };
    let pages = operation
        .list_item()
        .filter(|_| operation.is_paged())
        .map(|item| pages(operation, item, &error));
    let streaming = matches!(success, Success::Raw).then(|| streaming(&error));
    let docs = docs(&send_docs(api, operation));
    let output = quote!(Result<runtime::Response<#value>, runtime::Error<#error>>);
    let methods = quote! {
        #streaming

        #docs
        pub async fn send(self) -> #output {
            self.call.#send().await
        }
        #pages
    };
    (methods, into_future(&operation_type(operation), &output))
}

fn into_future(name: &Ident, output: &TokenStream) -> TokenStream {
    quote! {
        /// Sends the request, so that `.await` alone is enough.
        impl IntoFuture for #name {
            type Output = #output;
            type IntoFuture = runtime::transport::BoxFuture<'static, Self::Output>;

            fn into_future(self) -> Self::IntoFuture {
                Box::pin(self.send())
            }
        }
    }
}

/// Emits the method that sends a request whose success is raw bytes, and leaves reading them to the
/// caller.
fn streaming(error: &TokenStream) -> TokenStream {
    let lines = [
        "Sends the request and returns the body of a success as a stream.",
        "",
        "# Errors",
        ERRORS_OF_SEND,
    ];
    let docs = docs(&lines.map(str::to_owned));
    quote! {
        #docs
        pub async fn send_streaming(self) -> Result<runtime::Response<runtime::BodyStream>, runtime::Error<#error>> {
            self.call.send_streaming().await
        }
    }
}

/// Documents the success of an operation that has no enum of successes.
fn send_docs(api: &Api, operation: &Operation) -> Vec<String> {
    let mut lines = vec!["Sends the request.".to_owned(), String::new()];
    let successes: Vec<&Response> = operation.successes().collect();
    if let [only] = successes.as_slice() {
        lines.extend(outcomes::response_lines(api, only));
        lines.push(String::new());
    }
    lines.extend(["# Errors".to_owned(), ERRORS_OF_SEND.to_owned()]);
    lines
}

const ERRORS_OF_SEND: &str = "Returns a [`runtime::Error`], which holds the status code, the headers and the body if a response arrived.";

fn pages(operation: &Operation, item: &RustType, error: &TokenStream) -> TokenStream {
    let item = rust_type(item);
    let number = operation.parameters.iter().find(|parameter| {
        parameter.location == ParameterLocation::Query
            && Some(&parameter.name) == operation.page_parameter.as_ref()
    });
    let pages = number.map_or_else(|| quote!(pages()), numbered_pages);
    quote! {
        /// Requests the list page by page and returns a stream of pages, or of items with
        /// [`items`](runtime::Pages::items).
        pub fn pages(self) -> runtime::Pages<#item, #error> {
            self.call.#pages
        }
    }
}

/// Emits the setup of numbered pages. Without a default in the document, the server counts from 1.
fn numbered_pages(parameter: &Parameter) -> TokenStream {
    let first =
        parameter.schema.keyword("default").and_then(serde_json::Value::as_i64).unwrap_or(1);
    let (name, first) = (&parameter.name, proc_macro2::Literal::i64_unsuffixed(first));
    let constraints = constraint_tokens(&parameter.schema);
    quote!(numbered_pages(runtime::__codegen::PageNumber { name: #name, first: #first, constraints: #constraints }))
}
