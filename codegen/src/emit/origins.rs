//! The origins of a client's public names in the document, by the names that the emitters choose.

use std::collections::BTreeMap;

use openapi::naming;
use openapi::object::{Object, Schema as _};
use openapi::pointer;

use super::headers;
use super::outcomes::success_type_name;
use crate::api::{Api, Operation, Schema};
use crate::harden;
use crate::tokens::{error_type, operation_type, status_variant};

/// Returns the JSON pointers to the origins of names: methods, operations and their setters,
/// outcomes and their variants, headers, credentials, types with their fields and variants.
pub(super) fn origins(api: &Api) -> BTreeMap<String, String> {
    let mut origins = BTreeMap::new();
    for operation in &api.operations {
        of_operation(operation, &mut origins);
    }
    for scheme in &api.schemes {
        origins.insert(format!("credentials::{}", scheme.rust_name), scheme.pointer.clone());
    }
    for (constant, pointer) in headers::origins(api) {
        origins.insert(format!("headers::{constant}"), pointer);
    }
    for schema in &api.schemas {
        of_schema(schema, &mut origins);
    }
    origins
}

fn of_operation(operation: &Operation, origins: &mut BTreeMap<String, String>) {
    let name = operation_type(operation);
    origins.insert(format!("Client::{}", operation.rust_name), operation.pointer.clone());
    origins.insert(format!("operations::{name}"), operation.pointer.clone());
    for setter in operation.setters() {
        origins.insert(format!("operations::{name}::{}", setter.rust_name), setter.pointer.clone());
    }
    let responses = pointer::child(&operation.pointer, "responses");
    for outcome in [error_type(operation), success_type_name(operation)] {
        origins.insert(format!("outcomes::{outcome}"), responses.clone());
        for response in &operation.responses {
            let variant = status_variant(response.status);
            origins.insert(format!("outcomes::{outcome}::{variant}"), response.pointer.clone());
        }
    }
}

fn of_schema(schema: &Schema, origins: &mut BTreeMap<String, String>) {
    let name = format!("types::{}", schema.name);
    let properties = pointer::child(&schema.pointer, "properties");
    for (property, described) in schema.documented.properties() {
        let pointer = pointer::child(&properties, property);
        let field = naming::snake(described.string("x-rust-name").unwrap_or(property));
        // The field of the property, its accessor, and the setter of the same name.
        origins.insert(format!("{name}.{field}"), pointer.clone());
        origins.insert(format!("{name}::{}", harden::accessor_name(&field)), pointer.clone());
        origins.insert(format!("{name}::{field}"), pointer);
    }
    let values = pointer::child(&schema.pointer, "enum");
    for (index, value) in schema.documented.array("enum").iter().enumerate() {
        if let Some(value) = value.as_str() {
            origins.insert(
                format!("{name}::{}", naming::variant(value)),
                pointer::entry(&values, index),
            );
        }
    }
    origins.insert(name, schema.pointer.clone());
}
