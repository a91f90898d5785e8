//! The schema of a property that two subschemas describe: what both of them allow.

use serde_json::{Map, Value, json};

use super::keywords;
use super::kinds::Kind;
use super::merger::{Merger, is_typed};
use super::place::Place;
use crate::schema::{ANNOTATIONS, holds_secret};
use openapi::extensions::RUST_NAME;
use openapi::object::{Object, Schema};
use openapi::reference::{schema_name, to_schema};

/// The largest nesting of arrays and maps. A deeper one is recursive.
const DEEPEST: usize = 32;

/// A schema: the named one that it refers to, and the keywords beside the reference.
struct Described<'v> {
    name: Option<&'v str>,
    beside: Map<String, Value>,
}

impl<'v> Described<'v> {
    fn of(schema: &'v Value) -> Option<Self> {
        let members = schema.as_object()?;
        if let Some(name) = schema_name(members) {
            return Some(Self { name: Some(name), beside: Map::new() });
        }
        let mut beside = members.clone();
        let name = match members.subschemas() {
            [only] => schema_name(only),
            _ => None,
        };
        if name.is_some() {
            beside.remove("allOf");
        }
        Some(Self { name, beside })
    }
}

impl Merger {
    /// Returns a schema for the values that both schemas allow.
    pub(super) fn both(&mut self, one: &Value, other: &Value, at: &Place<'_>) -> Value {
        if one == other || !self.may_add(other, at) {
            return one.clone();
        }
        let (Some(first), Some(second)) = (Described::of(one), Described::of(other)) else {
            return match (one, other) {
                // `additionalProperties` may be no schema, but true or false. A subschema with
                // false does not know the properties of the others, which are no errors.
                (Value::Bool(true | false), Value::Object(_)) | (Value::Bool(false), _) => {
                    other.clone()
                }
                _ => one.clone(),
            };
        };
        let common = self.common(&first, &second, at);
        let Some(mut common) = common.filter(|_| at.depth() < DEEPEST) else {
            self.contradiction(at, &self.in_words(one), &self.in_words(other));
            let keeps_first = self.holds_secret(one) && !self.holds_secret(other);
            let kept = if keeps_first { one } else { other };
            return self.annotated(kept.clone(), &first, &second);
        };
        if schema_name(&common).is_none()
            && let Some(members) = common.as_object_mut()
        {
            members.retain(|keyword, _| keyword != "nullable");
        }
        self.annotated(common, &first, &second)
    }

    /// Returns the schema for the values that both allow, without what is said around it, or `None`
    /// if there are none.
    fn common(
        &mut self,
        one: &Described<'_>,
        other: &Described<'_>,
        at: &Place<'_>,
    ) -> Option<Value> {
        match (one.name, other.name) {
            (Some(one), Some(other)) if one == other => Some(to_schema(one)),
            (Some(first), Some(second)) => match (self.kind(first), self.kind(second)) {
                (Kind::Plain, _) => self.resolved(first, &one.beside, other, at),
                (_, Kind::Plain) => self.resolved(second, &other.beside, one, at),
                (Kind::Enum, Kind::Enum) => self.common_enum(first, second, at),
                (Kind::Enum, _) | (_, Kind::Enum) => None,
                _ => Some(self.joint_type(&[first, second], &Map::new(), at)),
            },
            (Some(name), None) => self.narrowed(name, &one.beside, other, at),
            (None, Some(name)) => self.narrowed(name, &other.beside, one, at),
            (None, None) if keywords::exclude_each_other(&one.beside, &other.beside) => None,
            (None, None) => {
                let mut both = one.beside.clone();
                self.merge(&mut both, &other.beside, at);
                Some(both.into())
            }
        }
    }

    /// Replaces a reference with the schema that needs no name, and narrows that.
    fn resolved(
        &mut self,
        name: &str,
        beside: &Map<String, Value>,
        other: &Described<'_>,
        at: &Place<'_>,
    ) -> Option<Value> {
        if at.depth() >= DEEPEST {
            return None;
        }
        let mut content = self.named(name).as_object().cloned().unwrap_or_default();
        content.retain(|keyword, _| !ANNOTATIONS.contains(&keyword.as_str()));
        self.merge(&mut content, beside, at);
        let content = Value::Object(content);
        let content = Described::of(&content)?;
        self.common(&content, other, &at.inside("items", ""))
    }

    /// Narrows a named schema by one that refers to none.
    fn narrowed(
        &mut self,
        name: &str,
        beside: &Map<String, Value>,
        by: &Described<'_>,
        at: &Place<'_>,
    ) -> Option<Value> {
        let is_one_of =
            |types: &[&str]| by.beside.stated_type().is_none_or(|ty| types.contains(&ty));
        match self.kind(name) {
            Kind::Plain => self.resolved(name, beside, by, at),
            Kind::Enum if by.beside.is_secret() => Some(by.beside.clone().into()),
            Kind::Enum => is_one_of(&["string"]).then(|| to_schema(name)),
            Kind::Object | Kind::Alternatives if is_one_of(&["object"]) => {
                let narrowing = ["additionalProperties", "required"];
                let narrowing = by.beside.iter().filter(|(keyword, value)| {
                    narrowing.contains(&keyword.as_str()) && **value != json!([])
                });
                let more: Map<String, Value> =
                    narrowing.map(|(keyword, value)| (keyword.clone(), value.clone())).collect();
                Some(if more.is_empty() {
                    to_schema(name)
                } else {
                    self.joint_type(&[name], &more, at)
                })
            }
            Kind::Object => None,
            Kind::Alternatives => {
                let named = self.named(name);
                let mut alternatives = named.alternatives();
                let is_one = |one: &Value| !keywords::exclude_each_other(one, &by.beside);
                let is_plain = |one: &&Value| schema_name(*one).is_none();
                alternatives
                    .any(|one| is_plain(&one) && is_one(one))
                    .then(|| by.beside.clone().into())
            }
        }
    }

    /// Returns a schema for the strings that both enums list.
    fn common_enum(&mut self, one: &str, other: &str, at: &Place<'_>) -> Option<Value> {
        let (first, second) = (self.named(one), self.named(other));
        let (first, second) = (first.array("enum"), second.array("enum"));
        let common = keywords::common_values(first, second);
        Some(match common.len() {
            0 => return None,
            number if number == second.len() => to_schema(other),
            number if number == first.len() => to_schema(one),
            _ => self.joint_type(&[one, other], &Map::new(), at),
        })
    }

    /// Adds what both say around the value to a schema: null is allowed if neither forbids it, and
    /// what one of them only receives or only sends stays so.
    fn annotated(&self, schema: Value, one: &Described<'_>, other: &Described<'_>) -> Value {
        let mut schema = schema;
        for keyword in ["description", RUST_NAME] {
            let said = other.beside.get(keyword).or_else(|| one.beside.get(keyword));
            if let Some(said) = said {
                schema = with(schema, keyword, said.clone());
            }
        }
        for keyword in ["readOnly", "writeOnly"] {
            if one.beside.is_true(keyword) || other.beside.is_true(keyword) {
                schema = with(schema, keyword, json!(true));
            }
        }
        let null = [self.allows_null(one), self.allows_null(other)];
        if !null.contains(&Some(false)) && null.contains(&Some(true)) {
            schema = with(schema, "nullable", json!(true));
        } else if null.contains(&Some(false)) && self.names_null(&schema) {
            schema = with(schema, "nullable", json!(false));
        }
        schema
    }

    /// Returns true if a schema is a reference to one that allows null.
    fn names_null(&self, schema: &Value) -> bool {
        let name = Described::of(schema).and_then(|described| described.name);
        name.and_then(|name| self.schemas.get(name)).is_some_and(Schema::is_nullable)
    }

    /// Returns what a schema says of null, if it says anything.
    fn allows_null(&self, schema: &Described<'_>) -> Option<bool> {
        if let Some(stated) = schema.beside.get("nullable").and_then(Value::as_bool) {
            return Some(stated);
        }
        match schema.name {
            Some(name) => {
                let name = self.joint_types.first_of(name).unwrap_or(name);
                Some(self.schemas.get(name).is_some_and(Schema::is_nullable))
            }
            None => is_typed(&schema.beside).then_some(false),
        }
    }

    fn holds_secret(&self, schema: &Value) -> bool {
        holds_secret(&self.schemas, schema)
    }

    /// Describes the values of a schema.
    fn in_words(&self, schema: &Value) -> String {
        let Some(described) = Described::of(schema) else { return format!("`{schema}`") };
        let kind = described.name.map(|name| (name, self.kind(name)));
        match kind {
            Some((_, Kind::Object)) => return "`type: object`".to_owned(),
            Some((_, Kind::Alternatives)) => return "alternatives".to_owned(),
            _ => {}
        }
        let target = kind.and_then(|(name, _)| self.content(name)?.as_object());
        let target = target.unwrap_or(&described.beside);
        match (target.stated_type(), target.get("enum")) {
            (_, Some(values)) => format!("`enum: {values}`"),
            (Some(ty), _) => format!("`type: {ty}`"),
            _ => "another schema".to_owned(),
        }
    }
}

/// Adds a keyword to a schema. A reference is wrapped in an `allOf` to hold it.
pub(super) fn with(schema: Value, keyword: &str, value: Value) -> Value {
    let mut whole = match schema {
        Value::Object(members) if !members.contains_key("$ref") => members,
        Value::Object(reference) => Map::from_iter([("allOf".to_owned(), json!([reference]))]),
        // `additionalProperties` may be no schema, but true or false.
        other => return other,
    };
    whole.insert(keyword.to_owned(), value);
    whole.into()
}
