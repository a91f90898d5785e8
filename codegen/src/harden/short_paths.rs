//! Writes the types of the prelude and the runtime as a person would.

use proc_macro2::{TokenStream, TokenTree};
use quote::quote;
use syn::visit_mut::{self, VisitMut};
use syn::{Attribute, Item, LitStr, Meta, Path};

use crate::package::RUNTIME;

/// Types that need no path.
const PRELUDE: [&str; 4] = ["Box", "Option", "String", "Vec"];

pub(super) fn run(items: &mut [Item]) {
    for item in items {
        ShortPaths.visit_item_mut(item);
    }
}

struct ShortPaths;

impl VisitMut for ShortPaths {
    fn visit_path_mut(&mut self, path: &mut Path) {
        visit_mut::visit_path_mut(self, path);
        shorten(path);
    }

    fn visit_attribute_mut(&mut self, attribute: &mut Attribute) {
        if let Meta::List(list) = &mut attribute.meta {
            list.tokens = shorten_tokens(list.tokens.clone());
        }
    }
}

fn shorten(path: &mut Path) {
    let names: Vec<String> =
        path.segments.iter().map(|segment| segment.ident.to_string()).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    match names.as_slice() {
        ["std", _, name] if PRELUDE.contains(name) => {
            path.segments = path.segments.iter().skip(2).cloned().collect();
            path.leading_colon = None;
        }
        [RUNTIME, _] | ["serde" | "serde_json" | "std", ..] => path.leading_colon = None,
        _ => {}
    }
}

/// Shortens paths in attributes: those in `derive`, and those in the strings of serde's options.
fn shorten_tokens(tokens: TokenStream) -> TokenStream {
    if let Ok(paths) = syn::parse::Parser::parse2(
        syn::punctuated::Punctuated::<Path, syn::Token![,]>::parse_terminated,
        tokens.clone(),
    ) {
        let mut paths = paths;
        paths.iter_mut().for_each(shorten);
        return quote!(#paths);
    }
    let shortened = tokens.into_iter().map(|token| match &token {
        TokenTree::Literal(literal) => match syn::parse_str::<LitStr>(&literal.to_string()) {
            Ok(text) => shorten_text(&text),
            Err(_) => token,
        },
        _ => token,
    });
    shortened.collect()
}

fn shorten_text(text: &LitStr) -> TokenTree {
    let value = text.value();
    let short = match value.as_str() {
        "::std::option::Option::is_none" => "Option::is_none",
        "::std::vec::Vec::is_empty" => "Vec::is_empty",
        other => other,
    };
    TokenTree::Literal(proc_macro2::Literal::string(short))
}
