//! Makes the types that progenitor emits safe to publish.
//!
//! Each pass counts the types that it changes, and [`harden`] compares the count with the schemas,
//! so that a progenitor that emits something else cannot silently switch a pass off.

mod accessors;
mod additional_properties;
mod boxed_options;
mod constructors;
mod documentation;
mod drop_conversions;
mod field_names;
mod properties;
mod short_paths;
mod string_enums;
mod type_names;
mod validation;

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::Item;

pub(crate) use field_names::is_setter_name;
pub(crate) use string_enums::variants;

use crate::api::{Api, Direction, Schema};
use crate::schema::needs_name;
use openapi::components::schema_pointer;
use openapi::diagnostic::{Diagnostic, Location, Subject};
use openapi::object::Object;
use openapi::rule::Rule;

const SCHEMAS: &str = "/components/schemas";

/// The largest number of names in a message.
const MOST_NAMES: usize = 10;

const UNEXPECTED: &str =
    "progenitor emits code for these schemas that the generator does not expect.";

const HELP: &str =
    "Report it together with this spec. To continue, remove the schemas that were added last.";

/// Hardens `items`, the types of `api`.
///
/// # Errors
/// Reports types that are missing or that a pass did not find, which is a bug of the generator.
pub(crate) fn harden(api: &Api, mut items: Vec<Item>) -> Result<Vec<Item>, Diagnostic> {
    let is_sent = |schema: &&Schema| schema.direction == Direction::Request;
    let is_enum = |schema: &&Schema| string_enums::values(schema).is_some();
    let sent = api.schemas.iter().filter(is_sent).count();
    expect_types(api, &items)?;
    drop_conversions::run(&mut items);
    boxed_options::run(&mut items);
    expect(
        "additional_properties",
        api.schemas.iter().filter(|schema| additional_properties::is_kept(schema)).count(),
        additional_properties::run(&mut items),
    )?;
    expect(
        "field_names",
        api.schemas.iter().filter(|schema| has_properties(schema)).count(),
        field_names::run(api, &mut items),
    )?;
    expect(
        "string_enums",
        api.schemas.iter().filter(is_enum).count(),
        string_enums::run(api, &mut items)?,
    )?;
    expect("documentation", api.schemas.len(), documentation::run(api, &mut items))?;
    expect("validation", sent, validation::run(api, &mut items)?)?;
    expect("constructors", api.schemas.len(), constructors::run(api, &mut items)?)?;
    let with_accessors =
        api.schemas.iter().filter(|schema| !accessors::needed(api, schema).is_empty());
    expect("accessors", with_accessors.count(), accessors::run(api, &mut items)?)?;
    short_paths::run(&mut items);
    Ok(items)
}

/// Compares the types with the schemas, and names those that are too many or missing.
fn expect_types(api: &Api, items: &[Item]) -> Result<(), Diagnostic> {
    let emitted: Vec<String> = types(items).collect();
    let added: Vec<&String> = emitted.iter().filter(|name| api.schema(name).is_none()).collect();
    let missing: Vec<&String> = api
        .schemas
        .iter()
        .map(|schema| &schema.name)
        .filter(|name| !emitted.contains(name))
        .collect();
    if added.is_empty() && missing.is_empty() {
        return Ok(());
    }
    let user = added.iter().find_map(|name| user(api, items, name));
    let at = user.or(missing.first().map(|name| name.as_str()));
    let named = |names: &[&String], what: &str| match names {
        [] => None,
        names => Some(format!("{what} {}", quoted(names))),
    };
    let text = [named(&added, "adds"), named(&missing, "leaves out")];
    let text: Vec<String> = text.into_iter().flatten().collect();
    Err(Diagnostic {
        rule: Rule::ProgenitorChanged,
        subject: Subject::Names(added.iter().chain(&missing).map(|name| (*name).clone()).collect()),
        location: Location::Pointer(at.map_or_else(|| SCHEMAS.to_owned(), schema_pointer)),
        what: format!("progenitor {} among {} types.", text.join(" and "), api.schemas.len()),
        why: UNEXPECTED.to_owned(),
        help: HELP.to_owned(),
    })
}

/// Returns the schema whose type uses another type.
fn user<'a>(api: &'a Api, items: &[Item], used: &str) -> Option<&'a str> {
    let names = |item: &&Item| {
        let fields: Vec<&syn::Field> = match item {
            Item::Struct(item) => item.fields.iter().collect(),
            Item::Enum(item) => item.variants.iter().flat_map(|variant| &variant.fields).collect(),
            _ => Vec::new(),
        };
        fields.iter().any(|field| mentions(field.ty.to_token_stream(), used))
    };
    let mut users = items.iter().filter(names).filter_map(name_of);
    users.find_map(|name| api.schema(&name)).map(|schema| schema.name.as_str())
}

fn mentions(tokens: TokenStream, name: &str) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Group(group) => mentions(group.stream(), name),
        TokenTree::Ident(ident) => ident == name,
        _ => false,
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

/// Returns the names of the types in `items`.
fn types(items: &[Item]) -> impl Iterator<Item = String> {
    items.iter().filter_map(name_of)
}

fn name_of(item: &Item) -> Option<String> {
    match item {
        Item::Struct(item) => Some(item.ident.to_string()),
        Item::Enum(item) => Some(item.ident.to_string()),
        _ => None,
    }
}

fn has_properties(schema: &Schema) -> bool {
    needs_name(&schema.documented) && schema.documented.has("properties")
}

fn expect(pass: &str, expected: usize, treated: usize) -> Result<(), Diagnostic> {
    if expected == treated {
        return Ok(());
    }
    Err(Diagnostic {
        rule: Rule::ProgenitorChanged,
        subject: Subject::Node,
        location: Location::Pointer(SCHEMAS.to_owned()),
        what: format!("The pass `{pass}` changed {treated} types instead of {expected}."),
        why: UNEXPECTED.to_owned(),
        help: HELP.to_owned(),
    })
}
