//! Removes progenitor's conversions from strings, which reject values that a server adds later.

use quote::ToTokens;
use syn::Item;

pub(super) fn run(items: &mut Vec<Item>) {
    items.retain(|item| match item {
        Item::Mod(module) => module.ident != "error",
        Item::Impl(block) => {
            !block.to_token_stream().to_string().contains("ConversionError") && !is_display(block)
        }
        _ => true,
    });
}

fn is_display(block: &syn::ItemImpl) -> bool {
    let name = block.trait_.as_ref().and_then(|(_, path, _)| path.segments.last());
    name.is_some_and(|segment| segment.ident == "Display")
}
