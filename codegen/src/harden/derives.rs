//! Derives `PartialEq` for every type, so that consumers can compare values in their tests.
//!
//! The types of the runtime that hold secrets compare them in constant time. Nothing with a secret
//! can be hashed or ordered.

use std::collections::BTreeSet;

use syn::punctuated::Punctuated;
use syn::{Attribute, Item, Path, Token, parse_quote};

use crate::api::Api;

/// Changes every type, and returns their names.
pub(super) fn run(api: &Api, items: &mut [Item]) -> BTreeSet<String> {
    let mut treated = BTreeSet::new();
    for item in items {
        let (name, attributes) = match item {
            Item::Struct(item) => (&item.ident, &mut item.attrs),
            Item::Enum(item) => (&item.ident, &mut item.attrs),
            _ => continue,
        };
        let compare = |derived: &mut Vec<Path>| {
            if !derived.iter().any(|path| is(path, "PartialEq")) {
                derived.push(parse_quote!(PartialEq));
            }
        };
        if let Some(schema) = api.schema(&name.to_string())
            && change(attributes, compare)
        {
            treated.insert(schema.name.clone());
        }
    }
    treated
}

/// Changes the traits of each `derive`. Returns true if there is one.
pub(super) fn change(attributes: &mut [Attribute], change: impl Fn(&mut Vec<Path>)) -> bool {
    let mut is_any = false;
    for attribute in attributes.iter_mut().filter(|one| one.path().is_ident("derive")) {
        let derived = attribute.parse_args_with(Punctuated::<Path, Token![,]>::parse_terminated);
        let mut derived = derived.into_iter().flatten().collect();
        change(&mut derived);
        *attribute = parse_quote!(#[derive(#(#derived),*)]);
        is_any = true;
    }
    is_any
}

/// Returns true if a path leads to this trait.
pub(super) fn is(path: &Path, name: &str) -> bool {
    path.segments.last().is_some_and(|segment| segment.ident == name)
}
