//! Work is bounded by the size of a document: shapes that double with each step become a client of
//! a size like that of the document, or are refused where they grow.
//!
//! Without a bound none of them ends, so what is generated is measured, and time is not.

use codegen::package::Package;
use openapi::Findings;
use openapi::policy::Policy;
use openapi::rule::Rule;
use openapi::source::SpecSource;
use serde_json::{Map, Value, json};

/// The number of steps. Doubling as often gives more than a computer can hold.
const STEPS: usize = 40;

/// The most that a client may be larger than its document.
const GROWTH: usize = 100;

/// The size of a client of the smallest document.
const LEAST: usize = 300_000;

fn link(number: usize) -> Value {
    json!({ "$ref": format!("#/components/schemas/s{number}") })
}

fn object(property: &str) -> Value {
    json!({ "type": "object", "properties": { property: { "type": "string" } } })
}

/// Returns a document that sends and receives the last schema of a chain, each link of which is
/// made of the one before.
fn chain(steps: usize, first: Value, step: fn(usize) -> Value) -> Value {
    let later = (1..=steps).map(|number| (format!("s{number}"), step(number)));
    let schemas: Map<String, Value> =
        std::iter::once(("s0".to_owned(), first)).chain(later).collect();
    let mut root = json!({"type": "object", "properties": {"last": link(steps)}});
    root["example"] = json!({"last": {"id": "a", "a": {"a": {}}}});
    let content = json!({"application/json": {"schema": root}});
    json!({
        "openapi": "3.0.3", "info": {"title": "Growth", "version": "1"},
        "paths": {"/growth": {"post": {"operationId": "post_growth", "requestBody": {"content": content},
            "responses": {"200": {"description": "It.", "content": content}}}}},
        "components": {"schemas": schemas}})
}

fn generated(document: &Value) -> Result<codegen::Generated, Vec<Findings>> {
    let source = SpecSource::new("growth.json", document.to_string());
    codegen::generate(&Package::default(), vec![source], Policy::Repair)
}

#[track_caller]
fn stays_small(document: &Value) {
    let generated = generated(document).unwrap_or_else(|found| panic!("{found:#?}"));
    let size: usize = generated.files.values().map(String::len).sum();
    let most = LEAST + GROWTH * document.to_string().len();
    assert!(size <= most, "{size} bytes instead of at most {most}");
}

/// Checks that a document is refused where it grows.
#[track_caller]
fn is_refused(document: &Value) {
    let found = generated(document).expect_err("it is refused");
    let pointers = found[0].diagnostics.iter().filter(|found| found.rule == Rule::UnsupportedShape);
    let pointers: Vec<&str> = pointers.filter_map(|found| found.location.pointer()).collect();
    assert!(
        matches!(pointers.as_slice(), [only] if only.starts_with("/components/schemas/s")),
        "{pointers:?}"
    );
}

#[test]
fn subschemas_that_double_stay_small() {
    stays_small(&chain(STEPS, object("id"), |n| json!({"allOf": [link(n - 1), link(n - 1)]})));
    stays_small(&chain(
        STEPS,
        object("id"),
        |n| json!({"allOf": [{"allOf": [link(n - 1)]}, {"allOf": [link(n - 1), object(&format!("p{n}"))]}]}),
    ));
}

#[test]
fn properties_that_double_stay_small() {
    stays_small(&chain(STEPS, object("id"), |n| {
        let property = |name| json!({"allOf": [link(n - 1), object(name)]});
        json!({"type": "object", "properties": {"a": property("x"), "b": property("y")}})
    }));
    stays_small(&chain(STEPS, object("id"), |n| {
        let restated = json!({"allOf": [link(n - 1)], "required": ["id"]});
        json!({"allOf": [
            {"type": "object", "properties": {"a": link(n - 1)}},
            {"type": "object", "properties": {"a": restated, "b": link(n - 1)}}]})
    }));
}

#[test]
fn alternatives_that_double_stay_small() {
    stays_small(&chain(
        STEPS,
        object("id"),
        |n| json!({"oneOf": [link(n - 1), {"allOf": [link(n - 1), object(&format!("p{n}"))]}]}),
    ));
    stays_small(&chain(
        STEPS,
        object("id"),
        |n| json!({"allOf": [link(n - 1), {"oneOf": [object(&format!("p{n}")), object(&format!("q{n}"))]}]}),
    ));
}

#[test]
fn arrays_and_maps_that_double_stay_small() {
    stays_small(&chain(
        STEPS,
        json!({"type": "string"}),
        |n| json!({"type": "array", "items": link(n - 1), "additionalProperties": link(n - 1)}),
    ));
    stays_small(&chain(
        500,
        json!({"type": "string"}),
        |n| json!({"type": "array", "items": link(n - 1)}),
    ));
}

#[test]
fn schemas_that_inherit_more_and_more_are_refused() {
    let longer = |n: usize| json!({"allOf": [link(n - 1), object(&format!("p{n}"))]});
    stays_small(&chain(100, object("id"), longer));
    is_refused(&chain(2000, object("id"), longer));
}

#[test]
fn alternatives_that_gather_more_and_more_are_refused() {
    let gathering = |n: usize| json!({"oneOf": [link(n - 1), object(&format!("p{n}"))]});
    stays_small(&chain(60, object("id"), gathering));
    is_refused(&chain(800, object("id"), gathering));
}

#[test]
fn alternatives_of_each_other_are_refused() {
    is_refused(&chain(
        800,
        json!({"oneOf": [link(1), object("id")]}),
        |n| json!({"oneOf": [link(n - 1), link((n + 1) % 801), object(&format!("p{n}"))]}),
    ));
}

#[test]
fn large_alternatives_that_gather_are_refused() {
    is_refused(&chain(50, object("id"), |n| {
        let names = (0..100).map(|other| format!("p{n}_{other}"));
        let properties: Map<String, Value> =
            names.map(|name| (name, json!({"type": "string"}))).collect();
        json!({"oneOf": [link(n - 1), {"type": "object", "properties": properties}]})
    }));
}

#[test]
fn alternatives_with_own_properties_are_refused_once() {
    is_refused(&chain(800, object("id"), |n| {
        let mut schema = object(&format!("own{n}"));
        schema["oneOf"] = json!([link(n - 1), object(&format!("p{n}"))]);
        schema
    }));
}

#[test]
fn alternatives_that_lead_to_each_other_alone_are_refused() {
    is_refused(&chain(
        800,
        json!({"oneOf": [link(1), object("id")]}),
        |n| json!({"oneOf": [link(n - 1), link((n + 1) % 801)]}),
    ));
}

#[test]
fn schemas_that_are_all_made_of_each_other_are_refused() {
    is_refused(&chain(STEPS, object("id"), |n| {
        let others = (1..=STEPS).filter(|other| *other != n).map(link);
        json!({"allOf": others.chain([object(&format!("p{n}"))]).collect::<Vec<_>>()})
    }));
}
