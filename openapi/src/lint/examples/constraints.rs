//! The keywords that constrain a value, as draft 4 has them.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::validate::{PATTERN, Strictness};
use super::{formats, single_precision};
use crate::integers::{Width, width};
use crate::object::{Object, Schema};

/// Returns a constraint that draft 4 has too, unless its value is not valid there.
pub(super) fn constraint(
    keyword: &str,
    value: &Value,
    members: &Map<String, Value>,
) -> Option<(String, Value)> {
    let value = match keyword {
        "minimum" | "maximum" => {
            single_precision::bound(keyword, value, members).unwrap_or_else(|| value.clone())
        }
        "type" | "uniqueItems" | "additionalProperties" => value.clone(),
        "exclusiveMinimum" if members.contains_key("minimum") => value.clone(),
        "exclusiveMaximum" if members.contains_key("maximum") => value.clone(),
        "multipleOf" if value.as_f64().is_some_and(|divisor| divisor > 0.0) => value.clone(),
        "minLength" | "maxLength" | "minItems" | "maxItems" | "minProperties" | "maxProperties" => {
            json!(value.as_u64()?)
        }
        "enum" => {
            let mut distinct: Vec<&Value> = Vec::new();
            let mut seen = BTreeSet::new();
            distinct
                .extend(value.as_array()?.iter().filter(|value| seen.insert(value.to_string())));
            (!distinct.is_empty()).then(|| json!(distinct))?
        }
        "pattern" => return Some((PATTERN.to_owned(), value.clone())),
        _ => return None,
    };
    Some((keyword.to_owned(), value))
}

/// Returns the format of a schema as keywords of draft 4.
pub(super) fn format(members: &Map<String, Value>, strictness: Strictness) -> Vec<(String, Value)> {
    let format = members.format();
    if format == "int32" {
        let bounds = [("minimum", json!(i32::MIN)), ("maximum", json!(i32::MAX))];
        let bounds = bounds.into_iter().filter(|(keyword, _)| !members.contains_key(*keyword));
        return bounds.map(|(keyword, bound)| (keyword.to_owned(), bound)).collect();
    }
    if strictness == Strictness::Strict && members.stated_type() == Some("integer") {
        return bounds_of_client(members);
    }
    let is_known = match strictness {
        Strictness::Lenient => formats::ALL.iter().any(|(name, ..)| *name == format),
        Strictness::Strict => formats::STRICT.contains(&format),
    };
    if is_known { vec![("format".to_owned(), json!(format))] } else { Vec::new() }
}

/// Returns the bounds of the integers that clients have, unless the schema has narrower ones.
fn bounds_of_client(members: &Map<String, Value>) -> Vec<(String, Value)> {
    let width = width(members);
    let is_unsigned = width == Width::Unsigned;
    let bounds = match width {
        Width::Unsigned => [("minimum", json!(0)), ("maximum", json!(u64::MAX))],
        Width::Signed => [("minimum", json!(i64::MIN)), ("maximum", json!(i64::MAX))],
        Width::Float | Width::None => return Vec::new(),
    };
    let is_narrower = |keyword: &str| {
        let bound = members.keyword(keyword);
        bound.is_some_and(|bound| {
            let of_client = if is_unsigned { bound.is_u64() } else { bound.is_i64() };
            of_client || bound.as_f64().is_some_and(|bound| bound.abs() < 9e15)
        })
    };
    let bounds = bounds.into_iter().filter(|(keyword, _)| !is_narrower(keyword));
    bounds.map(|(keyword, bound)| (keyword.to_owned(), bound)).collect()
}
