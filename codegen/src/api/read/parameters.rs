//! Reads the parameters of operations.

use serde_json::{Value, json};

use super::{Reader, read_examples, rust_name};
use crate::api::styles::{self, Style};
use crate::api::{Example, Parameter, ParameterLocation, RustType, ValueSource, type_of_not_null};
use crate::schema::holds_secret;
use openapi::marks::UNSENDABLE;
use openapi::media_type::is_json;
use openapi::naming::{self, UniqueNames};
use openapi::object::{Object, SECRET_FORMAT, Schema};
use openapi::reference::schema_name;

/// Reads the parameters of an operation in the order of the document: those of the path item, which
/// its own override, then the others.
pub(super) fn read_parameters<'d>(
    reader: &mut Reader<'d>,
    item: &'d Value,
    operation: &'d Value,
    pointer: &str,
) -> Vec<Parameter> {
    let item_pointer = pointer.rsplit_once('/').map_or("", |(item_pointer, _)| item_pointer);
    let shared = item
        .array("parameters")
        .iter()
        .enumerate()
        .map(|(index, node)| (item_pointer, index, node));
    let own = operation
        .array("parameters")
        .iter()
        .enumerate()
        .map(|(index, node)| (pointer, index, node));
    let mut nodes: Vec<(String, &Value)> = Vec::new();
    for (base, index, node) in shared.chain(own) {
        let node = reader.resolve(node);
        nodes.retain(|(_, known)| !is_same(known, node));
        nodes.push((format!("{base}/parameters/{index}"), node));
    }
    // What the emitted methods themselves are, have and call.
    let mut names = UniqueNames::without(&["body", "call", "options", "pages", "send"]);
    let read = nodes
        .into_iter()
        .filter_map(|(pointer, node)| read_parameter(reader, &mut names, node, &pointer));
    read.collect()
}

fn read_parameter(
    reader: &mut Reader<'_>,
    names: &mut UniqueNames,
    node: &Value,
    pointer: &str,
) -> Option<Parameter> {
    if is_unsendable(reader, node, pointer) {
        return None;
    }
    let name = node.trimmed("name").to_owned();
    let location = match node.string("in") {
        Some("path") => ParameterLocation::Path,
        Some("query") => ParameterLocation::Query,
        Some("header") if is_ignored_header(&name) => return None,
        Some("header") if !is_header_name(&name) => {
            reader.unsupported(
                pointer,
                "a header whose name is not valid in HTTP",
                "Write the name as it is sent",
            );
            return None;
        }
        Some("header") if is_of_the_connection(&name) => {
            if !reader.refuses(
                pointer,
                "a header that the HTTP library sets",
                "Remove the parameter",
            ) {
                reader.note(pointer, "is set by the HTTP library");
            }
            return None;
        }
        Some("header") => ParameterLocation::Header,
        _ => ParameterLocation::Cookie,
    };
    if node.is_true("allowReserved") {
        reader
            .note(pointer, "is percent-encoded like all others, so that it cannot leave its pair");
    }
    let (schema, rust_type, style) = read_value(reader, node, location, pointer)?;
    let is_text = matches!(rust_type, RustType::String | RustType::Secret);
    let constant = constant(reader.resolve(unwrapped(&schema)));
    let wanted = rust_name(node).unwrap_or_else(|| naming::snake(&name));
    let required = node.is_true("required");
    Some(Parameter {
        rust_name: names.take(&wanted),
        pointer: pointer.to_owned(),
        location,
        required,
        deprecated: node.is_true("deprecated"),
        description: node.trimmed("description").to_owned(),
        rust_type,
        schema,
        style,
        explode: styles::explode(node, location),
        source: constant.filter(|_| required).map_or(ValueSource::Caller, ValueSource::Constant),
        examples: examples_of_parameter(reader, node, is_text),
        name,
    })
}

/// Returns true if the generated type can write its values as strings: not if it is a type of its
/// own, except an enum.
fn writes_itself(reader: &Reader<'_>, schema: &Value) -> bool {
    let named = schema.get("items").filter(|_| schema_name(schema).is_none()).unwrap_or(schema);
    match type_of_not_null(named) {
        RustType::Named(_) => reader.resolve(unwrapped(named)).has("enum"),
        _ => true,
    }
}

/// Reports a parameter or request body that a repair has marked as unknown.
pub(super) fn is_unsendable(reader: &mut Reader<'_>, node: &Value, pointer: &str) -> bool {
    let is_marked = node.has(UNSENDABLE);
    if is_marked {
        reader.unsupported(
            pointer,
            "a parameter or request body of which nothing is known",
            "Describe it",
        );
    }
    is_marked
}

/// Returns the schema of a parameter, the type of its values, and their style.
fn read_value(
    reader: &mut Reader<'_>,
    node: &Value,
    location: ParameterLocation,
    pointer: &str,
) -> Option<(Value, RustType, Style)> {
    let content = node.entries("content").next();
    if let Some((_, content)) = content.filter(|(media_type, _)| is_json(media_type)) {
        let schema = content.get("schema").cloned().unwrap_or_default();
        let rust_type = type_of_not_null(&schema);
        return Some((schema, rust_type, Style::Json));
    }
    let any_text = json!({"type": "string"});
    let schema = node.get("schema").or_else(|| content?.1.get("schema")).unwrap_or(&any_text);
    let simple = simple(reader, schema, pointer);
    let schema = simple.as_ref().unwrap_or(schema);
    let rust_type = type_of_not_null(schema);
    if is_untyped(&rust_type)
        && reader.refuses(pointer, "a parameter without a type", "Give its schema a `type`")
    {
        return None;
    }
    let is_simple = simple.is_some() && writes_itself(reader, schema);
    match styles::of_schema(node, location, &rust_type, is_simple) {
        Some(style) => Some((schema.clone(), rust_type, style)),
        None => {
            reader.unsupported(
                pointer,
                "a style that parameters in this location do not have",
                "Use `form`, `spaceDelimited`, `pipeDelimited` or `deepObject` in queries, `simple`, `label` or `matrix` \
                 in paths, `simple` in headers and `form` in cookies",
            );
            None
        }
    }
}

/// Returns true if the schema does not constrain the values, or the items of an array.
fn is_untyped(rust_type: &RustType) -> bool {
    match rust_type {
        RustType::List(inner) | RustType::Nullable(inner) => is_untyped(inner),
        other => *other == RustType::Any,
    }
}

/// Returns the examples of a parameter, as strings if it is sent as one.
fn examples_of_parameter(reader: &Reader<'_>, node: &Value, is_text: bool) -> Vec<Example> {
    let as_text = |value: Value| match value {
        Value::String(_) => value,
        other if is_text => Value::String(other.to_string()),
        other => other,
    };
    let examples = read_examples(reader, node).into_iter();
    examples.map(|example| Example { value: as_text(example.value), ..example }).collect()
}

/// Returns true if the name is a valid HTTP header name.
pub(super) fn is_header_name(name: &str) -> bool {
    http::HeaderName::try_from(name).is_ok()
}

/// Headers about the connection, which a caller must not set.
const OF_THE_CONNECTION: [&str; 8] = [
    "connection",
    "content-length",
    "host",
    "keep-alive",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

fn is_of_the_connection(name: &str) -> bool {
    OF_THE_CONNECTION.iter().any(|taken| name.eq_ignore_ascii_case(taken))
}

/// Returns true if two parameters are the same. Header names are case-insensitive.
fn is_same(one: &Value, other: &Value) -> bool {
    let (name, other_name) = (one.trimmed("name"), other.trimmed("name"));
    let same_name = if one["in"] == "header" {
        name.eq_ignore_ascii_case(other_name)
    } else {
        name == other_name
    };
    same_name && one["in"] == other["in"]
}

/// Returns true for header parameters that are ignored (OpenAPI 3.0.3, Parameter Object).
fn is_ignored_header(name: &str) -> bool {
    ["accept", "content-type", "authorization"]
        .iter()
        .any(|ignored| name.eq_ignore_ascii_case(ignored))
}

/// Returns the schema of a parameter whose values are strings, numbers or booleans, or arrays of
/// those. In a vendor's document, values of several types or of any type are sent as strings.
/// Returns `None` for all other values, which have a style of their own.
fn simple(reader: &mut Reader<'_>, schema: &Value, pointer: &str) -> Option<Value> {
    let resolved = reader.resolve(unwrapped(schema));
    let is_list_of_scalars = |schema: &Value| {
        let items = schema.get("items").map(|items| reader.resolve(unwrapped(items)));
        schema.stated_type() == Some("array") && items.is_some_and(is_scalar)
    };
    if is_scalar(resolved) || is_list_of_scalars(resolved) {
        return Some(schema.clone());
    }
    if !reader.may_leave_out() || !can_be_text(reader, resolved, DEEPEST) {
        return None;
    }
    reader.note(pointer, "can have several types, and is sent as a string");
    let mut text = json!({"type": "string"});
    if holds_secret(reader.root.pointer("/components/schemas").unwrap_or(&Value::Null), resolved) {
        text["format"] = json!(SECRET_FORMAT);
    }
    if let Some(sample) = sample(reader, resolved, DEEPEST) {
        text["example"] = json!(sample);
    }
    Some(text)
}

/// Returns a value of a schema with alternatives as a string: a documented one, or else a number or
/// a boolean.
fn sample(reader: &Reader<'_>, schema: &Value, depth: usize) -> Option<String> {
    let depth = depth.checked_sub(1)?;
    let documented = schema.get("example").or_else(|| schema.array("enum").first());
    let documented = documented.filter(|value| !value.is_null());
    let usual = || match schema.stated_type()? {
        "integer" => schema.get("minimum").cloned().or(Some(json!(1))),
        "number" => schema.get("minimum").cloned().or(Some(json!(1.5))),
        "boolean" => Some(json!(true)),
        _ => None,
    };
    match documented.cloned().or_else(usual) {
        Some(Value::String(string)) => Some(string),
        Some(other) => Some(other.to_string()),
        None => {
            let mut parts = schema.alternatives().chain(schema.subschemas());
            parts.find_map(|part| sample(reader, reader.resolve(part), depth))
        }
    }
}

/// The largest nesting of alternatives that is examined.
const DEEPEST: usize = 8;

pub(super) fn is_scalar(schema: &Value) -> bool {
    let has_alternatives = schema.alternatives().next().is_some();
    !has_alternatives
        && matches!(schema.stated_type(), Some("boolean" | "integer" | "number" | "string"))
}

/// Returns true if every value is a string, a number or a boolean, or is not constrained.
fn can_be_text(reader: &Reader<'_>, schema: &Value, depth: usize) -> bool {
    let Some(depth) = depth.checked_sub(1) else { return false };
    if is_scalar(schema) {
        return true;
    }
    let parts = schema.alternatives().chain(schema.subschemas());
    let untyped = !["type", "properties", "additionalProperties", "items"]
        .iter()
        .any(|keyword| schema.has(keyword));
    untyped && parts.map(|part| reader.resolve(part)).all(|part| can_be_text(reader, part, depth))
}

/// Returns the reference in an `allOf` that has no other subschema.
pub(super) fn unwrapped(schema: &Value) -> &Value {
    match schema.subschemas() {
        [only] => only,
        _ => schema,
    }
}

/// Returns the value of a schema that allows only one.
fn constant(schema: &Value) -> Option<String> {
    match schema.array("enum") {
        [Value::String(only)] => Some(only.clone()),
        [only @ (Value::Number(_) | Value::Bool(_))] => Some(only.to_string()),
        _ => None,
    }
}
