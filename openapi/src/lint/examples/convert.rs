//! Converts schemas to JSON Schema: those of OpenAPI 3.0 to draft 4, of which they are a dialect,
//! and those of 3.1 to draft 2020-12.
//!
//! Null is a value of every `nullable` schema. A lenient conversion is so where documents usually
//! are: several alternatives of a `oneOf` may match at once, and `not` is left out.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::constraints::{constraint, format};
use super::discriminators::{self, Selection, condition};
use super::validate::Strictness;
use super::{Dialect, Way, draft_2020_12};
use crate::object::{Object, ObjectMut, Schema};
use crate::objects::Kind;
use crate::objects::Node;
use crate::reference;

/// A schema in the definitions.
#[derive(Default)]
struct Definition {
    schema: Value,
    /// True if a string in it is a secret.
    is_secret: bool,
    /// The indices of the definitions that it refers to.
    targets: Vec<usize>,
}

/// The use of a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Use {
    /// For values that can be those of its subtypes.
    Whole,
    /// As a part of a subtype.
    Inherited,
}

/// The JSON pointer to a schema, the direction of its values, and its use.
type Key = (String, Way, Use);

/// Collects the required schemas and numbers them.
pub(super) struct Converter<'a> {
    root: &'a Value,
    dialect: Dialect,
    strictness: Strictness,
    /// The names of read-only properties, and of write-only ones.
    one_way: [BTreeSet<&'a str>; 2],
    /// The references to the schemas that are made of others, by the pointers to these.
    made_of: BTreeMap<String, Vec<String>>,
    numbers: BTreeMap<Key, usize>,
    open: Vec<(usize, Key)>,
    definitions: Vec<Definition>,
}

impl<'a> Converter<'a> {
    pub(super) fn new(
        root: &'a Value,
        nodes: &[Node<'a>],
        dialect: Dialect,
        strictness: Strictness,
    ) -> Self {
        let schemas =
            nodes.iter().filter(|node| node.kind == Kind::Schema && node.reference().is_none());
        let properties = schemas.flat_map(|node| node.members.properties());
        let mut one_way = [BTreeSet::new(), BTreeSet::new()];
        for (name, property) in properties {
            for (names, keyword) in one_way.iter_mut().zip(["readOnly", "writeOnly"]) {
                if is_one_way(root, property, keyword) {
                    names.insert(name.as_str());
                }
            }
        }
        let (open, definitions) = (Vec::new(), Vec::new());
        let (made_of, numbers) = (discriminators::made_of(root), BTreeMap::new());
        Self { root, dialect, strictness, one_way, made_of, numbers, open, definitions }
    }

    /// Returns the number of the schema at `pointer` for values in one direction.
    pub(super) fn number(&mut self, pointer: &str, way: Way) -> usize {
        self.number_for(pointer, way, Use::Whole)
    }

    fn number_for(&mut self, pointer: &str, way: Way, its_use: Use) -> usize {
        let is_same_both_ways = self.one_way.iter().all(BTreeSet::is_empty);
        let way = if is_same_both_ways { Way::Any } else { way };
        let key = (pointer.to_owned(), way, its_use);
        if let Some(number) = self.numbers.get(&key) {
            return *number;
        }
        let number = self.definitions.len();
        self.definitions.push(Definition::default());
        self.open.push((number, key.clone()));
        self.numbers.insert(key, number);
        number
    }

    /// Returns the schemas by number, and whether each of them can contain a secret.
    pub(super) fn finish(mut self) -> (Map<String, Value>, Vec<bool>) {
        while let Some((number, (pointer, way, its_use))) = self.open.pop() {
            let mut definition = Definition::default();
            if let Some(schema) = self.root.pointer(&pointer) {
                definition.schema = self.schema(schema, way, &mut definition);
                if its_use == Use::Whole {
                    self.add_subtypes(&pointer, schema, way, &mut definition);
                }
            } else {
                definition.schema = json!({});
            }
            self.definitions[number] = definition;
        }
        let secrets = secrets(&self.definitions);
        let schemas = self
            .definitions
            .into_iter()
            .enumerate()
            .map(|(number, one)| (number.to_string(), one.schema));
        (schemas.collect(), secrets)
    }

    /// Adds that a value with the discriminator of a subtype is a value of the subtype, too.
    fn add_subtypes(&mut self, pointer: &str, schema: &Value, way: Way, whole: &mut Definition) {
        for (subtype, condition) in discriminators::subtypes(pointer, schema, &self.made_of) {
            let number = self.number_for(&subtype, way, Use::Inherited);
            whole.targets.push(number);
            let selection = Selection { schema: link(number), condition };
            whole.schema = json!({ "allOf": [whole.schema.take(), selection.must_match()] });
        }
    }

    fn schema(&mut self, schema: &Value, way: Way, within: &mut Definition) -> Value {
        let Some(members) = schema.as_object() else {
            // `false` is a schema since 3.1.
            return if *schema == false { json!({ "not": {} }) } else { json!({}) };
        };
        let mut parts = Vec::new();
        if let Some(reference) = reference::of(members) {
            let reference = self.reference(reference, way, within);
            if self.dialect == Dialect::OpenApi3_0 {
                return if schema.is_nullable() { or_null(reference) } else { reference };
            }
            parts.push(reference);
        }
        within.is_secret |= members.is_secret();
        let mut whole = Map::new();
        for (keyword, value) in members {
            self.keyword((keyword, value), members, way, within, (&mut whole, &mut parts));
        }
        whole.extend(format(members, self.strictness));
        if schema.is_nullable() {
            let parts =
                if parts.is_empty() { parts } else { vec![or_null(json!({ "allOf": parts }))] };
            return with_parts(with_null(whole), parts);
        }
        with_parts(whole, parts)
    }

    /// Converts a keyword of `members`.
    fn keyword(
        &mut self,
        (keyword, value): (&str, &Value),
        members: &Map<String, Value>,
        way: Way,
        within: &mut Definition,
        (whole, parts): (&mut Map<String, Value>, &mut Vec<Value>),
    ) {
        match (keyword, value) {
            ("allOf", Value::Array(subschemas)) => {
                for subschema in subschemas {
                    let inherited = self.inherited(subschema, way, within);
                    parts.push(match inherited {
                        Some(inherited) => inherited,
                        None => self.schema(subschema, way, within),
                    });
                }
            }
            ("oneOf" | "anyOf", Value::Array(any)) if !any.is_empty() => {
                self.alternatives(keyword, any, members, way, within, parts);
            }
            ("not", Value::Object(_)) if self.strictness == Strictness::Strict => {
                parts.push(json!({ "not": self.schema(value, way, within) }));
            }
            // Patterns are not examined, so nothing is known of other properties.
            ("additionalProperties", _) if members.contains_key("patternProperties") => {}
            ("items" | "additionalProperties", Value::Object(_)) => {
                whole.insert(keyword.to_owned(), self.schema(value, way, within));
            }
            ("properties", Value::Object(properties)) => {
                let properties = properties
                    .iter()
                    .map(|(name, one)| (name.clone(), self.schema(one, way, within)));
                whole.insert(keyword.to_owned(), Value::Object(properties.collect()));
            }
            ("required", Value::Array(names)) => {
                let names: BTreeSet<&str> = names.iter().filter_map(Value::as_str).collect();
                let names: Vec<&str> =
                    names.into_iter().filter(|name| self.is_there(members, name, way)).collect();
                if !names.is_empty() {
                    whole.insert(keyword.to_owned(), json!(names));
                }
            }
            _ if self.dialect == Dialect::OpenApi3_1 => {
                whole.extend(self.keyword_of_3_1((keyword, value), members, way, within));
            }
            _ => whole.extend(constraint(keyword, value, members)),
        }
    }

    /// Converts `oneOf` or `anyOf` of `members`.
    fn alternatives(
        &mut self,
        keyword: &str,
        any: &[Value],
        members: &Map<String, Value>,
        way: Way,
        within: &mut Definition,
        parts: &mut Vec<Value>,
    ) {
        let converted = self.all(any, way, within);
        let selected = selected(members, any, &converted);
        parts.extend(selected.iter().map(Selection::must_match));
        if keyword == "oneOf" && self.strictness == Strictness::Strict {
            let selected = selected.iter().map(Selection::may_match);
            let alternatives = selected.chain([json!({ "oneOf": converted })]);
            parts.push(json!({ "anyOf": alternatives.collect::<Vec<_>>() }));
        } else {
            parts.push(json!({ "anyOf": converted }));
        }
    }

    /// Converts a keyword that only draft 2020-12 has, or a constraint.
    fn keyword_of_3_1(
        &mut self,
        (keyword, value): (&str, &Value),
        members: &Map<String, Value>,
        way: Way,
        within: &mut Definition,
    ) -> Option<(String, Value)> {
        let converted = match draft_2020_12::shape(keyword) {
            Some(draft_2020_12::Shape::Schema) => self.schema(value, way, within),
            Some(draft_2020_12::Shape::Schemas) => {
                let schemas = value.as_array().filter(|schemas| !schemas.is_empty())?;
                self.all(schemas, way, within).into()
            }
            None => {
                return draft_2020_12::constraint(keyword, value)
                    .or_else(|| constraint(keyword, value, members));
            }
        };
        Some((keyword.to_owned(), converted))
    }

    fn all(&mut self, schemas: &[Value], way: Way, within: &mut Definition) -> Vec<Value> {
        schemas.iter().map(|schema| self.schema(schema, way, within)).collect()
    }

    /// Returns the reference in an `allOf` to a schema that has subtypes, of which this may be one.
    fn inherited(&mut self, subschema: &Value, way: Way, within: &mut Definition) -> Option<Value> {
        let pointer = reference::pointer_of(reference::of(subschema)?)?;
        let has_subtypes = self.root.pointer(&pointer)?.has("discriminator");
        if !has_subtypes || subschema.is_nullable() {
            return None;
        }
        let number = self.number_for(&pointer, way, Use::Inherited);
        within.targets.push(number);
        Some(link(number))
    }

    fn reference(&mut self, reference: &str, way: Way, within: &mut Definition) -> Value {
        let Some(pointer) = reference::pointer_of(reference) else { return json!({}) };
        let number = self.number(&pointer, way);
        within.targets.push(number);
        link(number)
    }

    /// Returns true if values in this direction have a required property.
    fn is_there(&self, members: &Map<String, Value>, name: &str, way: Way) -> bool {
        let (received, sent) = match way {
            Way::Sent => (true, false),
            Way::Received => (false, true),
            Way::Any => (true, true),
        };
        let property = members.property(name);
        let left_out = [("readOnly", received), ("writeOnly", sent)].into_iter().zip(&self.one_way);
        !left_out.into_iter().any(|((keyword, applies), names)| {
            // A property that this schema does not define is defined by another subschema.
            applies
                && names.contains(name)
                && property.is_none_or(|one| is_one_way(self.root, one, keyword))
        })
    }
}

/// Returns the alternatives that the discriminator of `members` selects.
fn selected(members: &Map<String, Value>, any: &[Value], converted: &[Value]) -> Vec<Selection> {
    let Some(discriminator) = members.get("discriminator") else { return Vec::new() };
    let Some(property) = discriminator.string("propertyName") else { return Vec::new() };
    let selected = any.iter().zip(converted).filter_map(|(alternative, converted)| {
        let values = reference::discriminator_values(discriminator, reference::of(alternative)?);
        Some(Selection { schema: converted.clone(), condition: condition(property, &values) })
    });
    selected.collect()
}

/// Returns a reference to the schema with this number.
pub(super) fn link(number: usize) -> Value {
    json!({ "$ref": format!("#/definitions/{number}") })
}

/// Returns true if a property occurs in one direction only, which a subschema can say, too. Its
/// references were checked to resolve.
pub(super) fn is_one_way(root: &Value, property: &Value, keyword: &str) -> bool {
    let schema = reference::resolve(root, property);
    let mut schemas = [property, schema].into_iter().chain(schema.subschemas());
    schemas.any(|schema| schema.is_true(keyword))
}

/// Returns the number of the schema that a reference refers to.
pub(super) fn target(schema: &Value) -> Option<usize> {
    reference::of(schema)?.strip_prefix("#/definitions/")?.parse().ok()
}

fn or_null(schema: Value) -> Value {
    json!({ "anyOf": [schema, { "type": "null" }] })
}

fn with_null(mut schema: Map<String, Value>) -> Map<String, Value> {
    if let Some(ty) = schema.get_mut("type") {
        *ty = json!([ty, "null"]);
    }
    if let Some(values) = schema.array_mut("enum")
        && !values.contains(&Value::Null)
    {
        values.push(Value::Null);
    }
    schema
}

fn with_parts(mut schema: Map<String, Value>, mut parts: Vec<Value>) -> Value {
    parts.dedup();
    if !parts.is_empty() {
        schema.insert("allOf".to_owned(), parts.into());
    }
    Value::Object(schema)
}

/// Returns for each definition whether it contains a secret, directly or by reference.
fn secrets(definitions: &[Definition]) -> Vec<bool> {
    let mut users: Vec<Vec<usize>> = vec![Vec::new(); definitions.len()];
    for (number, definition) in definitions.iter().enumerate() {
        definition.targets.iter().for_each(|target| users[*target].push(number));
    }
    let mut secrets: Vec<bool> =
        definitions.iter().map(|definition| definition.is_secret).collect();
    let mut open: Vec<usize> = (0..definitions.len()).filter(|number| secrets[*number]).collect();
    while let Some(number) = open.pop() {
        for user in &users[number] {
            if !std::mem::replace(&mut secrets[*user], true) {
                open.push(*user);
            }
        }
    }
    secrets
}
