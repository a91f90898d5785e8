//! An emitted file: its items, formatted one after the other, below a head that imports the modules
//! that they use.
//!
//! Types of the runtime are written `runtime::Error`, so that no name of an API can collide with
//! one of them.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use syn::visit::{self, Visit};
use syn::{Attribute, File, Item, Path, parse_quote};

use crate::api::Api;
use crate::format::{append, parsed, rust_file};
use crate::surface::{PublicItem, public_items};
use crate::tokens::{ident, source_sentence};
use openapi::diagnostic::Diagnostic;

/// The modules of an API that its files import from each other.
const MODULES: [&str; 4] = ["credentials", "operations", "outcomes", "types"];

/// The items of a file. They are formatted one by one, so that a whole file is never a syntax tree.
#[derive(Default)]
pub(super) struct Items {
    /// The submodule of the API that contains the items. It is empty for the API's own module.
    module: &'static str,
    text: String,
    first_segments: FirstSegments,
    public: Vec<PublicItem>,
}

impl Items {
    /// Creates an empty list of items of a module.
    pub(super) fn of_module(module: &'static str) -> Self {
        Self { module, ..Self::default() }
    }

    /// Adds the items of `code`.
    ///
    /// # Errors
    /// Returns code that is not valid Rust.
    pub(super) fn add(&mut self, code: TokenStream) -> Result<(), Diagnostic> {
        self.add_items(parsed(code)?.items);
        Ok(())
    }

    pub(super) fn add_items(&mut self, items: Vec<Item>) {
        items.iter().for_each(|item| self.first_segments.visit_item(item));
        self.public.extend(public_items(self.module, &items));
        append(&mut self.text, items);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Takes the public items.
    pub(super) fn take_public(&mut self) -> Vec<PublicItem> {
        std::mem::take(&mut self.public)
    }

    /// Returns true if a path starts with `name`.
    pub(super) fn names(&self, name: &str) -> bool {
        self.first_segments.0.contains(name)
    }

    /// Returns the file with its head, which imports what the items use.
    pub(super) fn below(self, origin: &str, head: File) -> String {
        let space = if self.is_empty() { "" } else { "\n" };
        rust_file(origin, head) + space + &self.text
    }
}

/// Returns the head of a file: its purpose, its source, and the imports that its items need.
pub(super) fn head(api: &Api, purpose: &str, items: &Items) -> File {
    let modules: Vec<_> =
        MODULES.into_iter().filter(|module| items.names(module)).map(ident).collect();
    let siblings: Option<Item> =
        (!modules.is_empty()).then(|| parse_quote!(use super::{#(#modules),*};));
    let runtime: Option<Item> = items.names("runtime").then(|| {
        parse_quote!(
            use crate::runtime;
        )
    });
    let (purpose, source) = (format!(" {purpose}"), format!(" {}", source_sentence(api)));
    parse_quote!(#![doc = #purpose] #![doc = ""] #![doc = #source] #siblings #runtime)
}

/// A collector of the first segments of paths. Emitted macros use no modules.
#[derive(Default)]
struct FirstSegments(BTreeSet<String>);

impl<'ast> Visit<'ast> for FirstSegments {
    fn visit_path(&mut self, path: &'ast Path) {
        if path.leading_colon.is_none()
            && path.segments.len() > 1
            && let Some(first) = path.segments.first()
            && !self.0.iter().any(|known| first.ident == known)
        {
            self.0.insert(first.ident.to_string());
        }
        visit::visit_path(self, path);
    }

    /// Skips attributes, which use full paths.
    fn visit_attribute(&mut self, _: &'ast Attribute) {}
}
