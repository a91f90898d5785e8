//! Writes values as a consumer does: as arguments of methods, constructors and setters.
//!
//! A value that needs more than a short expression is not written.

use proc_macro2::Literal;
use serde_json::{Map, Value};

use crate::api::{Api, Direction, RustType, Schema, type_of, type_of_not_null};
use crate::harden;
use crate::schema::{properties_in_order, required_in_order};
use openapi::naming;

/// A function that returns the expression of type `&str` for a string, from its name and an
/// example.
pub(super) type Strings<'s> = dyn FnMut(&str, &str) -> String + 's;

/// The extent to which optional properties and parameters are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Optional {
    /// None of them.
    LeftOut,
    /// The first [`MOST_SHOWN`].
    Shown,
}

/// The largest number of optional properties or parameters, and of items of arrays, that are shown.
pub(super) const MOST_SHOWN: usize = 2;

/// The largest nesting of constructors.
const DEEPEST: usize = 3;

/// An expression, and the setters that are called on it.
pub(super) struct Written {
    pub value: String,
    pub setters: Vec<String>,
}

/// The context of all values of a call.
pub(super) struct Values<'v> {
    api: &'v Api,
    strings: &'v mut Strings<'v>,
    names_types: bool,
}

impl<'v> Values<'v> {
    pub(super) fn new(api: &'v Api, strings: &'v mut Strings<'v>) -> Self {
        Self { api, strings, names_types: false }
    }

    /// Returns true if a value that was written names a type of the API.
    pub(super) fn name_types(&self) -> bool {
        self.names_types
    }

    /// Returns the expression for a string, from its name and an example.
    pub(super) fn string(&mut self, name: &str, example: &str) -> String {
        (self.strings)(name, example)
    }

    /// Returns a value as an argument of a method: numbers, strings and uploads as they are,
    /// everything else by reference.
    pub(super) fn argument(
        &mut self,
        name: &str,
        rust_type: &RustType,
        value: &Value,
    ) -> Option<String> {
        if let RustType::List(inner) = rust_type {
            return Some(format!("&[{}]", self.items(name, inner, value, DEEPEST)?));
        }
        let owned = self.owned(name, rust_type, value, DEEPEST)?;
        Some(match rust_type {
            RustType::Secret => format!("&{owned}.into()"),
            RustType::String | RustType::Raw => owned,
            number if number.is_number() => owned,
            _ => format!("&{owned}"),
        })
    }

    /// Returns a body that has its own type.
    pub(super) fn body(
        &mut self,
        schema: &Schema,
        value: &Value,
        optional: Optional,
    ) -> Option<Written> {
        let written = self.named(schema, value, DEEPEST)?;
        let setters = match schema.documented.get("properties").and_then(Value::as_object) {
            Some(properties) if optional == Optional::Shown => {
                self.setters(schema, properties, value)
            }
            _ => Vec::new(),
        };
        Some(Written { value: written, setters })
    }

    /// Returns a value as an argument of a constructor or setter, which converts strings, secrets
    /// and files.
    fn owned(
        &mut self,
        name: &str,
        rust_type: &RustType,
        value: &Value,
        depth: usize,
    ) -> Option<String> {
        let depth = depth.checked_sub(1)?;
        match rust_type {
            RustType::Bool => value.as_bool().map(|value| value.to_string()),
            RustType::Int32 => i32::try_from(value.as_i64()?).ok().map(|value| value.to_string()),
            RustType::Int64 => value.as_i64().map(|value| value.to_string()),
            RustType::UInt64 => value.as_u64().map(|value| value.to_string()),
            RustType::Float32 => {
                float(value.as_f64().filter(|value| value.abs() < f32::MAX.into())?)
            }
            RustType::Float64 => float(value.as_f64()?),
            RustType::String | RustType::Secret | RustType::Raw | RustType::File => {
                Some(self.string(name, value.as_str()?))
            }
            RustType::List(inner) => {
                Some(format!("vec![{}]", self.items(name, inner, value, depth)?))
            }
            RustType::Named(schema) => self.named(self.api.schema(schema)?, value, depth),
            RustType::Map(_) | RustType::Nullable(_) | RustType::Any => None,
        }
    }

    /// Returns the first items of an array, which the caller has to convert.
    fn items(
        &mut self,
        name: &str,
        rust_type: &RustType,
        list: &Value,
        depth: usize,
    ) -> Option<String> {
        let converts = matches!(rust_type, RustType::String | RustType::Secret | RustType::File);
        let item = |value: &Value| {
            let item = self.owned(name, rust_type, value, depth)?;
            Some(if converts { format!("{item}.into()") } else { item })
        };
        let items: Option<Vec<String>> =
            list.as_array()?.iter().take(MOST_SHOWN).map(item).collect();
        Some(items?.join(", "))
    }

    /// Returns a variant, or a call of the constructor with the required properties.
    fn named(&mut self, schema: &Schema, value: &Value, depth: usize) -> Option<String> {
        let name = &schema.name;
        if let Some(variants) = harden::variants(schema) {
            let (_, variant) =
                variants.into_iter().find(|(text, _)| value.as_str() == Some(text))?;
            self.names_types = true;
            return Some(format!("types::{name}::{variant}"));
        }
        let is_made_of_parts = ["allOf", "anyOf", "oneOf", "enum"]
            .iter()
            .any(|keyword| schema.documented.get(keyword).is_some());
        let properties = schema.documented.get("properties")?.as_object()?;
        if schema.direction != Direction::Request || is_made_of_parts || properties.is_empty() {
            return None;
        }
        let argument = |(name, property): (&String, &Value)| {
            let value = value.get(name).filter(|value| !value.is_null())?;
            self.owned(&field(name, property), &type_of(property), value, depth)
        };
        let arguments: Option<Vec<String>> =
            required(schema, properties).into_iter().map(argument).collect();
        let written = format!("types::{name}::new({})", arguments?.join(", "));
        self.names_types = true;
        Some(written)
    }

    /// Returns the setters of the first optional properties that the value has.
    fn setters(
        &mut self,
        schema: &Schema,
        properties: &Map<String, Value>,
        value: &Value,
    ) -> Vec<String> {
        let required = required(schema, properties);
        let in_order = properties_in_order(&schema.documented).into_iter();
        let setters = in_order.filter_map(|(name, property)| {
            let setter = field(name, property);
            // A name that is taken, or shared with another property, has been changed.
            let is_own = properties
                .iter()
                .filter(|(name, property)| field(name, property) == setter)
                .count()
                == 1;
            if !is_own
                || !harden::is_setter_name(&setter)
                || required.iter().any(|(known, _)| *known == name)
            {
                return None;
            }
            let value =
                self.owned(&setter, &type_of_not_null(property), value.get(name)?, DEEPEST)?;
            Some(format!(".{setter}({value})"))
        });
        setters.take(MOST_SHOWN).collect()
    }
}

/// Returns the properties that the constructor takes, in its order. A property that may be null has
/// a setter instead.
fn required<'a>(
    schema: &'a Schema,
    properties: &'a Map<String, Value>,
) -> Vec<(&'a String, &'a Value)> {
    let is_nullable = |property: &Value| matches!(type_of(property), RustType::Nullable(_));
    let required = required_in_order(&schema.documented).into_iter();
    let described = required.filter_map(|name| properties.get_key_value(name));
    described.filter(|(_, property)| !is_nullable(property)).collect()
}

/// Returns the Rust name of a property, unless it is taken.
fn field(name: &str, property: &Value) -> String {
    naming::snake(property.get("x-rust-name").and_then(Value::as_str).unwrap_or(name))
}

fn float(value: f64) -> Option<String> {
    value.is_finite().then(|| Literal::f64_unsuffixed(value).to_string())
}
