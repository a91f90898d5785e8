//! The narrower of two values of a keyword.

use std::cmp::Ordering;

use serde_json::{Map, Number, Value, json};

use crate::schema::ANNOTATIONS;
use openapi::object::{Object, SECRET_FORMAT, Schema};

/// Each bound with the boolean that makes it exclusive, and the side on which values are narrower.
const BOUNDS: [(&str, &str, Ordering); 2] = [
    ("minimum", "exclusiveMinimum", Ordering::Greater),
    ("maximum", "exclusiveMaximum", Ordering::Less),
];

/// Returns true if a keyword beside a reference says more about the value than the reference.
pub(super) fn constrains(keyword: &str) -> bool {
    !ANNOTATIONS.contains(&keyword)
        && !["nullable", "allOf"].contains(&keyword)
        && !keyword.starts_with("x-")
}

/// Returns true for the keywords that [`narrow_bounds`] narrows.
pub(super) fn is_bound(keyword: &str) -> bool {
    BOUNDS.iter().any(|(bound, exclusive, _)| [*bound, *exclusive].contains(&keyword))
}

/// Narrows the bounds of `whole` by those of `more`.
pub(super) fn narrow_bounds(whole: &mut Map<String, Value>, more: &Map<String, Value>) {
    for (bound, exclusive, narrower) in BOUNDS {
        let Some(Value::Number(value)) = more.get(bound) else { continue };
        let order = match whole.get(bound) {
            Some(Value::Number(known)) => compare(value, known),
            _ => narrower,
        };
        if order == narrower {
            whole.insert(bound.to_owned(), value.clone().into());
            whole.remove(exclusive);
        }
        if order != narrower.reverse() && more.is_true(exclusive) {
            whole.insert(exclusive.to_owned(), json!(true));
        }
    }
}

fn compare(one: &Number, other: &Number) -> Ordering {
    match (one.as_i128(), other.as_i128()) {
        (Some(one), Some(other)) => one.cmp(&other),
        _ => one.as_f64().partial_cmp(&other.as_f64()).unwrap_or(Ordering::Equal),
    }
}

/// Returns the type of values that have both types.
pub(super) fn common_type<'t>(one: &'t str, other: &'t str) -> Option<&'t str> {
    match (one, other) {
        _ if one == other => Some(one),
        ("integer", "number") | ("number", "integer") => Some("integer"),
        _ => None,
    }
}

/// Returns the values that are in both arrays, in the order of the second one.
pub(super) fn common_values(one: &[Value], other: &[Value]) -> Vec<Value> {
    other.iter().filter(|value| one.contains(value)).cloned().collect()
}

/// Returns true if no value has the `type` and `enum` of both schemas.
pub(super) fn exclude_each_other(one: &impl Schema, other: &impl Schema) -> bool {
    let types = one.stated_type().zip(other.stated_type());
    let have_other_types = types.is_some_and(|(one, other)| common_type(one, other).is_none());
    let (values, others) = (one.array("enum"), other.array("enum"));
    let have_other_values = !values.is_empty() && !others.is_empty();
    have_other_types || have_other_values && common_values(values, others).is_empty()
}

/// Returns the narrower of two values of a keyword, or `None` if both have to hold and no value
/// says that. Schemas within are not narrowed.
pub(super) fn narrower(keyword: &str, before: &Value, value: &Value) -> Option<Value> {
    if before == value {
        return Some(value.clone());
    }
    let counts = before.as_u64().zip(value.as_u64());
    match (keyword, before, value) {
        ("type", Value::String(one), Value::String(other)) => {
            common_type(one, other).map(Into::into)
        }
        ("enum", Value::Array(one), Value::Array(other)) => {
            Some(common_values(one, other)).filter(|values| !values.is_empty()).map(Into::into)
        }
        ("minLength" | "minItems" | "minProperties", ..) => {
            Some(counts.map_or_else(|| value.clone(), |(one, other)| json!(one.max(other))))
        }
        ("maxLength" | "maxItems" | "maxProperties", ..) => {
            Some(counts.map_or_else(|| value.clone(), |(one, other)| json!(one.min(other))))
        }
        ("uniqueItems" | "readOnly" | "writeOnly", ..) => {
            Some(json!(*before == json!(true) || *value == json!(true)))
        }
        ("multipleOf", ..) => common_multiple(before, value),
        ("format", Value::String(one), Value::String(other)) => {
            let formats = [one.as_str(), other.as_str()];
            let wins = |format: &&str| formats.contains(format);
            [SECRET_FORMAT, "int32", "float"].into_iter().find(wins).map(Into::into)
        }
        ("pattern" | "not", ..) => None,
        _ => Some(value.clone()),
    }
}

/// Returns the divisor of all values that have both divisors.
fn common_multiple(one: &Value, other: &Value) -> Option<Value> {
    if let (Some(one), Some(other)) = (one.as_u64(), other.as_u64()) {
        let (mut divisor, mut rest) = (one, other);
        while rest > 0 {
            (divisor, rest) = (rest, divisor % rest);
        }
        return (divisor > 0).then(|| one / divisor)?.checked_mul(other).map(Value::from);
    }
    let (first, second) = (one.as_f64()?, other.as_f64()?);
    let divides = |larger: f64, smaller: f64| smaller > 0.0 && (larger / smaller).fract() == 0.0;
    if divides(second, first) {
        return Some(other.clone());
    }
    divides(first, second).then(|| one.clone())
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{exclude_each_other, narrow_bounds, narrower};

    #[track_caller]
    fn check(keyword: &str, one: Value, other: Value, expected: Option<Value>) {
        assert_eq!(narrower(keyword, &one, &other), expected, "{keyword}");
        assert_eq!(narrower(keyword, &other, &one), expected, "{keyword}, the other way round");
    }

    #[test]
    fn a_keyword_of_two_schemas_has_the_narrower_value() {
        check("type", json!("number"), json!("integer"), Some(json!("integer")));
        check("type", json!("string"), json!("integer"), None);
        check("minLength", json!(2), json!(3), Some(json!(3)));
        check("maxItems", json!(2), json!(3), Some(json!(2)));
        check("uniqueItems", json!(false), json!(true), Some(json!(true)));
        check("multipleOf", json!(4), json!(6), Some(json!(12)));
        check("multipleOf", json!(0.5), json!(0.25), Some(json!(0.5)));
        check("multipleOf", json!(0.5), json!(0.3), None);
        check("format", json!("uuid"), json!("password"), Some(json!("password")));
        check("format", json!("int64"), json!("int32"), Some(json!("int32")));
        check("format", json!("uuid"), json!("date"), None);
        check("pattern", json!("a"), json!("b"), None);
        check("enum", json!(["a", "b"]), json!(["b", "c"]), Some(json!(["b"])));
        check("enum", json!(["a"]), json!(["b"]), None);
    }

    #[test]
    fn the_narrower_bound_takes_its_exclusiveness_along() {
        for (one, other, expected) in [
            (json!({"minimum": 1}), json!({"minimum": 2}), json!({"minimum": 2})),
            (
                json!({"minimum": 1, "exclusiveMinimum": true}),
                json!({"minimum": 2}),
                json!({"minimum": 2}),
            ),
            (
                json!({"maximum": 1, "exclusiveMaximum": true}),
                json!({"maximum": 1.0}),
                json!({"maximum": 1, "exclusiveMaximum": true}),
            ),
            (
                json!({"maximum": u64::MAX}),
                json!({"maximum": i64::MAX}),
                json!({"maximum": i64::MAX}),
            ),
            (json!({}), json!({"minimum": 2}), json!({"minimum": 2})),
        ] {
            for (one, other) in [(&one, &other), (&other, &one)] {
                let mut whole = one.as_object().expect("an object").clone();
                narrow_bounds(&mut whole, other.as_object().expect("an object"));
                let is_equal = |(keyword, value): (&String, &Value)| {
                    let wanted = &expected[keyword];
                    value == wanted || value.as_f64().is_some() && value.as_f64() == wanted.as_f64()
                };
                assert!(whole.iter().all(is_equal), "{whole:?} instead of {expected}");
                assert_eq!(whole.len(), expected.as_object().map_or(0, serde_json::Map::len));
            }
        }
    }

    #[test]
    fn schemas_exclude_each_other_by_type_or_by_values() {
        let number = json!({"type": "number", "enum": [1, 2]});
        assert!(exclude_each_other(&number, &json!({"type": "string"})));
        assert!(exclude_each_other(&number, &json!({"enum": [3]})));
        assert!(!exclude_each_other(&number, &json!({"type": "integer", "enum": [2, 3]})));
        assert!(!exclude_each_other(&number, &json!({})));
    }
}
