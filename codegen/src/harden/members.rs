//! The documented properties behind the fields of a struct.

use std::collections::BTreeMap;

use serde_json::Value;
use syn::{Attribute, Expr, ExprLit, Field, Lit, Meta, Token, punctuated::Punctuated};

use crate::api::{Api, schema_name};

/// How deep `allOf` is followed; a deeper one refers to itself.
const DEEPEST: usize = 16;

/// Properties of a schema by name, those of its `allOf` included.
pub fn properties<'a>(api: &'a Api, schema: &'a Value) -> BTreeMap<&'a str, &'a Value> {
    let mut found = BTreeMap::new();
    collect(api, schema, DEEPEST, &mut found);
    found
}

fn collect<'a>(api: &'a Api, schema: &'a Value, depth: usize, found: &mut BTreeMap<&'a str, &'a Value>) {
    let Some(depth) = depth.checked_sub(1) else { return };
    if let Some(target) = schema_name(schema).and_then(|name| api.schema(name)) {
        collect(api, &target.documented, depth, found);
    }
    for part in schema.get("allOf").and_then(Value::as_array).into_iter().flatten() {
        collect(api, part, depth, found);
    }
    for (name, property) in schema.get("properties").and_then(Value::as_object).into_iter().flatten() {
        found.insert(name, property);
    }
}

/// The name that a field or variant has in JSON: that of `rename`, or its own.
pub fn json_name(attributes: &[Attribute], own: &syn::Ident) -> String {
    let renamed = serde_options(attributes).into_iter().find_map(|option| match option {
        Meta::NameValue(pair) if pair.path.is_ident("rename") => match pair.value {
            Expr::Lit(ExprLit { lit: Lit::Str(name), .. }) => Some(name.value()),
            _ => None,
        },
        _ => None,
    });
    renamed.unwrap_or_else(|| own.to_string().trim_start_matches("r#").to_owned())
}

/// All options of the `#[serde(…)]` attributes.
pub fn serde_options(attributes: &[Attribute]) -> Vec<Meta> {
    let serde = attributes.iter().filter(|attribute| attribute.path().is_ident("serde"));
    let options =
        serde.filter_map(|attribute| attribute.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated).ok());
    options.flatten().collect()
}

/// Whether a field takes what no other field takes.
pub fn is_flattened(field: &Field) -> bool {
    serde_options(&field.attrs).iter().any(|option| option.path().is_ident("flatten"))
}
