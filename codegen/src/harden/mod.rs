//! Makes the types that progenitor emits safe to publish.
//!
//! Each pass lists the types that it changes, and [`harden`] compares the list with the schemas, so
//! that a progenitor that emits something else cannot silently switch a pass off.

mod accessors;
mod additional_properties;
mod alternatives;
mod boxed_options;
mod constructors;
mod counts;
mod derives;
mod documentation;
mod drop_conversions;
mod field_names;
mod null_properties;
mod properties;
mod property_order;
mod short_paths;
mod string_enums;
mod type_names;
mod validation;

use std::collections::BTreeSet;

use syn::Item;

pub(crate) use accessors::accessor_name;
pub(crate) use field_names::is_setter_name;
pub(crate) use string_enums::variants;

use crate::api::{Api, Direction, Schema};
use crate::schema::needs_name;
use null_properties::NullProperties;
use openapi::diagnostic::Diagnostic;
use openapi::object::Object;

/// Hardens `items`, the types of `api`.
///
/// # Errors
/// Reports types that are missing or that a pass did not find, which is a bug of the generator.
pub(crate) fn harden(api: &Api, mut items: Vec<Item>) -> Result<Vec<Item>, Diagnostic> {
    let expect = |pass, is_one: &dyn Fn(&Schema) -> bool, treated: BTreeSet<String>| {
        let expected = api.schemas.iter().filter(|schema| is_one(schema));
        counts::expect(api, pass, expected.map(|schema| schema.name.clone()).collect(), treated)
    };
    counts::expect_types(api, &items)?;
    drop_conversions::run(&mut items);
    boxed_options::run(&mut items);
    let treated = additional_properties::run(&mut items);
    expect("additional_properties", &additional_properties::is_kept, treated)?;
    expect("field_names", &has_properties, field_names::run(api, &mut items))?;
    expect("property_order", &has_properties, property_order::run(api, &mut items))?;
    let null_properties = NullProperties::of(api);
    let has_null = |schema: &Schema| null_properties.has(&schema.name);
    expect("null_properties", &has_null, null_properties.run(&mut items))?;
    let treated = alternatives::run(&mut items)?;
    expect("alternatives", &alternatives::has_alternatives, treated)?;
    let is_enum = |schema: &Schema| string_enums::values(schema).is_some();
    expect("string_enums", &is_enum, string_enums::run(api, &mut items)?)?;
    expect("derives", &|_| true, derives::run(api, &mut items))?;
    expect("documentation", &|_| true, documentation::run(api, &mut items))?;
    let is_sent = |schema: &Schema| schema.direction == Direction::Request;
    expect("validation", &is_sent, validation::run(api, &mut items)?)?;
    expect("constructors", &|_| true, constructors::run(api, &mut items)?)?;
    let secret_holders = accessors::secret_holders(api);
    let needs_any = |schema: &Schema| !accessors::needed(api, schema, &secret_holders).is_empty();
    expect("accessors", &needs_any, accessors::run(api, &mut items)?)?;
    short_paths::run(&mut items);
    Ok(items)
}

fn has_properties(schema: &Schema) -> bool {
    needs_name(&schema.documented) && schema.documented.has("properties")
}
