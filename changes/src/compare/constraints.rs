//! Compares the constraints of schemas: they become narrower, wider, or just different.

use std::cmp::Ordering;

use codegen::api::Direction;
use openapi::object::Object;
use serde_json::Value;

use super::found::{Log, Place};
use crate::rule::Rule;

/// The bounds from below, and those from above. The first ones of both count something.
const LOWER: [&str; 4] = ["minLength", "minItems", "minProperties", "minimum"];
const UPPER: [&str; 4] = ["maxLength", "maxItems", "maxProperties", "maximum"];
const EXCLUSIVE: [&str; 3] = ["exclusiveMinimum", "exclusiveMaximum", "uniqueItems"];

/// Returns true if a keyword is a constraint.
pub(super) fn is_one(keyword: &str) -> bool {
    LOWER.contains(&keyword)
        || UPPER.contains(&keyword)
        || EXCLUSIVE.contains(&keyword)
        || ["pattern", "multipleOf"].contains(&keyword)
}

/// Compares a constraint that differs.
pub(super) fn compare(
    log: &mut Log<'_>,
    keyword: &str,
    (before, after): (&Value, &Value),
    at: &Place,
) {
    let text =
        |value: Option<&Value>| value.map_or("none".to_owned(), |value| format!("`{value}`"));
    let (one, other) = (before.keyword(keyword), after.keyword(keyword));
    let words = format!("`{keyword}` of {} is {}, not {}.", at.name, text(other), text(one));
    found(log, direction(keyword, (before, after)), at, words);
}

/// Compares the values of an `enum` of numbers, or one that was none before.
pub(super) fn values(log: &mut Log<'_>, before: &[Value], after: &[Value], at: &Place) {
    let holds = |some: &[Value], others: &[Value]| others.iter().all(|one| some.contains(one));
    let change = match (before.is_empty(), after.is_empty()) {
        (true, _) => Some(Ordering::Less),
        (_, true) => Some(Ordering::Greater),
        _ => match (holds(before, after), holds(after, before)) {
            (true, true) => Some(Ordering::Equal),
            (true, false) => Some(Ordering::Less),
            (false, true) => Some(Ordering::Greater),
            (false, false) => None,
        },
    };
    found(log, change, at, format!("The values of {} are others.", at.name));
}

/// Adds a constraint that allows less, more, the same or something else.
fn found(log: &mut Log<'_>, change: Option<Ordering>, at: &Place, text: String) {
    let rule = match (at.direction, change) {
        (_, Some(Ordering::Equal)) => Rule::Documentation,
        (Direction::Response, _) => Rule::ReceivedConstraint,
        (Direction::Request, Some(Ordering::Less)) => Rule::ConstraintNarrowed,
        (Direction::Request, Some(Ordering::Greater)) => Rule::ConstraintWidened,
        (Direction::Request, None) => Rule::ConstraintChanged,
    };
    log.both(rule, at, text);
}

/// Returns `Less` if the new constraint allows less values, and `None` if nobody can tell.
fn direction(keyword: &str, (before, after): (&Value, &Value)) -> Option<Ordering> {
    if EXCLUSIVE.contains(&keyword) {
        return Some(before.is_true(keyword).cmp(&after.is_true(keyword)));
    }
    let (one, other) = (before.keyword(keyword), after.keyword(keyword));
    if keyword == "pattern" || keyword == "multipleOf" {
        return match (one, other) {
            (None, _) => Some(Ordering::Less),
            (_, None) => Some(Ordering::Greater),
            _ => None,
        };
    }
    let is_lower = LOWER.contains(&keyword);
    let none = match keyword {
        "minimum" => f64::NEG_INFINITY,
        _ if is_lower => 0.0,
        _ => f64::INFINITY,
    };
    let bound = |schema: &Value| schema.number(keyword).unwrap_or(none);
    let order = bound(after).partial_cmp(&bound(before))?;
    match (is_lower, order) {
        // Numbers that are too close to be told apart.
        (_, Ordering::Equal) if one.is_some() && other.is_some() => None,
        (true, order) => Some(order.reverse()),
        (false, order) => Some(order),
    }
}

#[cfg(test)]
mod tests {
    use std::cmp::Ordering;

    use serde_json::{Value, json};

    use super::direction;

    #[track_caller]
    fn check(keyword: &str, before: Value, after: Value, expected: Option<Ordering>) {
        let schema = |value: Value| match value {
            Value::Null => json!({}),
            value => json!({keyword: value}),
        };
        let (before, after) = (schema(before), schema(after));
        assert_eq!(direction(keyword, (&before, &after)), expected, "{keyword}");
    }

    #[test]
    fn a_constraint_that_allows_less_is_narrower() {
        let (less, more) = (Some(Ordering::Less), Some(Ordering::Greater));
        check("maxLength", json!(5), json!(4), less);
        check("maxLength", json!(4), Value::Null, more);
        check("minimum", json!(4), json!(5), less);
        check("minimum", Value::Null, json!(-5), less);
        check("minLength", Value::Null, json!(0), Some(Ordering::Equal));
        check("exclusiveMaximum", json!(false), json!(true), less);
        check("uniqueItems", json!(true), Value::Null, more);
        check("pattern", json!("a"), json!("b"), None);
        check("pattern", Value::Null, json!("b"), less);
        check("multipleOf", json!(2), Value::Null, more);
    }
}
