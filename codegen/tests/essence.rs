//! Removes the common parts of generated code, so that a snapshot shows the idea of its fixture.

use std::collections::BTreeSet;

use quote::ToTokens;
use syn::{Attribute, Field, ImplItem, Item, ItemImpl, PathArguments, Type};

/// Returns `text` without documentation, imports, constructors, conversions and the setters of
/// types. Accessors stay.
pub(crate) fn essence(text: &str) -> String {
    let mut file = syn::parse_file(text).expect("generated code is Rust");
    file.attrs.clear();
    file.items.iter_mut().for_each(strip);
    let operations: BTreeSet<String> = file.items.iter().filter_map(operation).collect();
    file.items.retain(|item| is_shown(item, &operations));
    let code = prettyplease::unparse(&file);
    let is_telling =
        |line: &&str| line.trim() != "#[serde(skip_serializing_if = \"Option::is_none\")]";
    code.lines().filter(is_telling).collect::<Vec<_>>().join("\n")
}

/// Returns the name of a struct that is an operation: it has a call.
fn operation(item: &Item) -> Option<String> {
    let Item::Struct(item) = item else { return None };
    let holds_call = |field: &Field| field.ident.as_ref().is_some_and(|name| name == "call");
    item.fields.iter().any(holds_call).then(|| item.ident.to_string())
}

fn is_shown(item: &Item, operations: &BTreeSet<String>) -> bool {
    match item {
        Item::Impl(block) if block.items.is_empty() => false,
        Item::Impl(block) => match &block.trait_ {
            Some((_, path, _)) => {
                let name = path.segments.last().expect("a path has a segment").ident.to_string();
                ["Validate", "FromStatus", "DocumentedError", "ByStatus"].contains(&name.as_str())
            }
            None => is_of_calls(block, operations) || block.items.iter().all(is_accessor),
        },
        // The client and the operations hold nothing of a document.
        Item::Struct(item) => {
            item.generics.params.is_empty() && !operations.contains(&item.ident.to_string())
        }
        Item::Static(item) => item.ident == "__RATE_LIMIT",
        Item::Use(_) => false,
        _ => true,
    }
}

/// Returns true if the type is the client or an operation, and not a schema.
fn is_of_calls(block: &ItemImpl, operations: &BTreeSet<String>) -> bool {
    let Type::Path(path) = &*block.self_ty else { return false };
    path.path.segments.iter().any(|segment| {
        !matches!(segment.arguments, PathArguments::None)
            || operations.contains(&segment.ident.to_string())
    })
}

/// Removes documentation and the functions that every type has.
fn strip(item: &mut Item) {
    match item {
        Item::Struct(item) => {
            item.attrs.retain(is_telling);
            item.fields.iter_mut().for_each(|field| field.attrs.retain(is_telling));
        }
        Item::Enum(item) => {
            item.attrs.retain(is_telling);
            item.variants.iter_mut().for_each(|variant| variant.attrs.retain(is_telling));
        }
        Item::Const(item) => item.attrs.retain(is_telling),
        Item::Impl(block) => block.items.retain_mut(|item| match item {
            ImplItem::Fn(function) => {
                function.attrs.retain(is_telling);
                let name = function.sig.ident.to_string();
                !["new", "send", "description", "has_documented_body"].contains(&name.as_str())
            }
            _ => true,
        }),
        _ => {}
    }
}

/// Returns true if the method is an accessor of a property that can be missing, or of a value that
/// several status codes share.
fn is_accessor(item: &ImplItem) -> bool {
    let ImplItem::Fn(function) = item else { return false };
    let returned = function.sig.output.to_token_stream().to_string();
    returned.contains("MissingPropertyError")
        || function.sig.ident.to_string().ends_with("any_status")
}

fn is_telling(attribute: &Attribute) -> bool {
    attribute.path().is_ident("serde")
}
