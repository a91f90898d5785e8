//! The constraints that a schema puts on values that are sent.

use std::fmt;
use std::ops::Range;

use openapi::markdown::is_invisible;
use openapi::marks::FILE;
use openapi::object::{Object, Schema};
use serde_json::Value;

use crate::schema::needs_name;

/// The numbers that are written without a power of ten.
const PLAIN: Range<f64> = 1e-6..1e21;

/// A constraint on a value (OpenAPI 3.0.3, Schema Object), named after its keyword. Numbers are
/// decimals, as the document means them.
#[derive(Clone, Debug, PartialEq)]
pub enum Constraint {
    /// `format: uuid`.
    Uuid,
    /// `minLength`, in characters.
    MinLength(u64),
    /// `maxLength`, in characters.
    MaxLength(u64),
    /// `pattern`, a regular expression of ECMA 262.
    Pattern(String),
    /// `minItems`.
    MinItems(u64),
    /// `maxItems`.
    MaxItems(u64),
    /// `uniqueItems: true`.
    UniqueItems,
    /// `minProperties`.
    MinProperties(u64),
    /// `maxProperties`.
    MaxProperties(u64),
    /// `minimum`.
    Minimum(String),
    /// `minimum` with `exclusiveMinimum: true`.
    ExclusiveMinimum(String),
    /// `maximum`.
    Maximum(String),
    /// `maximum` with `exclusiveMaximum: true`.
    ExclusiveMaximum(String),
    /// `multipleOf`.
    MultipleOf(String),
    /// `enum` of numbers.
    Enum(Vec<String>),
}

/// Returns the constraints of `schema` itself, not of its inner schemas. Constraints for another
/// type have no effect.
pub fn constraints(schema: &impl Schema) -> Vec<Constraint> {
    let mut constraints = Vec::new();
    match schema.stated_type() {
        Some("string") if needs_name(schema) || schema.has(FILE) => {}
        Some("string") => {
            constraints.extend(least(schema, "minLength").map(Constraint::MinLength));
            constraints.extend(schema.count("maxLength").map(Constraint::MaxLength));
            constraints.extend((schema.format() == "uuid").then_some(Constraint::Uuid));
            constraints.extend(
                schema.string("pattern").map(|pattern| Constraint::Pattern(pattern.to_owned())),
            );
        }
        Some("integer" | "number") => of_number(schema, &mut constraints),
        Some("array") => {
            constraints.extend(least(schema, "minItems").map(Constraint::MinItems));
            constraints.extend(schema.count("maxItems").map(Constraint::MaxItems));
            constraints.extend(schema.is_true("uniqueItems").then_some(Constraint::UniqueItems));
        }
        Some("object") if !needs_name(schema) => {
            constraints.extend(least(schema, "minProperties").map(Constraint::MinProperties));
            constraints.extend(schema.count("maxProperties").map(Constraint::MaxProperties));
        }
        _ => {}
    }
    constraints
}

/// Returns the value of a lower bound, unless it is zero.
fn least(schema: &impl Object, keyword: &str) -> Option<u64> {
    schema.count(keyword).filter(|&count| count > 0)
}

fn of_number(schema: &impl Object, constraints: &mut Vec<Constraint>) {
    let number = |keyword: &str| schema.keyword(keyword).and_then(decimal);
    let minimum = if schema.is_true("exclusiveMinimum") {
        Constraint::ExclusiveMinimum
    } else {
        Constraint::Minimum
    };
    let maximum = if schema.is_true("exclusiveMaximum") {
        Constraint::ExclusiveMaximum
    } else {
        Constraint::Maximum
    };
    constraints.extend(number("minimum").map(minimum));
    constraints.extend(number("maximum").map(maximum));
    let is_divisor = schema.number("multipleOf").is_some_and(|divisor| divisor > 0.0);
    constraints.extend(number("multipleOf").filter(|_| is_divisor).map(Constraint::MultipleOf));
    let values: Vec<String> = schema.array("enum").iter().filter_map(decimal).collect();
    constraints.extend((!values.is_empty()).then_some(Constraint::Enum(values)));
}

/// Returns a number as the shortest decimal, and an integer without a fraction.
fn decimal(value: &Value) -> Option<String> {
    let number = value.as_number()?;
    let is_plain = |number: &f64| *number == 0.0 || PLAIN.contains(&number.abs());
    Some(match number.as_f64().filter(|_| number.is_f64()) {
        Some(number) if is_plain(&number) => number.to_string(),
        Some(number) => format!("{number:e}"),
        None => number.to_string(),
    })
}

/// Returns the constraints of `schema` as sentences for documentation.
pub fn constraints_in_words(schema: &impl Schema) -> String {
    constraints(schema).iter().map(Constraint::to_string).collect::<Vec<_>>().join(" ")
}

/// Writes the constraint as a sentence for documentation.
impl fmt::Display for Constraint {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Uuid => write!(formatter, "A UUID."),
            Self::UniqueItems => write!(formatter, "Unique items."),
            Self::MinLength(1) => write!(formatter, "Not empty."),
            Self::MinLength(count) => write!(formatter, "At least {count} characters."),
            Self::MaxLength(count) => write!(formatter, "At most {count} characters."),
            Self::MinItems(count) => write!(formatter, "At least {count} items."),
            Self::MaxItems(count) => write!(formatter, "At most {count} items."),
            Self::MinProperties(count) => write!(formatter, "At least {count} entries."),
            Self::MaxProperties(count) => write!(formatter, "At most {count} entries."),
            Self::Minimum(bound) => write!(formatter, "At least {bound}."),
            Self::ExclusiveMinimum(bound) => write!(formatter, "More than {bound}."),
            Self::Maximum(bound) => write!(formatter, "At most {bound}."),
            Self::ExclusiveMaximum(bound) => write!(formatter, "Less than {bound}."),
            Self::MultipleOf(divisor) => write!(formatter, "A multiple of {divisor}."),
            Self::Enum(values) => write!(formatter, "One of {}.", values.join(", ")),
            Self::Pattern(pattern) if is_code(pattern) => write!(formatter, "Matches `{pattern}`."),
            Self::Pattern(_) => write!(formatter, "Matches the document's pattern."),
        }
    }
}

/// Returns true if a pattern can be a code span, in which backticks cannot be escaped.
fn is_code(pattern: &str) -> bool {
    !pattern.contains(|character: char| {
        character == '`' || character.is_control() || is_invisible(character)
    })
}
