//! Emits the module of one API, and the tests that its samples make.

use quote::quote;
use syn::Item;

use super::imports::file;
use super::tokens::source_sentence;
use super::{client, credentials, headers, operations, outcomes, sample_calls, samples};
use crate::api::Api;
use crate::diagnostic::Diagnostic;
use crate::doc_text::sanitize;
use crate::format::rust_file;
use crate::tree::FileTree;

/// All files of one API; `types` are its hardened types.
///
/// # Errors
/// When something that was emitted is no Rust.
pub fn module(api: &Api, types: Vec<Item>) -> Result<FileTree, Diagnostic> {
    let origin = format!("specs/{}.yaml", api.name);
    let types = (!types.is_empty()).then(|| file(api, "The types of what is sent and received.", quote!(#(#types)*)));
    let outcomes = outcomes::emit(api);
    let credentials = credentials::emit(api);
    let headers = headers::emit(api);
    let samples = samples::emit(api);
    let mut modules = vec![("client", true), ("operations", true)];
    modules.extend([
        ("credentials", credentials.is_some()),
        ("headers", headers.is_some()),
        ("outcomes", outcomes.is_some()),
        ("types", types.is_some()),
    ]);
    let files = [
        (format!("src/{}/client.rs", api.name), Some(client::emit(api))),
        (format!("src/{}/credentials.rs", api.name), credentials),
        (format!("src/{}/headers.rs", api.name), headers),
        (format!("src/{}/operations.rs", api.name), Some(operations::emit(api))),
        (format!("src/{}/outcomes.rs", api.name), outcomes),
        (format!("src/{}/types.rs", api.name), types),
        (format!("src/{}/mod.rs", api.name), Some(root(api, &modules))),
        (format!("tests/{}.rs", api.name), samples),
        (format!("sample_calls/{}.rs", api.name), Some(sample_calls::emit(api))),
    ];
    let files = files.into_iter().filter_map(|(path, code)| Some((path, code?)));
    files.map(|(path, code)| Ok((path, rust_file(&origin, code)?))).collect()
}

fn root(api: &Api, modules: &[(&str, bool)]) -> proc_macro2::TokenStream {
    let public = modules.iter().filter(|(name, present)| *present && *name != "client");
    let public: Vec<_> = public.map(|(name, _)| super::tokens::ident(name)).collect();
    let title = format!(" {}, version {}.", sanitize(&api.title), sanitize(&api.version));
    let description = format!(" {}", sanitize(&api.description));
    let source = format!(" {}", source_sentence(api));
    quote! {
        #![doc = #title]
        #![doc = ""]
        #![doc = #description]
        #![doc = ""]
        #![doc = #source]

        mod client;
        #(pub mod #public;)*

        pub use client::Client;
    }
}
