//! Emits the client: one method for each operation.

use proc_macro2::TokenStream;
use quote::quote;

use super::constructors::{builder, constructors};
use super::first_call::method_example;
use super::operations::static_name;
use super::request::{
    add_body, add_parameter, body_arguments, media_type_argument, path_parameters,
};
use super::requirements::{Need, need};
use crate::api::{Api, Operation, ParameterLocation, ValueSource};
use crate::package::Package;
use crate::tokens::{
    argument_type, body_doc, deprecation, docs, error_type, ident, media_type_doc, operation_type,
    parameter_doc, source_sentence, status_title,
};
use openapi::markdown::{code, sanitize};

/// Emits `client.rs`.
pub(super) fn emit(package: &Package, api: &Api) -> TokenStream {
    let methods = api.operations.iter().map(|operation| method(package, api, operation));
    let new = constructors(api);
    let builder = builder(api);
    let struct_docs = docs(&[
        format!("A client of {}. Clones share one connection pool.", sanitize(&api.title)),
        String::new(),
        "`C` is the type of the credentials. A call that requires other credentials does not compile.".to_owned(),
    ]);
    let code = quote! {
        #struct_docs
        #[derive(Debug)]
        pub struct Client<C> {
            connection: runtime::Connection,
            credentials: std::sync::Arc<C>,
        }

        impl<C> Clone for Client<C> {
            fn clone(&self) -> Self {
                Self { connection: self.connection.clone(), credentials: std::sync::Arc::clone(&self.credentials) }
            }
        }

        impl<C> Client<C> {
            #new
            #(#methods)*
        }

        #builder
    };
    code
}

fn method(package: &Package, api: &Api, operation: &Operation) -> TokenStream {
    let name = ident(&operation.rust_name);
    let returned = operation_type(operation);
    let description = static_name(operation);
    let deprecation = deprecation(operation.deprecated);
    let docs = method_docs(package, api, operation);
    let arguments = operation.arguments().map(|parameter| {
        let (name, rust_type) = (ident(&parameter.rust_name), argument_type(&parameter.rust_type));
        quote!(#name: #rust_type)
    });
    let required_body = operation.body.as_ref().filter(|body| body.required);
    let media_type = media_type_argument(operation);
    let body = required_body.map(|body| body_arguments(body, &media_type));
    let arguments = arguments.chain(body);
    let others = operation
        .parameters
        .iter()
        .filter(|parameter| parameter.location != ParameterLocation::Path);
    let fill = path_parameters(operation)
        .chain(others.filter(|parameter| parameter.required))
        .map(add_parameter);
    let servers = &operation.servers;
    let at = (!servers.is_empty()).then(|| quote!(.at(&[#(#servers),*])));
    let add_body = required_body.map(|body| add_body(body, &media_type));
    let (bound, credential) = credential(api, operation);
    let mutability = (operation.parameters.iter().any(|parameter| parameter.required)
        || required_body.is_some())
    .then(|| quote!(mut));
    quote! {
        #docs
        #deprecation
        pub fn #name(&self, #(#arguments),*) -> operations::#returned #bound {
            let #mutability call =
                runtime::__codegen::Call::new(&self.connection, #credential, &operations::#description)#at;
            #(#fill)*
            #add_body
            operations::#returned { call }
        }
    }
}

fn credential(api: &Api, operation: &Operation) -> (TokenStream, TokenStream) {
    match need(api, operation) {
        Need::Scheme(scheme) => {
            let needed = quote!(credentials::#scheme);
            let bound = quote!(where C: runtime::Authorizes<#needed>);
            (bound, quote!(Some(runtime::Authorizes::<#needed>::credential(&*self.credentials))))
        }
        Need::Requirement(requirement) => {
            let needed = quote!(credentials::requirements::#requirement);
            (quote!(where C: #needed), quote!(Some(#needed::credential(&*self.credentials))))
        }
        Need::Nothing => (TokenStream::new(), quote!(None)),
    }
}

/// Documents the parameters that the credential fills.
fn from_credential_doc(operation: &Operation) -> Vec<String> {
    let filled =
        operation.parameters.iter().filter(|parameter| parameter.source == ValueSource::UserId);
    let sentence =
        |name: &str| format!("The user ID of the credential is sent as `{}`, too.", code(name));
    filled.flat_map(|parameter| [sentence(&parameter.name), String::new()]).collect()
}

/// Documents the servers that a caller has to allow.
fn servers_doc(operation: &Operation) -> Vec<String> {
    if operation.origins().next().is_none() {
        return Vec::new();
    }
    let servers: Vec<String> =
        operation.servers.iter().map(|server| format!("`{}`", code(server))).collect();
    let sentence = format!(
        "The operation has a server of its own, {}, which \
         [`allow_origin`](runtime::ClientBuilder::allow_origin) has to allow.",
        servers.join(" or ")
    );
    vec![sentence, String::new()]
}

fn method_docs(package: &Package, api: &Api, operation: &Operation) -> TokenStream {
    let mut lines = Vec::new();
    for text in [&operation.summary, &operation.description] {
        if !text.is_empty() {
            let sentence = sanitize(text);
            lines.push(if sentence.ends_with(['.', '!', '?']) {
                sentence
            } else {
                format!("{sentence}.")
            });
            lines.push(String::new());
        }
    }
    let path = code(&operation.path);
    lines.extend([format!("`{} {path}`", operation.method), String::new()]);
    lines.extend(from_credential_doc(operation));
    lines.extend(servers_doc(operation));
    let arguments = operation
        .arguments()
        .map(|parameter| (parameter.rust_name.as_str(), parameter_doc(parameter)));
    let body = operation.body.as_ref().filter(|body| body.required);
    let media_type = media_type_argument(operation).to_string();
    let media_types = body
        .filter(|body| !body.media_type_choices.is_empty())
        .map(|body| (media_type.as_str(), media_type_doc(&body.media_type_choices)));
    let body = body.map(|body| ("body", body_doc(body)));
    let described: Vec<_> =
        arguments.chain(media_types).chain(body).filter(|(_, doc)| !doc.is_empty()).collect();
    if !described.is_empty() {
        lines.extend(["# Arguments".to_owned(), String::new()]);
        lines.extend(described.iter().map(|(name, doc)| format!("- `{name}`: {doc}")));
        lines.push(String::new());
    }
    lines.extend(["# Errors".to_owned(), String::new()]);
    let error = error_type(operation);
    match operation.errors().next() {
        Some(_) => {
            lines.push(format!("The documented errors are the variants of [`{error}`](super::outcomes::{error}):"))
        }
        None => lines.push(
            "The document lists no errors, so every status code other than a success is undocumented.".to_owned(),
        ),
    }
    lines.extend(operation.errors().map(|response| {
        format!("- {}: {}", status_title(response.status), sanitize(&response.description))
    }));
    lines.extend([String::new(), source_sentence(api)]);
    if let Some(example) = method_example(package, api, operation) {
        lines.extend(["", "# Example", "", "```no_run"].map(str::to_owned));
        lines.extend(example);
        lines.push("```".to_owned());
    }
    docs(&lines)
}
