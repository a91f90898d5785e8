//! Compares the keywords of two schemas one by one, so that none differs without a word.

use std::collections::BTreeSet;

use codegen::api::{Direction, RustType, type_of_not_null};
use openapi::marks;
use openapi::object::{Object, Schema as _};
use serde_json::Value;

use super::found::{Log, Place, type_text};
use super::operations::deprecation;
use super::schemas::{self, Slot};
use super::{constraints, properties};
use crate::rule::Rule;

/// Keywords that only documentation shows, or that other passes have turned into facts.
const WORDS: [&str; 11] = [
    marks::TYPE_INFERRED,
    marks::PROPERTY_ORDER,
    marks::POSITION,
    "description",
    "title",
    "example",
    "examples",
    "externalDocs",
    "xml",
    "readOnly",
    "writeOnly",
];

/// Compares all keywords of two schemas.
pub(super) fn compare(log: &mut Log<'_>, before: &Value, after: &Value, at: &Place, slot: Slot) {
    let keywords = |schema: &Value| -> BTreeSet<String> {
        schema.as_object().into_iter().flatten().map(|(keyword, _)| keyword.clone()).collect()
    };
    let is_other_type = types(log, before, after, at);
    if !is_other_type {
        schemas::inner(log, before, after, at);
        schemas::alternatives(log, before, after, at);
        properties::compare(log, before, after, at);
    }
    nulls(log, before, after, at, slot);
    deprecation(log, (before.is_true("deprecated"), after.is_true("deprecated")), at);
    let mut has_other_words = false;
    for keyword in keywords(before).union(&keywords(after)) {
        let (one, other) = (before.keyword(keyword), after.keyword(keyword));
        if one == other {
            continue;
        }
        match keyword.as_str() {
            "type"
            | "format"
            | "$ref"
            | "items"
            | "additionalProperties"
            | "oneOf"
            | "anyOf"
            | "allOf"
            | "properties"
            | "required"
            | "nullable"
            | "deprecated" => {}
            keyword if WORDS.contains(&keyword) => has_other_words = true,
            openapi::extensions::RUST_NAME => {}
            "enum" => enums(log, before, after, at, is_other_type),
            openapi::extensions::ERROR_CODE => {
                let (rule, is) = match other {
                    Some(_) => (Rule::ErrorCodeAdded, "is"),
                    None => (Rule::ErrorCodeRemoved, "is no longer"),
                };
                log.both(rule, at, format!("{} {is} the name of the error.", at.name));
            }
            "default" => {
                let text = format!("The default of {} is another.", at.name);
                log.both(Rule::DefaultChanged, at, text);
            }
            keyword if constraints::is_one(keyword) => {
                constraints::compare(log, keyword, (before, after), at);
            }
            keyword => {
                let text = format!("`{keyword}` of {} is another.", at.name);
                log.both(Rule::Other, at, text);
            }
        }
    }
    log.words(&false, &has_other_words, at);
}

/// Compares types and formats. Returns true if the types differ.
fn types(log: &mut Log<'_>, before: &Value, after: &Value, at: &Place) -> bool {
    let (one, other) = (shown_type(before, at.direction), shown_type(after, at.direction));
    let has_variants = |schema: &Value| schema.array("enum").iter().any(Value::is_string);
    let is_other_kind = has_variants(before) != has_variants(after);
    if one == other && !is_other_kind {
        if before.format() != after.format() {
            let rule = at.rule(Rule::SentFormatChanged, Rule::ReceivedFormatChanged);
            log.both(rule, at, format!("The format of {} is another.", at.name));
        } else if before.stated_type() != after.stated_type() {
            let text = format!("The type of {} is stated otherwise.", at.name);
            log.both(Rule::Documentation, at, text);
        }
        return false;
    }
    let kinds = (before.stated_type(), after.stated_type());
    let widens = kinds == (Some("integer"), Some("number"))
        || (kinds.0 == kinds.1 && is_wider(&one, &other) && !is_other_kind);
    let narrows = kinds == (Some("number"), Some("integer"))
        || (kinds.0 == kinds.1 && is_wider(&other, &one) && !is_other_kind);
    let rule = match at.direction {
        Direction::Request if widens => Rule::SentTypeWidened,
        Direction::Response if narrows => Rule::ReceivedTypeNarrowed,
        direction => match direction {
            Direction::Request => Rule::SentTypeChanged,
            Direction::Response => Rule::ReceivedTypeChanged,
        },
    };
    let (old, new) = match is_other_kind {
        true if has_variants(after) => (one, "an enum".to_owned()),
        true => ("an enum".to_owned(), other),
        false => (one, other),
    };
    log.both(rule, at, format!("{} is {new}, not {old}.", at.name));
    true
}

/// Returns true if every value of one type is one of the other.
fn is_wider(narrow: &str, wide: &str) -> bool {
    matches!((narrow, wide), ("i32", "i64") | ("f32", "f64"))
}

/// Returns the type of values, without what is in an array or a map.
fn shown_type(schema: &Value, direction: Direction) -> String {
    match type_of_not_null(schema) {
        RustType::List(_) => "an array".to_owned(),
        RustType::Map(_) => "an object".to_owned(),
        RustType::String if direction == Direction::Response && schema.format() == "date-time" => {
            "DateTime".to_owned()
        }
        RustType::Named(_) => "a reference".to_owned(),
        other => type_text(&other),
    }
}

fn nulls(log: &mut Log<'_>, before: &Value, after: &Value, at: &Place, slot: Slot) {
    let name = &at.name;
    let (rule, text) = match (before.is_nullable(), after.is_nullable()) {
        (false, true) => (
            at.rule(Rule::SentNullAllowed, Rule::ReceivedNullAllowed),
            format!("{name} can be null."),
        ),
        (true, false) => (
            at.rule(Rule::SentNullForbidden, Rule::ReceivedNullForbidden),
            format!("{name} cannot be null."),
        ),
        _ => return,
    };
    let is_received = at.direction == Direction::Response;
    let rule = if is_received && slot != Slot::Property { Rule::ReceivedItemNull } else { rule };
    log.both(rule, at, text);
}

fn enums(log: &mut Log<'_>, before: &Value, after: &Value, at: &Place, is_other_type: bool) {
    let (old, new) = (before.array("enum"), after.array("enum"));
    if is_other_type && (old.is_empty() || new.is_empty()) {
        return;
    }
    let are_strings = old.iter().chain(new).any(Value::is_string);
    if !are_strings || old.is_empty() || new.is_empty() {
        return constraints::values(log, old, new, at);
    }
    let count = log.found.len();
    for value in old.iter().filter(|value| !new.contains(value)) {
        let rule = at.rule(Rule::SentEnumValueRemoved, Rule::ReceivedEnumValueRemoved);
        log.both(rule, at, format!("{value} is no value of {} any more.", at.name));
    }
    for value in new.iter().filter(|value| !old.contains(value)) {
        let rule = at.rule(Rule::SentEnumValueAdded, Rule::ReceivedEnumValueAdded);
        log.both(rule, at, format!("{value} is a new value of {}.", at.name));
    }
    if log.found.len() == count {
        log.words(&false, &true, at);
    }
}
