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
mod null_properties;
mod properties;
mod short_paths;
mod string_enums;
mod type_names;
mod validation;

use syn::Item;

pub(crate) use field_names::is_setter_name;
pub(crate) use string_enums::variants;

use crate::api::{Api, Direction, Schema};
use crate::schema::needs_name;
use null_properties::NullProperties;
use openapi::diagnostic::{Diagnostic, Location, Subject};
use openapi::object::Object;
use openapi::rule::Rule;

/// Hardens `items`, the types of `api`.
///
/// # Errors
/// Reports types that are missing or that a pass did not find, which is a bug of the generator.
pub(crate) fn harden(api: &Api, mut items: Vec<Item>) -> Result<Vec<Item>, Diagnostic> {
    let is_sent = |schema: &&Schema| schema.direction == Direction::Request;
    let is_enum = |schema: &&Schema| string_enums::values(schema).is_some();
    let sent = api.schemas.iter().filter(is_sent).count();
    expect("types", api.schemas.len(), types(&items).count())?;
    let is_known = |name: &String| api.schema(name).is_some();
    expect("names", api.schemas.len(), types(&items).filter(is_known).count())?;
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
    let null_properties = NullProperties::of(api);
    expect("null_properties", null_properties.types(), null_properties.run(&mut items))?;
    expect(
        "string_enums",
        api.schemas.iter().filter(is_enum).count(),
        string_enums::run(api, &mut items)?,
    )?;
    expect("documentation", api.schemas.len(), documentation::run(api, &mut items))?;
    expect("validation", sent, validation::run(api, &mut items)?)?;
    expect("constructors", api.schemas.len(), constructors::run(api, &mut items)?)?;
    let secret_holders = accessors::secret_holders(api);
    let with_accessors = api
        .schemas
        .iter()
        .filter(|schema| !accessors::needed(api, schema, &secret_holders).is_empty());
    expect("accessors", with_accessors.count(), accessors::run(api, &mut items)?)?;
    short_paths::run(&mut items);
    Ok(items)
}

/// Returns the names of the types in `items`.
fn types(items: &[Item]) -> impl Iterator<Item = String> {
    items.iter().filter_map(|item| match item {
        Item::Struct(item) => Some(item.ident.to_string()),
        Item::Enum(item) => Some(item.ident.to_string()),
        _ => None,
    })
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
        location: Location::Pointer("/components/schemas".to_owned()),
        what: format!("The pass `{pass}` changed {treated} types instead of {expected}."),
        why: "progenitor emits code for these schemas that the generator does not expect.".to_owned(),
        help: "Report it together with this spec. To continue, remove the schemas that were added last.".to_owned(),
    })
}
