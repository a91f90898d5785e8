//! Imports of generated files: the modules that the code names, and nothing else.
//!
//! Types of the runtime are written `runtime::Error`, so that no name of an API can collide with one of them.

use std::collections::BTreeSet;

use proc_macro2::{Spacing, TokenStream, TokenTree};
use quote::quote;

use super::tokens::{ident, source_sentence};
use crate::api::Api;

/// Modules of an API that its files import from each other.
const MODULES: [&str; 4] = ["credentials", "operations", "outcomes", "types"];

/// A file: what it is for, where its facts come from, the imports that `code` needs, and `code`.
pub fn file(api: &Api, purpose: &str, code: TokenStream) -> TokenStream {
    let mut named = BTreeSet::new();
    collect(code.clone(), &mut named);
    let modules: Vec<_> = MODULES.into_iter().filter(|module| named.contains(*module)).map(ident).collect();
    let siblings = (!modules.is_empty()).then(|| quote!(use super::{#(#modules),*};));
    let runtime = named.contains("runtime").then(|| {
        quote!(
            use crate::runtime;
        )
    });
    let (purpose, source) = (format!(" {purpose}"), format!(" {}", source_sentence(api)));
    quote!(#![doc = #purpose] #![doc = ""] #![doc = #source] #siblings #runtime #code)
}

/// Collects the first names of paths.
fn collect(code: TokenStream, named: &mut BTreeSet<String>) {
    let mut previous_joins = false;
    let mut tokens = code.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match &token {
            TokenTree::Group(group) => collect(group.stream(), named),
            TokenTree::Ident(name) if !previous_joins && tokens.peek().is_some_and(starts_path) => {
                named.insert(name.to_string());
            }
            _ => {}
        }
        previous_joins = starts_path(&token) || previous_joins && is_colon(&token);
    }
}

fn is_colon(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == ':')
}

/// The first of two colons.
fn starts_path(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == ':' && punct.spacing() == Spacing::Joint)
}
