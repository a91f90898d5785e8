//! Synthesizes values where a document has no example.

use serde_json::{Map, Value, json};

use crate::api::{Api, Body, Parameter, RustType, constraints};
use openapi::object::{Object, Schema};
use openapi::reference::schema_name;

/// The largest nesting of values. A deeper schema is recursive.
pub(super) const DEEPEST: usize = 8;

/// The remaining nesting at which only required properties are still included.
const SPARING: usize = 3;

/// The largest number of items and characters that are added to reach a lower bound.
const MOST: u64 = 1000;

/// Returns a value of a parameter: the document's first example, or a synthesized value.
pub(super) fn parameter_value(api: &Api, parameter: &Parameter) -> Value {
    let example = parameter.examples.first().map(|example| example.value.clone());
    example.unwrap_or_else(|| synthesize(api, &parameter.rust_name, &parameter.schema, DEEPEST))
}

/// Returns a value of a body: the document's first example, or a synthesized value.
pub(super) fn body_value(api: &Api, body: &Body) -> Value {
    let example = body.examples.first().map(|example| example.value.clone());
    let example = example.unwrap_or_else(|| synthesize(api, "value", &body.schema, DEEPEST));
    if body.rust_type == RustType::Raw { Value::String(raw_text(&example)) } else { example }
}

/// Returns an example as a body that is not JSON.
pub(super) fn raw_text(example: &Value) -> String {
    example.as_str().map_or_else(|| example.to_string(), str::to_owned)
}

/// Returns a value that matches `schema`, made of names and bounds.
pub(super) fn synthesize(api: &Api, name: &str, schema: &Value, depth: usize) -> Value {
    let Some(depth) = depth.checked_sub(1) else { return Value::Null };
    if let Some(example) = schema.get("example") {
        return example.clone();
    }
    if let Some(target) = schema_name(schema).and_then(|name| api.schema(name)) {
        return synthesize(api, name, &target.documented, depth);
    }
    if let Some(first) = schema.array("enum").first() {
        return first.clone();
    }
    if let Some(first) = schema.alternatives().chain(schema.subschemas()).next() {
        return synthesize(api, name, first, depth);
    }
    match schema.stated_type() {
        Some("boolean") => json!(true),
        Some("integer") => number(schema, json!(1)),
        Some("number") => number(schema, json!(1.5)),
        Some("array") => array(api, name, schema, depth),
        Some("string") => match schema.format() {
            // "sample" in base64.
            "byte" => json!("c2FtcGxl"),
            "uuid" => json!("12345678-1234-1234-1234-123456789012"),
            "date-time" => json!("2011-09-06T17:26:27Z"),
            _ => json!(string(schema, name)),
        },
        _ => object(api, schema, depth),
    }
}

/// Returns a bound of the schema that satisfies all the others, or `otherwise`.
fn number(schema: &Value, otherwise: Value) -> Value {
    let bounds = ["maximum", "minimum", "multipleOf"]
        .iter()
        .filter_map(|keyword| schema.get(keyword).cloned());
    let beside = bounds
        .clone()
        .filter_map(|bound| bound.as_i64())
        .flat_map(|bound| [bound.saturating_add(1), bound.saturating_sub(1)].map(Value::from));
    let between = [json!(0.5)];
    let mut candidates = bounds.chain([otherwise.clone()]).chain(beside).chain(between);
    candidates.find(|candidate| keeps_bounds(schema, candidate)).unwrap_or(otherwise)
}

fn keeps_bounds(schema: &Value, candidate: &Value) -> bool {
    let Some(value) = candidate.as_f64() else { return false };
    let above = schema
        .number("minimum")
        .is_none_or(|least| value > least || value >= least && !schema.is_true("exclusiveMinimum"));
    let below = schema
        .number("maximum")
        .is_none_or(|most| value < most || value <= most && !schema.is_true("exclusiveMaximum"));
    let divides = schema.number("multipleOf").is_none_or(|divisor| value % divisor == 0.0);
    let whole = candidate.is_i64() || candidate.is_u64() || schema.stated_type() == Some("number");
    above && below && divides && whole
}

fn string(schema: &Value, name: &str) -> String {
    let least = usize::try_from(schema.count("minLength").unwrap_or_default().min(MOST))
        .unwrap_or_default();
    let most =
        usize::try_from(schema.count("maxLength").unwrap_or(MOST).min(MOST)).unwrap_or_default();
    let padding = std::iter::repeat_n('x', least.saturating_sub(name.chars().count()));
    name.chars().chain(padding).take(most).collect()
}

fn array(api: &Api, name: &str, schema: &Value, depth: usize) -> Value {
    let Some(items) = schema.get("items") else { return json!([]) };
    let least = schema.count("minItems").unwrap_or(1).clamp(1, MOST);
    match synthesize(api, name, items, depth) {
        Value::Null => json!([]),
        _ if least == 1 && depth < SPARING && constraints(schema).is_empty() => json!([]),
        item => (0..least).map(|_| item.clone()).collect(),
    }
}

fn object(api: &Api, schema: &Value, depth: usize) -> Value {
    let filled = schema.properties().filter(|(name, _)| depth >= SPARING || schema.requires(name));
    let mut properties: Map<String, Value> = filled
        .map(|(name, property)| (name.clone(), synthesize(api, name, property, depth)))
        .collect();
    let values = schema.get("additionalProperties").filter(|values| values.is_object());
    if let Some(values) = values.filter(|_| properties.is_empty() && depth >= SPARING) {
        properties.insert("key".to_owned(), synthesize(api, "value", values, depth));
    }
    properties.retain(|_, value| !value.is_null());
    properties.into()
}
