//! Creates the input of progenitor: a document with the lowered schemas and without operations.
//!
//! progenitor types schemas well; of the code that it emits for an operation, nothing could stay:
//! URLs that let `..` through, headers nobody asked for, one error type, bodies and tokens in
//! messages. Operations are emitted from the [`Api`](crate::api::Api) instead.

use openapiv3::OpenAPI;
use serde_json::{Map, Value, json};

use openapi::components::schema_pointer;
use openapi::diagnostic::{Diagnostic, Location, Subject};
use openapi::rule::Rule;

pub(super) fn run(schemas: Map<String, Value>) -> Result<OpenAPI, Vec<Diagnostic>> {
    let mut openapi = OpenAPI { openapi: "3.0.3".to_owned(), ..OpenAPI::default() };
    openapi.info.version = "0".to_owned();
    let mut components = openapiv3::Components::default();
    let mut diagnostics = Vec::new();
    for (name, schema) in schemas {
        match serde_json::from_value(json!(schema)) {
            Ok(schema) => {
                components.schemas.insert(name, schema);
            }
            Err(_) => diagnostics.push(Diagnostic {
                rule: Rule::UnsupportedShape,
                subject: Subject::Node,
                location: Location::Pointer(schema_pointer(&name)),
                what: format!("The schema `{name}` is not a valid OpenAPI 3.0 schema."),
                why: "No Rust type can be generated for it.".to_owned(),
                help: "Compare it with the Schema Object of OpenAPI 3.0.3.".to_owned(),
            }),
        }
    }
    openapi.components = Some(components);
    if diagnostics.is_empty() { Ok(openapi) } else { Err(diagnostics) }
}
