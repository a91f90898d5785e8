//! Checks that the values of keywords have the shape that the table states.

use serde_json::Value;

use crate::diagnostic::{Diagnostic, Location, Subject};
use crate::objects::Shape;
use crate::pointer;
use crate::rule::Rule;
use crate::words::{describe, nearest, one_of, quote};

/// Reports a value, or an item or entry of it, that does not have the shape.
///
/// `pointer` is called only for such values, since there are few.
pub(super) fn check(
    name: &str,
    value: &Value,
    shape: Shape,
    pointer: impl Fn() -> String,
    found: &mut Vec<Diagnostic>,
) {
    match (shape, value) {
        (Shape::Choice(words), Value::String(word)) => {
            if !words.contains(&word.as_str()) {
                found.push(bad_choice(name, word, words, pointer()));
            }
        }
        (Shape::Array(_) | Shape::Strings, Value::Array(entries)) => {
            for (index, entry) in entries.iter().enumerate() {
                let subject = || format!("An item of {}", quote(name));
                check_one(
                    subject,
                    entry,
                    entry_of(shape),
                    || pointer::entry(&pointer(), index),
                    found,
                );
            }
        }
        (Shape::Map(_) | Shape::StringMap, Value::Object(entries)) => {
            for (key, entry) in entries {
                check_one(
                    || quote(key),
                    entry,
                    entry_of(shape),
                    || pointer::child(&pointer(), key),
                    found,
                );
            }
        }
        _ => check_one(|| quote(name), value, shape, pointer, found),
    }
}

fn entry_of(shape: Shape) -> Shape {
    match shape {
        Shape::Array(kind) | Shape::Map(kind) => Shape::One(kind),
        Shape::Strings | Shape::StringMap => Shape::String,
        other => other,
    }
}

fn check_one(
    subject: impl FnOnce() -> String,
    value: &Value,
    shape: Shape,
    pointer: impl FnOnce() -> String,
    found: &mut Vec<Diagnostic>,
) {
    if !shape.admits(value) {
        found.push(Diagnostic {
            rule: Rule::WrongType,
            subject: Subject::Node,
            location: Location::Pointer(pointer()),
            what: format!(
                "{} must be {}, but this is {}.",
                subject(),
                shape.describe(),
                describe(value)
            ),
            why: "The generated client would ignore it.".into(),
            help: how_to_write(shape, value),
        });
    }
}

fn how_to_write(shape: Shape, value: &Value) -> String {
    use Shape::{AnyArray, Array, Boolean, Choice, Count, Number, String, Strings};
    match (shape, value) {
        (_, Value::Null) => "Give it a value, or remove the key.".into(),
        (String, Value::Number(_) | Value::Bool(_)) => {
            "Put it in double quotes to make it a string.".into()
        }
        (Strings, Value::Bool(_)) => {
            "Name the property in the `required` array of the object schema that defines it.".into()
        }
        (Array(_) | Strings | AnyArray, _) => "Write an array, with `- ` before each item.".into(),
        (Boolean, _) => "Write `true` or `false`, without quotes.".into(),
        (Number | Count, _) => format!("Write {}, without quotes.", shape.describe()),
        (Choice(_), Value::Array(_)) => {
            "Write one value. If null is allowed too, add `nullable: true`.".into()
        }
        _ => format!("Write {}.", shape.describe()),
    }
}

fn bad_choice(name: &str, word: &str, words: &[&str], pointer: String) -> Diagnostic {
    let help = match (nearest(word, words.iter().copied()).or_else(|| habit(word)), name, word) {
        (Some(meant), _, _) => format!("Did you mean `{meant}`?"),
        (None, "in", "body" | "formData") => {
            "Describe the body in the operation's `requestBody`.".into()
        }
        (None, "type", "file") => "Write `type: string` with `format: binary`.".into(),
        (None, "type", "null") => "Add `nullable: true` to the schema instead.".into(),
        _ => format!("Write {}.", one_of(words)),
    };
    Diagnostic {
        rule: Rule::BadValue,
        subject: Subject::Keyword(name.to_owned()),
        location: Location::Pointer(pointer),
        what: format!("{} must be {}, but this is {}.", quote(name), one_of(words), quote(word)),
        why: "The generator does not know how to send or read such a value.".into(),
        help,
    }
}

/// Returns the OpenAPI type that other languages call by this name.
fn habit(word: &str) -> Option<&'static str> {
    match word {
        "int" | "int32" | "int64" | "long" => Some("integer"),
        "float" | "double" | "decimal" => Some("number"),
        "bool" => Some("boolean"),
        "str" | "text" | "date" | "date-time" | "uuid" => Some("string"),
        "list" => Some("array"),
        "map" | "dict" => Some("object"),
        _ => None,
    }
}
