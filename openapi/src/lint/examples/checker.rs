//! Checks values that are not in a document against its schemas, to the letter.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::convert::{self, Converter};
use super::validate::{Strictness, Validator};
use super::{Dialect, Way, steps};
use crate::objects;

/// Schemas of a document that values can be checked against, as they are after its conversion to
/// 3.0, and as they were before.
pub struct Checker(Vec<Dialectal>);

impl Checker {
    /// Prepares the schemas with these JSON pointers, for values in these directions. `as_3_1` is
    /// the document before it was converted.
    ///
    /// # Errors
    /// Returns the reason why they cannot be used.
    pub fn new<'t>(
        root: &Value,
        as_3_1: Option<&Value>,
        schemas: impl IntoIterator<Item = (&'t str, Way)> + Clone,
    ) -> Result<Self, String> {
        let converted = Dialectal::new(root, Dialect::OpenApi3_0, schemas.clone())?;
        let written = as_3_1.map(|root| Dialectal::new(root, Dialect::OpenApi3_1, schemas));
        // The linter reports what cannot be used of it.
        Ok(Self([converted].into_iter().chain(written.and_then(Result::ok)).collect()))
    }

    /// Checks values against the schemas with their indices. Returns the JSON pointers to all
    /// failures in the values that do not match. A value that takes too many steps to check does
    /// not match.
    #[must_use]
    pub fn failures(&self, values: &BTreeMap<usize, Value>) -> BTreeMap<usize, Vec<String>> {
        let mut failures: BTreeMap<usize, Vec<String>> = BTreeMap::new();
        for (index, pointers) in self.0.iter().flat_map(|one| one.failures(values)) {
            let known = failures.entry(index).or_default();
            let new = pointers.into_iter().filter(|pointer| !known.contains(pointer));
            let new: Vec<String> = new.collect();
            known.extend(new);
        }
        failures
    }
}

/// The schemas in one dialect.
struct Dialectal {
    validator: Validator,
    definitions: Map<String, Value>,
    /// The definition of each schema.
    numbers: Vec<usize>,
}

impl Dialectal {
    fn new<'t>(
        root: &Value,
        dialect: Dialect,
        schemas: impl IntoIterator<Item = (&'t str, Way)>,
    ) -> Result<Self, String> {
        let nodes = objects::list(root);
        let mut converter = Converter::new(root, &nodes, dialect, Strictness::Strict);
        let numbers: Vec<usize> =
            schemas.into_iter().map(|(pointer, way)| converter.number(pointer, way)).collect();
        let links = numbers.iter().map(|number| convert::link(*number)).enumerate();
        let links: Map<String, Value> =
            links.map(|(index, link)| (index.to_string(), link)).collect();
        let (definitions, _) = converter.finish();
        let schema = json!({ "properties": links, "definitions": &definitions });
        let validator = Validator::new(&schema, dialect, Strictness::Strict)?;
        Ok(Self { validator, definitions, numbers })
    }

    fn failures(&self, values: &BTreeMap<usize, Value>) -> BTreeMap<usize, Vec<String>> {
        let mut failures: BTreeMap<usize, Vec<String>> = BTreeMap::new();
        let mut checked = Map::new();
        for (index, value) in values {
            let number = self.numbers.get(*index);
            if number.is_some_and(|number| steps::are_few(&self.definitions, *number, value)) {
                checked.insert(index.to_string(), value.clone());
            } else {
                failures.insert(*index, vec![String::new()]);
            }
        }
        for failure in self.validator.failures(&Value::Object(checked)) {
            let pointer = failure.pointer.trim_start_matches('/');
            let (index, inside) = match pointer.split_once('/') {
                Some((index, inside)) => (index, format!("/{inside}")),
                None => (pointer, String::new()),
            };
            if let Ok(index) = index.parse() {
                failures.entry(index).or_default().push(inside);
            }
        }
        failures
    }
}

impl std::fmt::Debug for Checker {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Checker").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde_json::{Map, Value, json};

    use super::Checker;
    use crate::lint::Way;

    #[track_caller]
    fn check(schema: Value, way: Way, value: Value, expected: &[&str]) {
        let root = json!({"components": {"schemas": {"A": schema}}});
        let checker = Checker::new(&root, None, [("/components/schemas/A", way)])
            .expect("the schema can be used");
        let failures = checker.failures(&BTreeMap::from([(0, value)]));
        let failures = failures.get(&0).map_or(Vec::new(), Vec::clone);
        assert_eq!(failures, expected);
    }

    #[test]
    fn a_value_matches_exactly_one_alternative_and_not_what_it_must_not() {
        let one_of = json!({"oneOf": [{"type": "integer"}, {"type": "number"}]});
        check(one_of.clone(), Way::Sent, json!(1.5), &[]);
        check(one_of, Way::Sent, json!(1), &[""]);
        check(json!({"not": {"type": "string"}}), Way::Sent, json!("a"), &[""]);
    }

    #[test]
    fn a_discriminator_selects_one_of_several_alternatives_that_match() {
        let alternatives =
            json!([{"$ref": "#/components/schemas/B"}, {"$ref": "#/components/schemas/C"}]);
        let discriminator = json!({"propertyName": "kind"});
        let schema = json!({"oneOf": alternatives, "discriminator": discriminator});
        let schemas = json!({"A": schema, "B": {"type": "object"}, "C": {"type": "object"}});
        let root = json!({"components": {"schemas": schemas}});
        let checker = Checker::new(&root, None, [("/components/schemas/A", Way::Sent)])
            .expect("the schema can be used");
        let fails = |value| !checker.failures(&BTreeMap::from([(0, value)])).is_empty();
        assert!(!fails(json!({"kind": "B"})) && fails(json!({"kind": "D"})) && fails(json!({})));
    }

    #[test]
    fn what_a_discriminator_selects_has_to_match() {
        let inner = json!({"required": ["x"], "properties": {"x": {"type": "string"}}});
        for keyword in ["oneOf", "anyOf"] {
            let alternatives =
                json!([{"$ref": "#/components/schemas/B"}, {"$ref": "#/components/schemas/C"}]);
            let schema = json!({keyword: alternatives, "discriminator": {"propertyName": "kind"}});
            let root = json!({"components": {"schemas": {"A": schema, "B": inner, "C": {}}}});
            let checker = Checker::new(&root, None, [("/components/schemas/A", Way::Sent)])
                .expect("the schema can be used");
            let fails = |value| !checker.failures(&BTreeMap::from([(0, value)])).is_empty();
            assert!(!fails(json!({"kind": "B", "x": "a"})) && !fails(json!({"kind": "C"})));
            assert!(fails(json!({"kind": "B", "x": 1})) && fails(json!({"kind": "B"})));
        }
    }

    #[test]
    fn a_discriminator_selects_subtypes() {
        let base = json!({"type": "object", "properties": {"kind": {"type": "string"}},
            "discriminator": {"propertyName": "kind", "mapping": {"d": "#/components/schemas/D"}}});
        let inner = json!({"properties": {"x": {"type": "string"}}, "required": ["x"]});
        let made = json!({"allOf": [{"$ref": "#/components/schemas/A"}, inner]});
        let of_subtype = json!({"allOf": [{"$ref": "#/components/schemas/C"}]});
        let schemas = json!({"A": base, "C": made, "D": inner, "E": of_subtype});
        let root = json!({"components": {"schemas": schemas}});
        let checker = Checker::new(&root, None, [("/components/schemas/A", Way::Sent)])
            .expect("the schema can be used");
        let failures = |value| checker.failures(&BTreeMap::from([(0, value)])).remove(&0);
        for kind in ["C", "d", "E"] {
            assert_eq!(failures(json!({"kind": kind, "x": "a"})), None);
            let failure = Some(vec!["/x".to_owned()]);
            assert_eq!(failures(json!({"kind": kind, "x": 1})), failure, "{kind}");
            assert!(failures(json!({"kind": kind})).is_some(), "{kind}");
        }
        for other in [json!({"kind": "A", "x": 1}), json!({"kind": "D"}), json!({})] {
            assert_eq!(failures(other), None);
        }
    }

    #[test]
    fn integers_are_those_that_clients_have() {
        let huge =
            json!({"type": "integer", "minimum": -9.3e18, "maximum": 9223372036854776000_u64});
        check(huge.clone(), Way::Sent, json!(9223372036854776000_u64), &[""]);
        check(huge.clone(), Way::Sent, json!(-9.25e18), &[""]);
        check(huge, Way::Sent, json!(i64::MAX), &[]);
        let unsigned = json!({"type": "integer", "format": "uint64"});
        check(unsigned.clone(), Way::Sent, json!(u64::MAX), &[]);
        check(unsigned, Way::Sent, json!(-1), &[""]);
        check(json!({"type": "integer", "minimum": 2}), Way::Sent, json!(1), &[""]);
    }

    #[test]
    fn formats_are_kept_to_the_letter() {
        for (format, good, bad) in [
            ("date-time", "2026-01-31T12:00:00Z", "2026-01-31 12:00"),
            ("date", "2026-01-31", "2026-02-31"),
            ("email", "a@example.com", "a"),
            ("uri", "https://example.com", "example"),
            ("ipv4", "192.0.2.1", "192.0.2"),
        ] {
            let schema = json!({"type": "object", "properties": {"a/b": {"format": format}}});
            check(schema.clone(), Way::Sent, json!({"a/b": good}), &[]);
            check(schema, Way::Sent, json!({"a/b": bad}), &["/a~1b"]);
        }
    }

    #[test]
    fn a_read_only_property_is_not_missed_in_what_is_sent() {
        let schema = json!({"required": ["id"], "properties": {"id": {"readOnly": true}}});
        check(schema.clone(), Way::Sent, json!({}), &[]);
        check(schema, Way::Received, json!({}), &[""]);
    }
    #[test]
    fn what_takes_too_many_steps_does_not_match() {
        let link = |number: usize| json!({"$ref": format!("#/components/schemas/S{number}")});
        let schemas = (1..=60).map(|number| {
            let before = link(number - 1);
            (format!("S{number}"), json!({"allOf": [before, {"anyOf": [before]}]}))
        });
        let schemas: Map<String, Value> =
            schemas.chain([("S0".to_owned(), json!({"type": "string"}))]).collect();
        let root = json!({"components": {"schemas": schemas}});
        let pointers = ["/components/schemas/S3", "/components/schemas/S60"];
        let checker = Checker::new(&root, None, pointers.map(|pointer| (pointer, Way::Sent)))
            .expect("the schemas can be used");
        let values = BTreeMap::from([(0, json!("a")), (1, json!("a"))]);
        assert_eq!(checker.failures(&values), BTreeMap::from([(1, vec![String::new()])]));
    }

    #[test]
    fn what_the_conversion_to_3_0_loses_is_checked_as_well() {
        let tuple = |schema: Value| json!({"components": {"schemas": {"A": schema}}});
        let converted = tuple(json!({"type": "array", "items": {}}));
        let written = tuple(json!({"type": "array", "prefixItems": [{"type": "string"}]}));
        let schemas = [("/components/schemas/A", Way::Sent)];
        let checker = Checker::new(&converted, Some(&written), schemas).expect("both can be used");
        let failures = checker.failures(&BTreeMap::from([(0, json!([1, 2]))]));
        assert_eq!(failures, BTreeMap::from([(0, vec!["/0".to_owned()])]));
        assert_eq!(checker.failures(&BTreeMap::from([(0, json!(["a", 2]))])), BTreeMap::new());
    }
}
