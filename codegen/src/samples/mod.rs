//! Makes the values that sample calls send and receive: examples of the document, or values that
//! are made of names, patterns and bounds.
//!
//! Each value was checked against its schema as the document states it. Where no value is found,
//! there is none, and a finding about what a client would have to send.

mod checks;
mod choices;
mod maker;
mod merged;
mod scalars;
mod sendable;

use std::collections::{BTreeMap, BTreeSet};

use openapi::Document;
use openapi::diagnostic::{Diagnostic, Location, Subject};
use openapi::lint::Way;
use openapi::object::{Object, Schema as _};
use openapi::pointer::{child, escape};
use openapi::reference;
use openapi::rule::Rule;
use serde_json::{Value, json};

use crate::api::{Api, Example, ParameterLocation, RustType, ValueSource, type_of_not_null};
use checks::Checks;
use maker::{Maker, Otherwise};
use sendable::Delimiters;

/// The number of values that are made at most until one is accepted.
const MOST_ROUNDS: usize = 100;

/// A value that a sample call needs.
struct Wanted<'a> {
    /// JSON pointer to the parameter, body or response.
    pointer: String,
    /// The name that values are made of.
    name: &'a str,
    /// JSON pointer to its schema, if it has one.
    schema: Option<String>,
    examples: Vec<Value>,
    way: Way,
    rust_type: &'a RustType,
    location: Option<ParameterLocation>,
    delimiters: Delimiters,
    /// True if nothing is sent without it.
    is_required: bool,
}

/// Adds the values to an API. Returns the inputs for which there is none.
pub(crate) fn add(document: &Document, api: &mut Api) -> Vec<Diagnostic> {
    let root = &document.root;
    let wanted = wanted(root, api);
    let checks = Checks::of(document, &wanted);
    let mut made = make(root, &wanted, &checks);
    let wrong = checks.wrong_examples(&wanted);
    let mut missing = Vec::new();
    let mut samples = BTreeMap::new();
    for (index, one) in wanted.iter().enumerate() {
        match made.remove(&index) {
            Some(value) => {
                samples.insert(one.pointer.clone(), as_sent(api, one.rust_type, value));
            }
            None if one.way == Way::Sent => missing.push(without_sample(one)),
            None => {}
        }
    }
    api.samples = samples;
    wrong.mark(api);
    missing
}

/// Returns the inputs and responses of all operations.
fn wanted<'a>(root: &Value, api: &'a Api) -> Vec<Wanted<'a>> {
    let mut wanted = Vec::new();
    let mut seen = BTreeSet::new();
    for operation in &api.operations {
        for parameter in operation.parameters.iter().filter(|one| one.source == ValueSource::Caller)
        {
            if seen.insert(parameter.pointer.clone()) {
                wanted.push(Wanted {
                    pointer: parameter.pointer.clone(),
                    name: &parameter.rust_name,
                    schema: schema_of_parameter(root, &parameter.pointer),
                    examples: values(&parameter.examples),
                    way: Way::Sent,
                    rust_type: &parameter.rust_type,
                    location: Some(parameter.location),
                    delimiters: sendable::of_parameter(parameter),
                    is_required: parameter.required,
                });
            }
        }
        if let Some(body) = &operation.body {
            let pointer = operation.body_pointer();
            wanted.push(Wanted {
                schema: schema_of_content(root, &pointer, &body.media_type),
                pointer,
                name: "value",
                examples: values(&body.examples),
                way: Way::Sent,
                rust_type: &body.rust_type,
                location: None,
                delimiters: sendable::of_body(body),
                is_required: body.required,
            });
        }
        for response in &operation.responses {
            let Some(body) = &response.body else { continue };
            wanted.push(Wanted {
                pointer: response.pointer.clone(),
                name: "value",
                schema: schema_of_content(root, &response.pointer, &body.media_type),
                examples: values(&body.examples),
                way: Way::Received,
                rust_type: &body.rust_type,
                location: None,
                delimiters: Vec::new(),
                is_required: false,
            });
        }
    }
    wanted
}

fn values(examples: &[Example]) -> Vec<Value> {
    examples.iter().map(|example| example.value.clone()).collect()
}

/// Returns the pointer to what is at a pointer, behind references.
fn behind_references(root: &Value, pointer: &str) -> String {
    let mut pointer = pointer.to_owned();
    while let Some(next) =
        root.pointer(&pointer).and_then(reference::of).and_then(reference::pointer_of)
    {
        pointer = next;
    }
    pointer
}

fn schema_of_parameter(root: &Value, pointer: &str) -> Option<String> {
    let pointer = behind_references(root, pointer);
    let parameter = root.pointer(&pointer)?;
    if parameter.has("schema") {
        return Some(child(&pointer, "schema"));
    }
    let (media_type, content) = parameter.entries("content").next()?;
    content.has("schema").then(|| format!("{pointer}/content/{}/schema", escape(media_type)))
}

/// Returns the pointer to the schema of a body. If the document allows any media type, another one
/// is sent.
fn schema_of_content(root: &Value, pointer: &str, media_type: &str) -> Option<String> {
    let pointer = behind_references(root, pointer);
    let contents = root.pointer(&pointer)?.object("content")?;
    let mut ranges = contents.iter().filter(|(key, _)| key.contains('*'));
    let (key, content) = contents.get_key_value(media_type).or_else(|| ranges.next())?;
    content.has("schema").then(|| format!("{pointer}/content/{}/schema", escape(key)))
}

/// Makes values in rounds: those that a schema rejects are made again.
fn make(root: &Value, wanted: &[Wanted<'_>], checks: &Checks) -> BTreeMap<usize, Value> {
    let mut open: BTreeMap<usize, Maker<'_>> =
        wanted.iter().map(|one| Maker::new(root, one.way, otherwise(one))).enumerate().collect();
    let mut made = BTreeMap::new();
    for _ in 0..MOST_ROUNDS {
        let mut tried = BTreeMap::new();
        open.retain(|index, maker| match value(root, maker, &wanted[*index]) {
            Some(value) => tried.insert(*index, value).is_none(),
            None => false,
        });
        let mut failures = checks.failures(&tried);
        for (index, value) in tried {
            let mut found = failures.remove(&index).unwrap_or_default();
            let Wanted { location, delimiters, .. } = &wanted[index];
            let is_sendable = location.is_none_or(|one| sendable::is_sendable(one, &value));
            if !is_sendable || !sendable::is_told_apart(delimiters, &value) {
                found.push(String::new());
            }
            if found.is_empty() {
                made.insert(index, value);
                open.remove(&index);
            } else if let Some(maker) = open.get_mut(&index)
                && !found.iter().any(|failure| maker.choose_next(failure))
            {
                open.remove(&index);
            }
        }
        if open.is_empty() {
            break;
        }
    }
    made
}

/// Makes a value. Of one without a schema only the type is known.
fn value<'d>(root: &'d Value, maker: &mut Maker<'d>, wanted: &Wanted<'_>) -> Option<Value> {
    let schema = wanted.schema.as_deref().and_then(|pointer| root.pointer(pointer));
    let typed = [match otherwise(wanted) {
        Otherwise::String => json!(wanted.name),
        Otherwise::Object => json!({}),
    }];
    let examples = wanted.examples.iter().chain(typed.iter().filter(|_| schema.is_none()));
    maker.make(wanted.name, schema, &examples.cloned().collect::<Vec<_>>())
}

fn otherwise(wanted: &Wanted<'_>) -> Otherwise {
    match wanted.rust_type {
        RustType::String | RustType::Secret | RustType::Raw => Otherwise::String,
        _ => Otherwise::Object,
    }
}

/// Returns a value as the client takes it: what has several types is sent as a string, and so are a
/// file and a body that is not JSON.
fn as_sent(api: &Api, rust_type: &RustType, value: Value) -> Value {
    match (rust_type, value) {
        (_, value @ (Value::String(_) | Value::Null)) => value,
        (RustType::String | RustType::Secret | RustType::Raw | RustType::File, value) => {
            Value::String(value.to_string())
        }
        (RustType::List(item), Value::Array(items)) => {
            items.into_iter().map(|value| as_sent(api, item, value)).collect()
        }
        (RustType::Named(name), Value::Object(mut entries)) => {
            let properties = api.schema(name).into_iter();
            for (name, property) in properties.flat_map(|schema| schema.documented.properties()) {
                if let Some(value) = entries.get_mut(name) {
                    *value = as_sent(api, &type_of_not_null(property), value.take());
                }
            }
            Value::Object(entries)
        }
        (_, value) => value,
    }
}

fn without_sample(wanted: &Wanted<'_>) -> Diagnostic {
    let subject = if wanted.location.is_some() { "parameter" } else { "request body" };
    let why = match wanted.is_required {
        true => "No value can be sent, so no test calls the operation.",
        false => "Tests call the operation without it.",
    };
    Diagnostic {
        rule: Rule::NoValue,
        subject: Subject::Node,
        location: Location::Pointer(wanted.pointer.clone()),
        what: format!("No value was found that the schema of this {subject} accepts."),
        why: why.to_owned(),
        help: "Correct constraints that exclude each other, or add an example that the schema accepts."
            .to_owned(),
    }
}
