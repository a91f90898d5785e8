//! Recognizes schemas that mean the same, whatever is said around them.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::joint_types::{is_annotation, number};
use super::merger::Merger;
use openapi::marks::PROPERTY_ORDER;
use openapi::object::Schema;
use openapi::reference::schema_reference;

impl Merger {
    /// Returns true if two schemas mean the same, provided that the joint type `known` is the same
    /// as its schema.
    pub(super) fn is_same(&self, one: &Value, other: &Value, known: (usize, &str)) -> bool {
        let (Some(first), Some(second)) = (one.as_object(), other.as_object()) else {
            return one == other;
        };
        if let ([only], []) = (first.subschemas(), second.subschemas())
            && first.keys().all(|keyword| keyword == "allOf" || is_annotation(keyword))
        {
            return self.is_same(only, other, known);
        }
        if let ([], [only]) = (first.subschemas(), second.subschemas())
            && second.keys().all(|keyword| keyword == "allOf" || is_annotation(keyword))
        {
            return self.is_same(one, only, known);
        }
        let is_compared = |keyword: &&String| !is_annotation(keyword) && *keyword != PROPERTY_ORDER;
        let keywords: BTreeSet<&String> =
            first.keys().chain(second.keys()).filter(is_compared).collect();
        keywords.into_iter().all(|keyword| match (first.get(keyword), second.get(keyword)) {
            (Some(one), Some(other)) => self.is_same_keyword(keyword, one, other, known),
            (None, Some(other)) | (Some(other), None) => {
                keyword == "required" && *other == json!([])
                    || keyword == "type" && first.contains_key("properties")
            }
            (None, None) => true,
        })
    }

    fn is_same_keyword(
        &self,
        keyword: &str,
        one: &Value,
        other: &Value,
        known: (usize, &str),
    ) -> bool {
        match (keyword, one, other) {
            ("$ref", Value::String(_), Value::String(_)) => {
                let name = |schema: &Value| -> Option<String> {
                    let name = schema.as_str()?.strip_prefix(&schema_reference(""))?.to_owned();
                    match number(&name) {
                        Some(number) if number == known.0 => Some(known.1.to_owned()),
                        _ => Some(self.final_name(&name).unwrap_or(name)),
                    }
                };
                name(one) == name(other)
            }
            ("properties", Value::Object(one), Value::Object(other)) => {
                one.len() == other.len()
                    && one.iter().all(|(name, property)| {
                        other.get(name).is_some_and(|other| self.is_same(property, other, known))
                    })
            }
            ("items" | "additionalProperties", ..) => self.is_same(one, other, known),
            ("allOf" | "oneOf" | "anyOf", Value::Array(one), Value::Array(other)) => {
                one.len() == other.len()
                    && one.iter().zip(other).all(|(one, other)| self.is_same(one, other, known))
            }
            ("required", Value::Array(one), Value::Array(other)) => {
                let names = |names: &[Value]| -> BTreeSet<String> {
                    names.iter().filter_map(Value::as_str).map(str::to_owned).collect()
                };
                names(one) == names(other)
            }
            _ => one == other,
        }
    }

    /// Returns the schema that a joint type is the same as.
    fn final_name(&self, name: &str) -> Option<String> {
        self.joint_types.same_as(name)
    }
}
