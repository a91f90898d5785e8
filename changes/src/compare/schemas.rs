//! Compares the schemas of values, and the named schemas that stand in the same places.

use codegen::api::{Example, RustType, type_of_not_null};
use openapi::object::{Object, Schema as _};
use openapi::pointer;
use serde_json::Value;

use super::found::{Log, Pair, Place, type_text};
use super::keywords;
use crate::rule::Rule;

/// The place of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Slot {
    /// A whole parameter or body.
    Whole,
    /// A property or a header, which is optional wherever it is received.
    Property,
    /// An item of an array, or an entry of a map.
    Item,
}

/// Returns what documentation shows of examples.
pub(super) fn examples(examples: &[Example]) -> Vec<[String; 3]> {
    let shown = |one: &Example| [one.name.clone(), one.summary.clone(), one.value.to_string()];
    examples.iter().map(shown).collect()
}

/// Compares the named schemas that have been paired, and those that are found in them.
pub(super) fn compare(log: &mut Log<'_>) {
    while let Some((Pair { before, after }, operation)) = log.open.pop() {
        let pair = log.before.schema(&before).zip(log.after.schema(&after));
        let Some((one, other)) = pair else { continue };
        log.subject = format!("schema {before}");
        let at = Place {
            operation,
            from: one.pointer.clone(),
            to: other.pointer.clone(),
            name: format!("`{before}`"),
            direction: other.direction,
        };
        if before != after {
            log.both(Rule::TypeRenamed, &at, format!("The type {} is `{after}`.", at.name));
        }
        keywords::compare(log, &one.documented, &other.documented, &at, Slot::Whole);
    }
    log.subject.clear();
}

/// Compares the schemas of values.
pub(super) fn values(log: &mut Log<'_>, before: &Value, after: &Value, at: &Place, slot: Slot) {
    let types = (type_of_not_null(before), type_of_not_null(after));
    match &types {
        (RustType::Named(one), RustType::Named(other)) => {
            log.pair(one, other, at.operation.as_deref());
            let (one, other) = (beside(before), beside(after));
            keywords::compare(log, &one, &other, at, slot);
        }
        (one @ RustType::Named(_), other) | (one, other @ RustType::Named(_)) => {
            let text = format!("{} is {}, not {}.", at.name, type_text(other), type_text(one));
            log.both(at.rule(Rule::SentTypeChanged, Rule::ReceivedTypeChanged), at, text);
        }
        _ => keywords::compare(log, before, after, at, slot),
    }
}

/// Returns the keywords beside a reference.
fn beside(schema: &Value) -> Value {
    let mut schema = schema.clone();
    if let Some(keywords) = schema.as_object_mut() {
        keywords.remove("$ref");
        keywords.remove("allOf");
    }
    schema
}

/// Compares the items of arrays and the entries of maps.
pub(super) fn inner(log: &mut Log<'_>, before: &Value, after: &Value, at: &Place) {
    let anything = Value::Object(serde_json::Map::new());
    if before.stated_type() == Some("array") && after.stated_type() == Some("array") {
        let items = |schema: &Value| schema.keyword("items").unwrap_or(&anything).clone();
        let at = at.below("/items", "/items", format!("an item of {}", at.name));
        values(log, &items(before), &items(after), &at, Slot::Item);
    }
    let entries = |schema: &Value| schema.keyword("additionalProperties").cloned();
    let below = "/additionalProperties";
    match (entries(before), entries(after)) {
        (Some(one @ Value::Object(_)), Some(other @ Value::Object(_))) => {
            let at = at.below(below, below, format!("an entry of {}", at.name));
            values(log, &one, &other, &at, Slot::Item);
        }
        (one, other) if one != other => {
            let text = format!("{} has other properties without names.", at.name);
            log.both(Rule::AdditionalProperties, at, text);
        }
        _ => {}
    }
}

/// Compares the alternatives of `oneOf` or `anyOf`.
pub(super) fn alternatives(log: &mut Log<'_>, before: &Value, after: &Value, at: &Place) {
    for keyword in ["oneOf", "anyOf", "allOf"] {
        let (old, new) = (before.array(keyword), after.array(keyword));
        let is_in = |one: &Value, others: &[Value]| {
            others.iter().any(|other| {
                other == one || named(one).is_some_and(|name| named(other) == Some(name))
            })
        };
        let (gone, added): (Vec<usize>, Vec<usize>) = (
            (0..old.len()).filter(|index| !is_in(&old[*index], new)).collect(),
            (0..new.len()).filter(|index| !is_in(&new[*index], old)).collect(),
        );
        for one in old {
            if let Some(other) = new.iter().find(|other| is_in(one, std::slice::from_ref(other))) {
                values(log, one, other, at, Slot::Whole);
            }
        }
        if gone.len() == added.len() {
            for (one, other) in gone.iter().zip(&added) {
                let steps =
                    [one, other].map(|index| pointer::entry(&format!("/{keyword}"), *index));
                let at = at.below(&steps[0], &steps[1], format!("an alternative of {}", at.name));
                values(log, &old[*one], &new[*other], &at, Slot::Whole);
            }
            continue;
        }
        let (name, step) = (&at.name, format!("/{keyword}"));
        let at = at.below(&step, &step, at.name.clone());
        if !gone.is_empty() {
            let rule = at.rule(Rule::SentAlternativeRemoved, Rule::ReceivedTypeChanged);
            log.both(rule, &at, format!("An alternative of {name} is gone."));
        }
        if !added.is_empty() {
            let rule = at.rule(Rule::SentAlternativeAdded, Rule::ReceivedTypeChanged);
            log.both(rule, &at, format!("{name} has a new alternative."));
        }
    }
}

fn named(schema: &Value) -> Option<&str> {
    openapi::reference::schema_name(schema)
}
