//! Emits the credentials: a type for each security scheme.

use proc_macro2::TokenStream;
use quote::quote;

use super::requirements;
use super::source_file::Items;
use crate::api::{Api, Scheme, SchemeKind};
use crate::tokens::{docs, ident};
use openapi::diagnostic::Diagnostic;
use openapi::markdown::{code, sanitize};

pub(super) const PURPOSE: &str = "The credentials: a type for each security scheme of the document. Several of them, as a tuple in any order, satisfy all of their schemes.";

/// Emits `credentials.rs`, if the API has any security scheme.
pub(super) fn emit(api: &Api, items: &mut Items) -> Result<(), Diagnostic> {
    if api.schemes.is_empty() {
        return Ok(());
    }
    let schemes = api.schemes.iter().map(scheme);
    let requirements = requirements::emit(api);
    items.add(quote!(#(#schemes)* #requirements))
}

fn scheme(scheme: &Scheme) -> TokenStream {
    let name = ident(&scheme.rust_name);
    let struct_docs = docs(&[match scheme.description.as_str() {
        "" => format!("A credential for the security scheme `{}`.", code(&scheme.name)),
        description => sanitize(description),
    }]);
    let (inner, constructor) = match &scheme.kind {
        SchemeKind::Basic { user_id, password } => {
            (quote!(runtime::Basic), basic_constructor(user_id, password))
        }
        SchemeKind::Token { header, prefix } => {
            (quote!(runtime::Bearer), token_constructor(header, prefix))
        }
        SchemeKind::QueryKey(name) => (quote!(runtime::ApiKey), key_constructor("query", name)),
        SchemeKind::CookieKey(name) => (quote!(runtime::ApiKey), key_constructor("cookie", name)),
    };
    quote! {
        #struct_docs
        #[derive(Clone, Debug)]
        pub struct #name(std::sync::Arc<#inner>);

        impl #name {
            #constructor
        }

        impl runtime::Authorizes<#name> for #name {
            fn credential(&self) -> std::sync::Arc<dyn runtime::Credential> {
                self.0.clone()
            }
        }
    }
}

fn basic_constructor(user_id: &str, password: &str) -> TokenStream {
    let docs = docs(&[format!(
        "Creates a credential for HTTP Basic authentication from `{user_id}` and `{password}`."
    )]);
    let words = format!("the {} or the {}", in_words(user_id), in_words(password));
    let (user_id, password) = (ident(user_id), ident(password));
    quote! {
        #docs
        pub fn new(#user_id: impl Into<String>, #password: impl Into<runtime::SecretString>) -> Self {
            Self(std::sync::Arc::new(runtime::Basic::new(#user_id, #password).described_as(#words)))
        }
    }
}

/// Returns a name as part of a sentence: `client_id` becomes `client ID`.
fn in_words(name: &str) -> String {
    let words = name.split('_').filter(|word| !word.is_empty());
    words.map(|word| if word == "id" { "ID" } else { word }).collect::<Vec<_>>().join(" ")
}

fn token_constructor(header: &str, prefix: &str) -> TokenStream {
    let docs = docs(&[format!(
        "Creates a credential from a token, which is sent as `{}: {}…`.",
        code(header),
        code(prefix)
    )]);
    let header = match header {
        "authorization" => quote!(runtime::header::AUTHORIZATION),
        other => quote!(runtime::header::HeaderName::from_static(#other)),
    };
    let value = quote!(runtime::Bearer::in_header(#header, #prefix, source));
    constructors(&docs, &quote!(token), &value)
}

fn key_constructor(location: &str, name: &str) -> TokenStream {
    let docs = docs(&[format!(
        "Creates a credential from an API key, which is sent in the {location} as `{}=…`.",
        code(name)
    )]);
    let constructor = ident(&format!("in_{location}"));
    constructors(&docs, &quote!(key), &quote!(runtime::ApiKey::#constructor(#name, source)))
}

/// Emits constructors from a value and from a source of values, which `value` is made of.
fn constructors(docs: &TokenStream, name: &TokenStream, value: &TokenStream) -> TokenStream {
    let from_source = self::docs(&[format!(
        "Creates a credential from a source, which supplies the {name} of every request and can refresh it."
    )]);
    quote! {
        #docs
        pub fn new(#name: impl Into<runtime::SecretString>) -> Self {
            Self::from_source(#name.into())
        }

        #from_source
        pub fn from_source(source: impl runtime::TokenSource + 'static) -> Self {
            Self(std::sync::Arc::new(#value))
        }
    }
}
