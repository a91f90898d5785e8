//! Imports of generated files: the modules that the code names, and nothing else.
//!
//! Types of the runtime are written `runtime::Error`, so that no name of an API can collide with one of them.

use std::collections::BTreeSet;

use proc_macro2::{Spacing, TokenStream, TokenTree};
use syn::visit::{self, Visit};
use syn::{Attribute, File, Item, Macro, Path, parse_quote};

use super::tokens::{ident, source_sentence};
use crate::api::Api;

/// Modules of an API that its files import from each other.
const MODULES: [&str; 4] = ["credentials", "operations", "outcomes", "types"];

/// A file: what it is for, where its facts come from, the imports that `items` need, and `items`.
pub fn file(api: &Api, purpose: &str, items: Vec<Item>) -> File {
    let named = named_modules(&items);
    let modules: Vec<_> = MODULES.into_iter().filter(|module| named.contains(*module)).map(ident).collect();
    let siblings: Option<Item> = (!modules.is_empty()).then(|| parse_quote!(use super::{#(#modules),*};));
    let runtime: Option<Item> = named.contains("runtime").then(|| {
        parse_quote!(
            use crate::runtime;
        )
    });
    let (purpose, source) = (format!(" {purpose}"), format!(" {}", source_sentence(api)));
    let mut file: File = parse_quote!(#![doc = #purpose] #![doc = ""] #![doc = #source] #siblings #runtime);
    file.items.extend(items);
    file
}

/// The first names of paths.
pub fn named_modules(items: &[Item]) -> BTreeSet<String> {
    let mut named = Named::default();
    items.iter().for_each(|item| named.visit_item(item));
    named.0
}

#[derive(Default)]
struct Named(BTreeSet<String>);

impl Named {
    fn insert(&mut self, name: &impl ToString) {
        self.0.insert(name.to_string());
    }

    /// The same in what is no syntax tree.
    fn collect(&mut self, code: TokenStream) {
        let mut previous_joins = false;
        let mut tokens = code.into_iter().peekable();
        while let Some(token) = tokens.next() {
            match &token {
                TokenTree::Group(group) => self.collect(group.stream()),
                TokenTree::Ident(name) if !previous_joins && tokens.peek().is_some_and(starts_path) => {
                    self.insert(name);
                }
                _ => {}
            }
            previous_joins = starts_path(&token) || previous_joins && is_colon(&token);
        }
    }
}

impl<'ast> Visit<'ast> for Named {
    fn visit_path(&mut self, path: &'ast Path) {
        if path.leading_colon.is_none()
            && path.segments.len() > 1
            && let Some(first) = path.segments.first()
            && !self.0.iter().any(|known| first.ident == known)
        {
            self.insert(&first.ident);
        }
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, code: &'ast Macro) {
        self.collect(code.tokens.clone());
    }

    /// Attributes name their paths whole.
    fn visit_attribute(&mut self, _: &'ast Attribute) {}
}

fn is_colon(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == ':')
}

/// The first of two colons.
fn starts_path(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == ':' && punct.spacing() == Spacing::Joint)
}
