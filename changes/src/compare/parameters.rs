//! Compares the parameters of an operation, and the order of a method's arguments.

use codegen::api::{Operation, Parameter, ParameterLocation, ValueSource};
use serde_json::Value;

use super::found::{Log, Place, type_text};
use super::operations::deprecation;
use super::schemas::{self, Slot};
use crate::rule::{Effect, Rule, Source};

/// An argument of a function: what it is for, whatever its name is now, and its type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Argument {
    pub(super) key: String,
    pub(super) rust_type: String,
}

/// Compares the parameters of an operation.
pub(super) fn compare(log: &mut Log<'_>, before: &Operation, after: &Operation, at: &Place) {
    let pairs = pairs(before, after);
    let start = log.found.len();
    for one in &before.parameters {
        match pairs.iter().find(|(paired, _)| std::ptr::eq(*paired, one)) {
            Some((_, other)) => parameter(log, one, other, &place(one, other, at)),
            None => removed(log, one, &place(one, one, at)),
        }
    }
    for other in &after.parameters {
        if pairs.iter().all(|(_, paired)| !std::ptr::eq(*paired, other)) {
            added(log, other, &place(other, other, at));
        }
    }
    let old: Vec<Argument> = arguments(before, &|one| one.name.clone());
    let new: Vec<Argument> = arguments(after, &|other| {
        let one = pairs.iter().find(|(_, paired)| std::ptr::eq(*paired, other));
        one.map_or_else(|| format!("new {}", other.name), |(one, _)| one.name.clone())
    });
    if compile(&old, &new) {
        // What took the place of an argument of the same type is passed without a word.
        for found in &mut log.found[start..] {
            if matches!(found.rule, Rule::ParameterAddedRequired | Rule::ParameterRemovedRequired) {
                found.verdict.source = Source::Works;
                found.verdict.effect =
                    Effect::Silent("One argument took the place of another of the same type.");
            }
        }
    }
    order(log, &old, &new, at);
}

fn arguments(operation: &Operation, key: &dyn Fn(&Parameter) -> String) -> Vec<Argument> {
    let parameters = operation
        .arguments()
        .map(|one| Argument { key: key(one), rust_type: convertible(type_text(&one.rust_type)) });
    let body = operation
        .body
        .iter()
        .filter(|body| body.required)
        .map(|body| Argument { key: "the body".to_owned(), rust_type: type_text(&body.rust_type) });
    parameters.chain(body).collect()
}

/// Returns the same name for types that a caller passes the same values for.
pub(super) fn convertible(rust_type: String) -> String {
    if rust_type == "SecretString" { "String".to_owned() } else { rust_type }
}

/// Returns true if calls with the old arguments compile with the new ones.
fn compile(before: &[Argument], after: &[Argument]) -> bool {
    before.len() == after.len()
        && before.iter().zip(after).all(|(one, other)| one.rust_type == other.rust_type)
}

/// Compares the order of arguments.
pub(super) fn order(log: &mut Log<'_>, before: &[Argument], after: &[Argument], at: &Place) {
    let keys = |some: &[Argument], others: &[Argument]| -> Vec<String> {
        let is_there = |one: &&Argument| others.iter().any(|other| other.key == one.key);
        some.iter().filter(is_there).map(|one| one.key.clone()).collect()
    };
    let is_reordered = keys(before, after) != keys(after, before);
    let is_moved = before.iter().zip(after).any(|(one, other)| one.key != other.key);
    let name = &at.name;
    if compile(before, after) && is_moved {
        let text = format!("Arguments of {name} have changed places, and calls still compile.");
        log.both(Rule::ArgumentsSwapped, at, text);
    } else if is_reordered {
        log.both(Rule::ArgumentsReordered, at, format!("The arguments of {name} are reordered."));
    }
}

/// A way to see that two parameters are the same.
type Way<'w> = &'w dyn Fn(&Parameter, &Parameter) -> bool;

/// Pairs parameters: by location and name, then by name, then by place and type if one of them
/// alone is left.
fn pairs<'a>(before: &'a Operation, after: &'a Operation) -> Vec<(&'a Parameter, &'a Parameter)> {
    let same = |one: &Parameter, other: &Parameter| {
        one.location == other.location && same_name(one, other)
    };
    let moved = |one: &Parameter, other: &Parameter| one.name == other.name;
    let renamed = |one: &Parameter, other: &Parameter| {
        one.location == other.location
            && one.required == other.required
            && one.rust_type == other.rust_type
            && one.schema == other.schema
            && one.source == other.source
    };
    let ways: [Way<'_>; 3] = [&same, &moved, &renamed];
    let mut pairs: Vec<(&Parameter, &Parameter)> = Vec::new();
    for (way, is_same) in ways.into_iter().enumerate() {
        let left =
            |all: &'a [Parameter], pairs: &[(&Parameter, &Parameter)]| -> Vec<&'a Parameter> {
                let is_paired = |one: &Parameter| {
                    pairs.iter().any(|(a, b)| std::ptr::eq(*a, one) || std::ptr::eq(*b, one))
                };
                all.iter().filter(|one| !is_paired(one)).collect()
            };
        let (old, new) = (left(&before.parameters, &pairs), left(&after.parameters, &pairs));
        for one in &old {
            let mut others = new.iter().filter(|other| is_same(one, other));
            let Some(other) = others.next() else { continue };
            let rivals = old.iter().filter(|rival| is_same(rival, other)).count();
            if way < 2 || (others.next().is_none() && rivals == 1) {
                pairs.push((one, other));
            }
        }
    }
    pairs
}

/// Returns true if the caller passes the values.
fn is_passed(parameter: &Parameter) -> bool {
    parameter.source == ValueSource::Caller
}

fn same_name(one: &Parameter, other: &Parameter) -> bool {
    match one.location {
        ParameterLocation::Header => one.name.eq_ignore_ascii_case(&other.name),
        _ => one.name == other.name,
    }
}

fn place(before: &Parameter, after: &Parameter, at: &Place) -> Place {
    let method = at.operation.as_deref().unwrap_or_default();
    Place {
        from: before.pointer.clone(),
        to: after.pointer.clone(),
        name: format!("the parameter `{}` of `{method}`", before.name),
        ..at.clone()
    }
}

fn removed(log: &mut Log<'_>, before: &Parameter, at: &Place) {
    let rule = match (before.required, is_passed(before)) {
        (_, false) => Rule::ConstantRemoved,
        (true, true) => Rule::ParameterRemovedRequired,
        (false, true) => Rule::ParameterRemovedOptional,
    };
    log.gone(rule, at, format!("{} is gone.", at.name));
}

fn added(log: &mut Log<'_>, after: &Parameter, at: &Place) {
    let rule = match (after.required, is_passed(after)) {
        (_, false) => Rule::ConstantAdded,
        (true, true) => Rule::ParameterAddedRequired,
        (false, true) => Rule::ParameterAddedOptional,
    };
    let required = if after.required { "required" } else { "optional" };
    log.new_one(rule, at, format!("{} is new, and {required}.", at.name));
}

fn parameter(log: &mut Log<'_>, before: &Parameter, after: &Parameter, at: &Place) {
    let Parameter {
        name,
        pointer: _,
        rust_name: _,
        location,
        required: _,
        deprecated,
        description,
        schema,
        rust_type: _,
        style,
        explode,
        source: _,
        examples: _,
    } = before;
    let what = &at.name;
    if *location != after.location {
        log.both(Rule::ParameterMoved, at, format!("{what} is sent elsewhere in the request."));
    }
    names(log, before, after, at);
    demand(log, before, after, at);
    deprecation(log, (*deprecated, after.deprecated), at);
    if (style, explode) != (&after.style, &after.explode) {
        log.both(Rule::ParameterStyle, at, format!("{what} is written in another style."));
    }
    let examples = |one: &Parameter| schemas::examples(&one.examples);
    log.words(&(description, examples(before)), &(&after.description, examples(after)), at);
    let name = format!("the parameter `{name}`");
    let (mut old, mut new) = (schema.clone(), after.schema.clone());
    if !is_passed(before) || !is_passed(after) {
        // The only value is told as a constant.
        for keywords in [&mut old, &mut new].into_iter().filter_map(Value::as_object_mut) {
            keywords.remove("enum");
        }
    }
    schemas::values(log, &old, &new, &at.below("/schema", "/schema", name), Slot::Whole);
}

/// Compares what a caller has to say of a parameter: nothing, a value, or one if there is one.
fn demand(log: &mut Log<'_>, before: &Parameter, after: &Parameter, at: &Place) {
    let what = &at.name;
    match (&before.source, &after.source) {
        (ValueSource::Constant(one), ValueSource::Constant(other)) if one != other => {
            let text = format!("{what} is always `{other}`, not `{one}`.");
            log.both(Rule::ConstantChanged, at, text);
        }
        (ValueSource::Constant(_), ValueSource::Caller) if !after.required => {
            log.both(Rule::ConstantOptional, at, format!("{what} is no longer a constant."));
        }
        (ValueSource::Constant(_), ValueSource::UserId) => {
            let text = format!("{what} is the user ID of the credential.");
            log.both(Rule::ConstantChanged, at, text);
        }
        (ValueSource::UserId, ValueSource::Constant(value)) => {
            log.both(Rule::ConstantChanged, at, format!("{what} is always `{value}`."));
        }
        (one, other) if one != other => {
            let text = match other {
                ValueSource::Caller => format!("{what} is passed by the caller."),
                ValueSource::Constant(value) => format!("{what} is always `{value}`."),
                ValueSource::UserId => format!("{what} is the user ID of the credential."),
            };
            log.both(Rule::ParameterConstness, at, text);
        }
        _ => match (before.required, after.required) {
            (false, true) => {
                log.both(Rule::ParameterBecameRequired, at, format!("{what} is required."));
            }
            (true, false) => {
                log.both(Rule::ParameterBecameOptional, at, format!("{what} is optional."));
            }
            _ => {}
        },
    }
}

/// Compares the names in the request and in Rust.
fn names(log: &mut Log<'_>, before: &Parameter, after: &Parameter, at: &Place) {
    let is_argument = before.required && is_passed(before);
    if !same_name(before, after) && before.location != ParameterLocation::Path {
        let text = format!("{} is called `{}`.", at.name, after.name);
        let keeps = before.rust_name == after.rust_name;
        match is_argument || keeps {
            _ if !is_passed(before) => log.both(Rule::ConstantChanged, at, text),
            true => log.both(Rule::ParameterRenamed, at, text),
            false => log.renamed(Rule::SetterRenamed, at, text, &before.rust_name),
        }
    } else if before.rust_name != after.rust_name {
        let text = format!("{} is `{}` in Rust.", at.name, after.rust_name);
        match is_argument || !is_passed(before) {
            true => log.both(Rule::ArgumentNameChanged, at, text),
            false => log.renamed(Rule::RustNameChanged, at, text, &before.rust_name),
        }
    }
}
