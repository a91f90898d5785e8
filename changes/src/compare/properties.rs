//! Compares the properties of objects by the direction of their values.

use std::collections::BTreeMap;

use codegen::api::{Direction, type_of};
use openapi::extensions::RUST_NAME;
use openapi::marks;
use openapi::naming;
use openapi::object::{Object, Schema as _};
use openapi::pointer;
use serde_json::Value;

use super::found::{Log, Place, type_text};
use super::parameters::{Argument, convertible, order};
use super::schemas::{self, Slot};
use crate::rule::Rule;

/// Compares the properties of two objects.
pub(super) fn compare(log: &mut Log<'_>, before: &Value, after: &Value, at: &Place) {
    let renamed = renamed(before, after);
    for (name, one) in before.properties() {
        let new_name = renamed.get(name).unwrap_or(name);
        match after.property(new_name) {
            Some(other) => {
                let at = place(at, [name, new_name]);
                names(log, [(name, one), (new_name, other)], &at);
                required(log, [before.requires(name), after.requires(new_name)], &at);
                schemas::values(log, one, other, &at, Slot::Property);
            }
            None => removed(log, before.requires(name), &place(at, [name, name])),
        }
    }
    let is_new = |name: &str| {
        before.property(name).is_none() && renamed.values().all(|renamed| renamed != name)
    };
    for (name, _) in after.properties().filter(|(name, _)| is_new(name)) {
        added(log, after.requires(name), &place(at, [name, name]));
    }
    if at.direction == Direction::Request {
        let old = arguments(before, &|name| renamed.get(name).cloned());
        order(
            log,
            &old,
            &arguments(after, &|_| None),
            &Place { name: format!("`new` of {}", at.name), ..at.clone() },
        );
    }
}

fn place(at: &Place, [from, to]: [&str; 2]) -> Place {
    let step = |name: &str| pointer::child("/properties", name);
    at.below(&step(from), &step(to), format!("the property `{from}` of {}", at.name))
}

/// Returns the arguments of `new`, in the order of the names in JSON.
fn arguments(schema: &Value, key: &dyn Fn(&str) -> Option<String>) -> Vec<Argument> {
    let mut required: Vec<_> =
        schema.properties().filter(|(name, _)| schema.requires(name)).collect();
    let order = schema.array(marks::PROPERTY_ORDER);
    required.sort_by_key(|(name, _)| order.iter().position(|one| one == name.as_str()));
    let argument = |(name, property): (&String, &Value)| Argument {
        key: key(name).unwrap_or_else(|| name.clone()),
        rust_type: convertible(type_text(&type_of(property))),
    };
    required.into_iter().map(argument).collect()
}

/// Returns the new names of properties that were renamed: the only one that is gone with this
/// schema, and the only one that is new with it.
fn renamed(before: &Value, after: &Value) -> BTreeMap<String, String> {
    let facts = |schema: &Value, name: &str, property: &Value| {
        let mut facts = property.clone();
        if let Some(keywords) = facts.as_object_mut() {
            keywords.retain(|keyword, _| {
                !["description", "example", RUST_NAME].contains(&keyword.as_str())
            });
        }
        (schema.requires(name), facts)
    };
    let missing = |some: &Value, others: &Value| -> Vec<(String, (bool, Value))> {
        let missing = some.properties().filter(|(name, _)| others.property(name).is_none());
        missing.map(|(name, property)| (name.clone(), facts(some, name, property))).collect()
    };
    let (gone, new) = (missing(before, after), missing(after, before));
    let only = |some: &[(String, (bool, Value))], facts: &(bool, Value)| {
        some.iter().filter(|(_, one)| one == facts).count() == 1
    };
    let pairs = gone.iter().filter_map(|(name, facts)| {
        let (new_name, _) = new.iter().find(|(_, other)| other == facts)?;
        (only(&gone, facts) && only(&new, facts)).then(|| (name.clone(), new_name.clone()))
    });
    pairs.collect()
}

/// Compares the names of a property in JSON and in Rust.
fn names(log: &mut Log<'_>, [(name, one), (new_name, other)]: [(&String, &Value); 2], at: &Place) {
    let in_rust = |name: &str, property: &Value| {
        property.string(RUST_NAME).map_or_else(|| naming::snake(name), str::to_owned)
    };
    let (old, new) = (in_rust(name, one), in_rust(new_name, other));
    if name != new_name {
        let rule = at.rule(Rule::SentPropertyRenamed, Rule::ReceivedPropertyRenamed);
        let text = format!("{} is called `{new_name}`.", at.name);
        match old == new {
            true => {
                log.both(rule, at, text);
                if let Some(found) = log.found.last_mut() {
                    found.verdict.source = crate::rule::Source::Works;
                    found.verdict.effect =
                        crate::rule::Effect::Behaviour("The property has the new name in JSON.");
                }
            }
            false => log.renamed(rule, at, text, &old),
        }
    } else if old != new {
        let text = format!("{} is `{new}` in Rust.", at.name);
        log.renamed(Rule::RustNameChanged, at, text, &old);
    }
}

fn required(log: &mut Log<'_>, before_and_after: [bool; 2], at: &Place) {
    match before_and_after {
        [false, true] => {
            let rule =
                at.rule(Rule::SentPropertyBecameRequired, Rule::ReceivedPropertyBecameRequired);
            log.both(rule, at, format!("{} is required.", at.name));
        }
        [true, false] => {
            let rule =
                at.rule(Rule::SentPropertyBecameOptional, Rule::ReceivedPropertyBecameOptional);
            log.both(rule, at, format!("{} is optional.", at.name));
        }
        _ => {}
    }
}

fn removed(log: &mut Log<'_>, is_required: bool, at: &Place) {
    let received = match is_required {
        true => Rule::ReceivedRequiredPropertyRemoved,
        false => Rule::ReceivedPropertyRemoved,
    };
    log.gone(at.rule(Rule::SentPropertyRemoved, received), at, format!("{} is gone.", at.name));
}

fn added(log: &mut Log<'_>, is_required: bool, at: &Place) {
    let sent = match is_required {
        true => Rule::SentPropertyAddedRequired,
        false => Rule::SentPropertyAddedOptional,
    };
    let text = match is_required {
        true => format!("{} is new, and required.", at.name),
        false => format!("{} is new.", at.name),
    };
    log.new_one(at.rule(sent, Rule::ReceivedPropertyAdded), at, text);
}
