//! Counts the steps that checking a value takes, before it is checked.
//!
//! The validator follows a reference each time that it comes to it. Schemas that lead to the same
//! schema on several ways double the steps with each of them, so that a small document can take a
//! lifetime. Counting remembers what it has counted.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::convert::target;
use crate::object::Object;

/// The largest number of schemas that one value is checked against, counting the values within.
pub(super) const MOST: u64 = 100_000;

/// The longest chain of schemas that are made of others.
const DEEPEST: usize = 500;

/// Returns true if checking `value` against the schema with this number takes at most [`MOST`]
/// steps.
pub(super) fn are_few(definitions: &Map<String, Value>, number: usize, value: &Value) -> bool {
    let mut counter = Counter { definitions, counted: BTreeMap::new() };
    counter.definition(number, value, DEEPEST).is_some_and(|steps| steps <= MOST)
}

/// The steps that were counted.
struct Counter<'d> {
    definitions: &'d Map<String, Value>,
    /// The steps of a definition at a value, by its number and the value's address. It has none
    /// while they are being counted.
    counted: BTreeMap<(usize, *const Value), Option<u64>>,
}

impl Counter<'_> {
    /// Returns the number of steps, or `None` if there is no end to them.
    fn definition(&mut self, number: usize, value: &Value, depth: usize) -> Option<u64> {
        let depth = depth.checked_sub(1)?;
        let key = (number, std::ptr::from_ref(value));
        if let Some(counted) = self.counted.get(&key) {
            return *counted;
        }
        self.counted.insert(key, None);
        let definitions = self.definitions;
        let steps = match definitions.get(&number.to_string()) {
            Some(schema) => self.schema(schema, value, depth),
            None => Some(0),
        };
        self.counted.insert(key, steps);
        steps
    }

    fn schema(&mut self, schema: &Value, value: &Value, depth: usize) -> Option<u64> {
        if let Some(number) = target(schema) {
            return self.definition(number, value, depth);
        }
        let depth = depth.checked_sub(1)?;
        let mut steps: u64 = 1;
        for inner in ["allOf", "anyOf", "oneOf"].iter().flat_map(|keyword| schema.array(keyword)) {
            steps = steps.saturating_add(self.schema(inner, value, depth)?);
        }
        if let Some(excluded) = schema.keyword("not") {
            steps = steps.saturating_add(self.schema(excluded, value, depth)?);
        }
        let properties = schema.object("properties");
        let other_values = schema.keyword("additionalProperties").filter(|other| other.is_object());
        for (name, value) in value.as_object().into_iter().flatten() {
            let inner = properties.and_then(|properties| properties.get(name)).or(other_values);
            if let Some(inner) = inner {
                steps = steps.saturating_add(self.schema(inner, value, depth)?);
            }
        }
        if let Some(items) = schema.keyword("items") {
            for item in value.as_array().into_iter().flatten() {
                steps = steps.saturating_add(self.schema(items, item, depth)?);
            }
        }
        Some(steps)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Map, Value, json};

    use super::are_few;
    use crate::lint::examples::convert::link;

    /// Returns a chain of schemas, of which each is made of two links to the one before.
    fn chain(length: usize, step: fn(Value) -> Value) -> Map<String, Value> {
        let first = ("0".to_owned(), json!({}));
        let others = (1..=length).map(|number| (number.to_string(), step(link(number - 1))));
        std::iter::once(first).chain(others).collect()
    }

    #[test]
    fn schemas_that_double_are_counted_without_following_each_way() {
        let twice = |link: Value| json!({"allOf": [link, {"anyOf": [link]}]});
        assert!(are_few(&chain(10, twice), 10, &json!(1)));
        assert!(!are_few(&chain(60, twice), 60, &json!(1)));
        let either = |link: Value| json!({"oneOf": [link, {"not": link}]});
        assert!(!are_few(&chain(60, either), 60, &json!(1)));
        let inside = |link: Value| json!({"properties": {"a": {"allOf": [link, link]}}});
        let nested = |depth| (0..depth).fold(json!(1), |inner, _| json!({"a": inner}));
        assert!(are_few(&chain(60, inside), 60, &nested(5)));
        assert!(!are_few(&chain(60, inside), 60, &nested(60)));
    }

    #[test]
    fn a_circle_has_no_end_unless_the_value_has_one() {
        let within = |link: Value| json!({"items": link, "additionalProperties": link});
        let mut circle = chain(3, within);
        circle.insert("0".to_owned(), link(3));
        assert!(are_few(&circle, 3, &json!([[[[{"a": 1}]]]])));
        circle.insert("0".to_owned(), json!({"allOf": [link(0)]}));
        assert!(!are_few(&circle, 0, &json!(1)));
        assert!(!are_few(&chain(5000, |link| json!({"allOf": [link]})), 5000, &json!(1)));
    }
}
