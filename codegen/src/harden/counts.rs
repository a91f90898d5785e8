//! Compares the types that progenitor emits, and those that a pass changes, with the schemas.

use std::collections::BTreeSet;

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Field, Item};

use crate::api::Api;
use openapi::components::schema_pointer;
use openapi::diagnostic::{Diagnostic, Location, Subject};
use openapi::rule::Rule;

/// The largest number of names in a message.
const MOST_NAMES: usize = 10;

/// Compares all types with the schemas.
///
/// # Errors
/// Names the types that are too many, at the schema that uses them, and the schemas without a type.
pub(super) fn expect_types(api: &Api, items: &[Item]) -> Result<(), Diagnostic> {
    let expected = api.schemas.iter().map(|schema| schema.name.clone()).collect();
    let emitted: BTreeSet<String> = items.iter().filter_map(name_of).collect();
    let added = emitted.difference(&expected).find_map(|name| user(api, items, name));
    expect(api, "types", expected.clone(), emitted.clone()).map_err(|mut found| {
        if let Some(added) = added {
            found.location = Location::Pointer(schema_pointer(added));
        }
        found
    })
}

/// Compares the types that a pass changed with those that it should have.
///
/// # Errors
/// Names the types that are too many and those that are too few.
pub(super) fn expect(
    api: &Api,
    pass: &str,
    expected: BTreeSet<String>,
    treated: BTreeSet<String>,
) -> Result<(), Diagnostic> {
    if expected == treated {
        return Ok(());
    }
    let more: Vec<&String> = treated.difference(&expected).collect();
    let fewer: Vec<&String> = expected.difference(&treated).collect();
    let known = fewer.iter().chain(&more).find(|name| api.schema(name).is_some());
    let named = |names: &[&String], what| {
        if names.is_empty() { String::new() } else { format!(" {what}: {}.", quoted(names)) }
    };
    Err(Diagnostic {
        rule: Rule::ProgenitorChanged,
        subject: Subject::Names(more.iter().chain(&fewer).map(|name| (*name).clone()).collect()),
        location: Location::Pointer(
            known.map_or_else(|| "/components/schemas".to_owned(), |name| schema_pointer(name)),
        ),
        what: format!(
            "The pass `{pass}` found {} types instead of {}.{}{}",
            treated.len(),
            expected.len(),
            named(&more, "Too many"),
            named(&fewer, "Missing")
        ),
        why: "progenitor emits code for these schemas that the generator does not expect.".to_owned(),
        help: "Report it together with this spec. To continue, remove the schemas that were added last.".to_owned(),
    })
}

/// Returns the first names of a list, and the number of the others.
fn quoted(names: &[&String]) -> String {
    let first: Vec<String> =
        names.iter().take(MOST_NAMES).map(|name| format!("`{name}`")).collect();
    match names.len().saturating_sub(MOST_NAMES) {
        0 => first.join(", "),
        more => format!("{} and {more} more", first.join(", ")),
    }
}

/// Returns the schema whose type has a field of another type.
fn user<'a>(api: &'a Api, items: &[Item], used: &str) -> Option<&'a str> {
    let has_field = |item: &&Item| {
        let fields: Vec<&Field> = match item {
            Item::Struct(item) => item.fields.iter().collect(),
            Item::Enum(item) => item.variants.iter().flat_map(|variant| &variant.fields).collect(),
            _ => Vec::new(),
        };
        fields.iter().any(|field| mentions(field.ty.to_token_stream(), used))
    };
    let mut users = items.iter().filter(has_field).filter_map(name_of);
    users.find_map(|name| api.schema(&name)).map(|schema| schema.name.as_str())
}

fn mentions(tokens: TokenStream, name: &str) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Group(group) => mentions(group.stream(), name),
        TokenTree::Ident(ident) => ident == name,
        _ => false,
    })
}

fn name_of(item: &Item) -> Option<String> {
    match item {
        Item::Struct(item) => Some(item.ident.to_string()),
        Item::Enum(item) => Some(item.ident.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use openapi::load;
    use openapi::policy::Policy;
    use openapi::source::SpecSource;
    use syn::parse_quote;

    use super::{expect, expect_types};
    use crate::api::Api;
    use crate::lower::lower;

    fn api() -> Api {
        let text = r##"{"openapi": "3.0.3", "info": {"title": "W", "version": "1"}, "paths": {"/w": {"get": {
            "operationId": "get_widget", "responses": {"200": {"description": "A widget", "content":
            {"application/json": {"schema": {"$ref": "#/components/schemas/Widget"}}}}}}}},
            "components": {"schemas": {"Widget": {"type": "object", "properties": {"id": {"type": "string"}}}}}}"##;
        let document = load(SpecSource::new("specs/widgets.yaml", text), Policy::Refuse);
        lower(&document.expect("a good document")).expect("a good document").api
    }

    #[test]
    fn types_that_are_too_many_are_named_at_the_schema_that_uses_them() {
        let items = [
            parse_quote!(
                struct Widget {
                    id: Option<WidgetId>,
                }
            ),
            parse_quote!(
                enum WidgetId {}
            ),
        ];
        let found = expect_types(&api(), &items).expect_err("a type is too many");
        assert_eq!(found.location.pointer(), Some("/components/schemas/Widget"));
        assert!(
            found.what.ends_with("2 types instead of 1. Too many: `WidgetId`."),
            "{}",
            found.what
        );
        assert!(expect_types(&api(), &items[..1]).is_ok());
    }

    #[test]
    fn types_that_are_missing_are_named() {
        let expected = BTreeSet::from(["Widget".to_owned()]);
        let found = expect(&api(), "pass", expected, BTreeSet::new()).expect_err("it is missing");
        assert_eq!(found.location.pointer(), Some("/components/schemas/Widget"));
        assert!(found.what.ends_with("0 types instead of 1. Missing: `Widget`."), "{}", found.what);
    }
}
