//! The types of numbers that hold the integers of a schema.

use serde_json::{Map, Value};

use crate::object::{Object, Schema};

/// The type of numbers that holds integers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Width {
    /// 64 bits with a sign.
    Signed,
    /// 64 bits without a sign.
    Unsigned,
    /// A floating-point number.
    Float,
    /// None holds each of them.
    None,
}

/// 2 to the power of 63.
const SIGNED: f64 = 9_223_372_036_854_775_808.0;

/// The least maximum that is beyond signed integers. Documents round the largest one up.
const BEYOND_SIGNED: f64 = 9.3e18;

/// Returns the type for the integers of a schema. Its format says it, or else its `enum` or bounds.
#[must_use]
pub fn width(schema: &Map<String, Value>) -> Width {
    match schema.format() {
        "uint64" => return Width::Unsigned,
        "" => {}
        _ => return Width::Signed,
    }
    let values = schema.array("enum");
    let is_never_negative = schema.number("minimum").is_some_and(|least| least >= 0.0);
    let is_beyond = schema.number("maximum").is_some_and(|most| most > BEYOND_SIGNED);
    if values.is_empty() && is_never_negative && is_beyond {
        Width::Unsigned
    } else if values.iter().all(is_signed) {
        Width::Signed
    } else if values.iter().all(is_unsigned) {
        Width::Unsigned
    } else if values.iter().all(is_exact) {
        Width::Float
    } else {
        Width::None
    }
}

fn is_signed(value: &Value) -> bool {
    // Numbers at the ends are read as rounded ones.
    let is_within = |number: f64| number.abs() < SIGNED;
    value.is_i64() || !value.is_u64() && value.as_f64().is_some_and(is_within)
}

fn is_unsigned(value: &Value) -> bool {
    let is_within = |number: f64| (0.0..2.0 * SIGNED).contains(&number);
    value.is_u64() || !value.is_i64() && value.as_f64().is_some_and(is_within)
}

/// Returns true if a floating-point number is the same.
fn is_exact(value: &Value) -> bool {
    match (value.as_i64(), value.as_u64()) {
        (None, None) => value.is_number(),
        // 53 bits hold the digits.
        (Some(number), _) => number.unsigned_abs() <= 1 << 53,
        (None, Some(number)) => number.trailing_zeros() >= 11,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Width, width};

    #[track_caller]
    fn check(schema: &Value, expected: Width) {
        assert_eq!(width(schema.as_object().expect("it is an object")), expected, "{schema}");
    }

    #[test]
    fn a_type_holds_each_of_the_values() {
        let check = |values: Value, expected| check(&json!({ "enum": values }), expected);
        check(json!([]), Width::Signed);
        check(json!([i64::MIN, i64::MAX]), Width::Signed);
        check(json!([1.0, -2.0]), Width::Signed);
        check(json!([0, u64::MAX]), Width::Unsigned);
        check(json!([0, 9.3e18]), Width::Unsigned);
        check(json!([1, 1e30]), Width::Float);
        check(json!([-1e19, -1]), Width::Float);
        check(json!([-1, u64::MAX]), Width::None);
        check(json!([1, i64::MAX, 1e30]), Width::None);
        check(json!([1_i64 << 53, 1e30]), Width::Float);
        check(json!([(1_i64 << 53) + 1, 1e30]), Width::None);
        check(json!([-1, 1_u64 << 63 | 1 << 11]), Width::Float);
        check(json!([-1, 1_u64 << 63 | 1 << 10]), Width::None);
    }

    #[test]
    fn formats_come_before_bounds_and_bounds_may_be_rounded() {
        check(&json!({"format": "uint64"}), Width::Unsigned);
        check(&json!({"format": "int64", "enum": [u64::MAX]}), Width::Signed);
        check(&json!({"minimum": 0, "maximum": u64::MAX}), Width::Unsigned);
        check(&json!({"minimum": 0, "maximum": 9_223_372_036_854_776_000_u64}), Width::Signed);
        check(&json!({"maximum": u64::MAX}), Width::Signed);
    }
}
