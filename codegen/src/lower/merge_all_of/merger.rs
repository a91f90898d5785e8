//! Merges the content of schemas, each named one once, within the limits of its work.

use std::collections::BTreeMap;
use std::rc::Rc;

use serde_json::{Map, Value, json};

use super::joint_types::JointTypes;
use super::keywords;
use super::order::bottom_up;
use super::place::Place;
use crate::lower::growth::{GROWTH, most_added, size};
use crate::lower::property_order;
use openapi::components::schema_pointer;
use openapi::diagnostic::{Diagnostic, Location, Subject};
use openapi::marks::PROPERTY_ORDER;
use openapi::object::{Object, ObjectMut, Schema};
use openapi::reference::schema_name;
use openapi::rule::Rule;
use openapi::walk;

/// Keywords that describe a subschema and not the whole schema.
const OF_THE_PART: [&str; 9] = [
    "default",
    "deprecated",
    "description",
    "discriminator",
    "example",
    "nullable",
    "readOnly",
    "title",
    "writeOnly",
];

/// The largest number of combinations of alternatives that are written out.
const MOST_COMBINATIONS: usize = 32;

/// The schemas of a document, and what has been merged so far.
pub(super) struct Merger {
    pub(super) schemas: Value,
    /// The number of references to each named schema.
    pub(super) uses: BTreeMap<String, usize>,
    pub(super) joint_types: JointTypes,
    /// Contradictions, and the place where merging grew beyond its limit.
    pub(super) found: Vec<Diagnostic>,
    merged: BTreeMap<String, Rc<Value>>,
    /// The named schemas that are being merged, each a part of the one before.
    within: Vec<String>,
    /// The outermost of them that a circle led back to.
    back_to: usize,
    /// The number of JSON values that merging may still add, until the limit is reported.
    left: Option<usize>,
}

impl Merger {
    pub(super) fn new(schemas: Value, root: &Value) -> Self {
        let mut uses = BTreeMap::new();
        walk::document(root, &mut |_, schema| {
            if let Some(name) = schema_name(schema) {
                *uses.entry(name.to_owned()).or_default() += 1;
            }
        });
        Self {
            left: Some(most_added(root)),
            schemas,
            uses,
            joint_types: JointTypes::default(),
            found: Vec::new(),
            merged: BTreeMap::new(),
            within: Vec::new(),
            back_to: usize::MAX,
        }
    }

    /// Merges every named schema after those that it is made of, so that chains need no recursion.
    pub(super) fn start(&mut self, schemas: Value) {
        self.schemas = schemas;
        self.merged.clear();
        for name in bottom_up(&self.schemas) {
            self.named(&name);
        }
    }

    /// Returns a named schema merged with its subschemas.
    pub(super) fn named(&mut self, name: &str) -> Rc<Value> {
        if let Some(merged) = self.merged.get(name) {
            return Rc::clone(merged);
        }
        if let Some(index) = self.within.iter().position(|outer| outer == name) {
            self.back_to = self.back_to.min(index);
            return Rc::new(json!({}));
        }
        let at = schema_pointer(name);
        let at = Place::top(&at, name);
        let schema = self.schemas.get(name).cloned().unwrap_or_default();
        // A schema in a circle is merged again for each way around it.
        if !self.may_add(&schema, &at) {
            return Rc::new(json!({}));
        }
        let around = std::mem::replace(&mut self.back_to, usize::MAX);
        self.within.push(name.to_owned());
        let merged = Rc::new(self.merged(&schema, &at));
        self.within.pop();
        let is_whole = self.back_to >= self.within.len();
        if is_whole {
            self.merged.insert(name.to_owned(), Rc::clone(&merged));
        }
        self.back_to = if is_whole { around } else { around.min(self.back_to) };
        merged
    }

    /// Returns a named schema as it is merged, if it has been.
    pub(super) fn content(&self, name: &str) -> Option<&Value> {
        self.merged.get(name).map(|merged| &**merged).or_else(|| self.schemas.get(name))
    }

    /// Returns `schema` merged with its subschemas, recursively.
    pub(super) fn merged(&mut self, schema: &Value, at: &Place<'_>) -> Value {
        if let Some(name) = schema_name(schema) {
            return (*self.named(name)).clone();
        }
        let mut own = schema.as_object().cloned().unwrap_or_default();
        let Some(Value::Array(parts)) = own.remove("allOf") else { return own.into() };
        let mut whole = Map::new();
        let mut allows_null = !parts.is_empty();
        let mut both_ways = Vec::new();
        for part in &parts {
            let Value::Object(mut part) = self.merged(part, at) else { continue };
            both_ways.extend(self.both_ways(&part));
            allows_null &= part.is_nullable() || !is_typed(&part);
            part.retain(|keyword, _| !OF_THE_PART.contains(&keyword.as_str()));
            self.merge(&mut whole, &part, at);
        }
        allows_null &= is_typed(&whole) && !is_typed(&own);
        self.merge(&mut whole, &own, at);
        both_ways.extend(self.both_ways(&own));
        for (name, keyword) in both_ways {
            let property = whole.object_mut("properties").and_then(|all| all.get_mut(&name));
            property.and_then(Value::as_object_mut).and_then(|members| members.remove(keyword));
        }
        if allows_null && !own.has("nullable") {
            whole.insert("nullable".to_owned(), json!(true));
        }
        if whole.contains_key("properties") {
            whole.insert("type".to_owned(), json!("object"));
        }
        whole.into()
    }

    /// Returns the properties that a subschema requires and describes without `readOnly`, or
    /// without `writeOnly`: it means them to be there in both directions, whatever another one
    /// says.
    fn both_ways(&self, part: &Map<String, Value>) -> Vec<(String, &'static str)> {
        let required = part.properties().filter(|(name, _)| part.requires(name));
        let says = |property: &Value, keyword: &str| {
            let target = schema_name(property).and_then(|name| self.content(name));
            property.is_true(keyword) || target.is_some_and(|target| target.is_true(keyword))
        };
        let pairs = required.flat_map(|(name, property)| {
            let keywords = ["readOnly", "writeOnly"].into_iter();
            keywords
                .filter(move |keyword| !says(property, keyword))
                .map(|keyword| (name.clone(), keyword))
        });
        pairs.collect()
    }

    /// Narrows `whole` by the keywords of `more`.
    pub(super) fn merge(
        &mut self,
        whole: &mut Map<String, Value>,
        more: &Map<String, Value>,
        at: &Place<'_>,
    ) {
        keywords::narrow_bounds(whole, more);
        let names = more.has("properties").then(|| property_order::joint([&*whole, more]));
        let is_added = |keyword: &str| !keywords::is_bound(keyword) && keyword != PROPERTY_ORDER;
        for (keyword, value) in more.iter().filter(|(keyword, _)| is_added(keyword)) {
            if !self.may_add(value, at) {
                return;
            }
            self.add(whole, keyword, value, at);
        }
        if let Some(names) = names {
            property_order::mark(whole, &names);
        }
        let is_integer = whole.stated_type() == Some("integer");
        if is_integer && ["double", "float"].contains(&whole.format()) {
            whole.remove("format");
        }
    }

    fn add(
        &mut self,
        whole: &mut Map<String, Value>,
        keyword: &str,
        value: &Value,
        at: &Place<'_>,
    ) {
        let Some(before) = whole.get_mut(keyword) else {
            let others = if keyword == "anyOf" { "oneOf" } else { "anyOf" };
            if ["anyOf", "oneOf"].contains(&keyword) && whole.contains_key(others) {
                self.add_alternatives(whole, others, value, at);
            } else {
                whole.insert(keyword.to_owned(), value.clone());
            }
            return;
        };
        match (keyword, before, value) {
            ("properties", Value::Object(known), Value::Object(more)) => {
                for (name, property) in more {
                    let property = match known.get(name) {
                        Some(before) => self.both(before, property, &at.inside("properties", name)),
                        None => property.clone(),
                    };
                    known.insert(name.clone(), property);
                }
            }
            ("required", Value::Array(known), Value::Array(more)) => {
                let new: Vec<Value> =
                    more.iter().filter(|name| !known.contains(name)).cloned().collect();
                known.extend(new);
            }
            ("items" | "additionalProperties", before, _) => {
                *before = self.both(&before.clone(), value, &at.inside(keyword, ""));
            }
            ("oneOf" | "anyOf", ..) => self.add_alternatives(whole, keyword, value, at),
            (_, before, _) => match keywords::narrower(keyword, before, value) {
                Some(narrower) => *before = narrower,
                None => {
                    let both = (format!("`{keyword}: {before}`"), format!("`{keyword}: {value}`"));
                    *before = value.clone();
                    self.contradiction(at, &both.0, &both.1);
                }
            },
        }
    }

    /// Combines each of the alternatives with each of `more`.
    fn add_alternatives(
        &mut self,
        whole: &mut Map<String, Value>,
        keyword: &str,
        more: &Value,
        at: &Place<'_>,
    ) {
        let (known, more) = (whole.array(keyword).to_vec(), more.as_array().cloned());
        let more = more.unwrap_or_default();
        if known == more || more.iter().all(is_condition) {
            return;
        }
        let combined = if known.iter().all(is_condition) {
            more
        } else if known.len().saturating_mul(more.len()) > MOST_COMBINATIONS {
            self.contradiction(at, "one list of alternatives", "another one");
            [known, more].concat()
        } else {
            let inside = at.inside(keyword, "");
            let pairs = known.iter().flat_map(|one| more.iter().map(move |other| (one, other)));
            pairs.map(|(one, other)| self.both(one, other, &inside)).collect()
        };
        whole.insert(keyword.to_owned(), combined.into());
    }

    /// Reports two descriptions of a value of which only one can be followed.
    pub(super) fn contradiction(&mut self, at: &Place<'_>, one: &str, other: &str) {
        self.found.push(Diagnostic {
            rule: Rule::ContradictingSubschemas,
            subject: Subject::Node,
            location: Location::Pointer(at.pointer()),
            what: format!("Subschemas of an `allOf` say {one} and {other}."),
            why: "A value must satisfy both, and the client follows only one of them.".to_owned(),
            help: "Correct the one that is wrong, or write down what satisfies both.".to_owned(),
        });
    }

    /// Returns true if there is room for another `value`. Otherwise, reports the place.
    pub(super) fn may_add(&mut self, value: &Value, at: &Place<'_>) -> bool {
        let Some(left) = self.left else { return false };
        self.left = left.checked_sub(size(value));
        if self.left.is_none() {
            self.found.push(Diagnostic {
                rule: Rule::UnsupportedShape,
                subject: Subject::Node,
                location: Location::Pointer(at.pointer()),
                what: format!(
                    "The subschemas of this `allOf` grow to more than {GROWTH} times the document."
                ),
                why: "Its type, and all types that contain it, could not be handled.".to_owned(),
                help: "Let it refer to fewer schemas that are made of others.".to_owned(),
            });
        }
        self.left.is_some()
    }
}

/// Returns true if a schema says something of the type of its values, so that null is one of them
/// only if it says that, too.
pub(super) fn is_typed(schema: &Map<String, Value>) -> bool {
    let of_a_type =
        ["type", "properties", "enum", "items", "additionalProperties", "oneOf", "anyOf"];
    of_a_type.iter().any(|keyword| schema.contains_key(*keyword))
}

/// Returns true for an alternative that only says which properties have to be there.
fn is_condition(schema: &Value) -> bool {
    schema.as_object().is_some_and(|members| members.keys().all(|keyword| keyword == "required"))
}
