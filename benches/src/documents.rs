//! Parts and variations of documents with which generators are measured.

use std::collections::BTreeSet;

use codegen::api::{Api, Operation, ParameterLocation, RustType, Schema, Status};
use codegen::lower::Lowered;
use openapi::objects::METHODS;
use openapiv3::OpenAPI;
use serde_json::{Map, Value, json};

/// Returns the number of operations of a document.
pub fn operations(document: &Value) -> usize {
    let items = document["paths"].as_object().into_iter().flat_map(Map::values);
    items.flat_map(|item| METHODS.iter().filter(|method| item.get(method).is_some())).count()
}

/// Returns the document with only its first operations and everything that they refer to.
///
/// # Errors
/// Returns an error if the document has no paths.
pub fn beginning(document: &Value, size: usize) -> Result<Value, String> {
    let mut part = document.clone();
    let mut left = size;
    let paths = part["paths"].as_object_mut().ok_or("the document has no paths")?;
    for item in paths.values_mut().filter_map(Value::as_object_mut) {
        for method in METHODS {
            if left == 0 {
                item.remove(method);
            } else {
                left -= usize::from(item.contains_key(method));
            }
        }
    }
    paths.retain(|_, item| METHODS.iter().any(|method| item.get(method).is_some()));
    let mut used = BTreeSet::new();
    let mut open = references(&part["paths"]);
    while let Some(reference) = open.pop() {
        if used.insert(reference.clone()) {
            open.extend(document.pointer(&reference).into_iter().flat_map(references));
        }
    }
    for (section, components) in part["components"].as_object_mut().into_iter().flatten() {
        if let Some(components) =
            components.as_object_mut().filter(|_| section != "securitySchemes")
        {
            components.retain(|name, _| used.contains(&format!("/components/{section}/{name}")));
        }
    }
    Ok(part)
}

/// Returns a document with this number of operations, each with a parameter, a body, a response and
/// an error.
pub fn made_up(operations: usize) -> Value {
    let mut document = json!({
        "openapi": "3.0.3", "info": { "title": "Made up", "version": "1" }, "paths": {}, "components": { "schemas": {} },
    });
    for number in 0..operations {
        let content = |kind: &str| {
            let schema = format!("#/components/schemas/{kind}{number}");
            json!({ "application/json": { "schema": { "$ref": schema } } })
        };
        document["paths"][format!("/widgets{number}/{{id}}")]["post"] = json!({
            "operationId": format!("make_widget{number}"), "summary": "Makes a widget.",
            "parameters": [{ "name": "id", "in": "path", "required": true, "schema": { "type": "string" } }],
            "requestBody": { "required": true, "content": content("Order") },
            "responses": {
                "200": { "description": "The widget.", "content": content("Widget") },
                "404": { "description": "There is none.", "content": content("Problem") },
            },
        });
        let members = |names: &[&str]| {
            let members = names.iter().map(|name| {
                (
                    (*name).to_owned(),
                    json!({ "type": "string", "description": format!("What is called {name}.") }),
                )
            });
            json!({ "type": "object", "required": [names[0]], "properties": members.collect::<Map<_, _>>() })
        };
        let schemas = &mut document["components"]["schemas"];
        schemas[format!("Order{number}")] = members(&["name", "color", "size", "weight"]);
        schemas[format!("Widget{number}")] =
            members(&["id", "name", "color", "size", "weight", "made_at", "made_by"]);
        schemas[format!("Problem{number}")] = members(&["code", "message"]);
    }
    document
}

/// Returns the JSON pointers of the references in a value.
fn references(value: &Value) -> Vec<String> {
    match value {
        Value::Object(members) => {
            let own = members
                .get("$ref")
                .and_then(Value::as_str)
                .and_then(|reference| reference.strip_prefix('#'));
            members.values().flat_map(references).chain(own.map(str::to_owned)).collect()
        }
        Value::Array(items) => items.iter().flat_map(references).collect(),
        _ => Vec::new(),
    }
}

/// Returns the lowered document with the operations that progenitor accepts: strings and numbers in
/// path and query, JSON in bodies, the first success and the first error.
pub fn for_progenitor(lowered: &Lowered) -> Option<OpenAPI> {
    let mut document = serde_json::to_value(&lowered.openapi).ok()?;
    document["paths"] = Value::Object(Map::new());
    for operation in &lowered.api.operations {
        let path = operation.path.split('?').next().unwrap_or_default();
        document["paths"][path][operation.method.to_lowercase()] =
            described(&lowered.api, operation);
    }
    serde_json::from_value(document).ok()
}

fn described(api: &Api, operation: &Operation) -> Value {
    let parameters: Vec<Value> = operation
        .parameters
        .iter()
        .filter_map(|parameter| {
            let location = match parameter.location {
                ParameterLocation::Path => "path",
                ParameterLocation::Query => "query",
                ParameterLocation::Header | ParameterLocation::Cookie => return None,
            };
            let kind = if parameter.rust_type.is_number() { "integer" } else { "string" };
            Some(json!({
                "name": parameter.name, "in": location, "required": parameter.required,
                "description": parameter.description, "schema": { "type": kind },
            }))
        })
        .collect();
    let mut described = json!({
        "operationId": operation.id, "summary": operation.summary, "description": operation.description,
        "parameters": parameters, "responses": {},
    });
    if let Some(name) = operation.body.as_ref().and_then(|body| named(api, &body.rust_type)) {
        described["requestBody"] = json!({ "required": true, "content": content(name) });
    }
    let first = [operation.successes().next(), operation.errors().next()];
    for response in first.into_iter().flatten() {
        let status = match response.status {
            Status::Code(code) => code.to_string(),
            Status::Range(digit) => format!("{digit}XX"),
            Status::Default => "default".to_owned(),
        };
        described["responses"][status.as_str()] = json!({ "description": response.description });
        let name = response.body.as_ref().and_then(|body| named(api, &body.rust_type));
        if let Some(name) = name {
            described["responses"][status.as_str()]["content"] = content(name);
        }
    }
    described
}

/// Returns the name of the schema of a body, or of the items of a body that is an array.
fn named<'a>(api: &'a Api, body: &RustType) -> Option<&'a Schema> {
    match body {
        RustType::Named(name) => api.schema(name),
        RustType::List(item) => named(api, item),
        _ => None,
    }
}

fn content(schema: &Schema) -> Value {
    json!({ "application/json": { "schema": { "$ref": format!("#/components/schemas/{}", schema.name) } } })
}
