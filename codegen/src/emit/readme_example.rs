//! Emits the first call of a consumer, for the readme.

use serde_json::Value;

use super::sample_calls::{credential, credential_parts};
use super::tokens::{error_type, status_variant};
use crate::api::{Api, Operation, RustType, type_of};
use crate::package::PACKAGE;
use openapi::doc_text::sanitize;
use openapi::naming;
use openapi::object::{Object, Schema};

/// Whether [`readme_example`] can show the operation: all that it asks for are texts.
pub fn can_be_shown(api: &Api, operation: &Operation) -> bool {
    let body = operation.body.as_ref().and_then(|body| body.rust_type.named()).and_then(|name| api.schema(name));
    let Some(body) = body.filter(|_| operation.body.as_ref().is_some_and(|body| body.required)) else { return false };
    let is_text = |name: &str| {
        let property = body.documented.property(name);
        property.is_some_and(|property| matches!(type_of(property), RustType::String | RustType::Secret))
    };
    let required = body.documented.array("required").iter();
    let needs_texts = required.filter_map(Value::as_str).all(is_text);
    let takes_texts = operation.arguments().all(|parameter| parameter.rust_type == RustType::String);
    needs_texts && takes_texts && body.documented.has("properties") && credential(api, operation).is_some()
}

/// The first call of a consumer, for the readme; it compiles as a doctest.
pub fn readme_example(api: &Api, operation: &Operation) -> String {
    let module = format!("{}::{}", PACKAGE.replace('-', "_"), api.name);
    let (error, variant) = match operation.errors().next() {
        Some(response) => (error_type(operation).to_string(), response),
        None => return String::new(),
    };
    let pattern = if variant.body.is_some() { "(_)" } else { "" };
    let scheme = credential(api, operation);
    let parts = scheme.map(credential_parts).unwrap_or_default();
    let credentials = scheme.map_or_else(
        || "()".to_owned(),
        |scheme| format!("credentials::{}::new({})", scheme.rust_name, parts.join(", ")),
    );
    let arguments: Vec<String> = operation.arguments().map(|parameter| parameter.rust_name.clone()).collect();
    let body_type = operation.body.as_ref().and_then(|body| body.rust_type.named());
    let required = body_type.and_then(|name| api.schema(name)).map(required_names).unwrap_or_default();
    let mut inputs: Vec<String> = Vec::new();
    for input in
        parts.iter().map(|part| (*part).to_owned()).chain(arguments.iter().cloned()).chain(required.iter().cloned())
    {
        if !inputs.contains(&input) {
            inputs.push(input);
        }
    }
    let server = api.servers.first().map(crate::api::Server::host).unwrap_or_default();
    let what = sanitize(&operation.summary).to_lowercase();
    format!(
        "## A first call\n\n```rust\nuse {module}::outcomes::{error};\nuse {module}::{{Client, credentials, types}};\n\n\
         /// {what}\nasync fn {function}({inputs}) -> Result<(), Box<dyn std::error::Error>> {{\n    \
         let client = Client::new(\"{server}\", {credentials})?;\n    \
         let body = types::{body}::new({required});\n    \
         match client.{function}({arguments}).send().await {{\n        \
         Ok(response) => println!(\"{{}}: {{:?}}\", response.status(), *response),\n        \
         Err(error) => match error.documented() {{\n            \
         Some({error}::{variant}{pattern}) => println!(\"{{error}}\"),\n            \
         _ => return Err(error.into()),\n        }},\n    }}\n    Ok(())\n}}\n# let _ = {function};\n```\n\n",
        what = format_args!("{}.", capitalized(&what)),
        function = operation.rust_name,
        inputs = inputs.iter().map(|input| format!("{input}: &str")).collect::<Vec<_>>().join(", "),
        body = body_type.unwrap_or_default(),
        required = required.join(", "),
        arguments = arguments.iter().map(String::as_str).chain(["&body"]).collect::<Vec<_>>().join(", "),
        variant = status_variant(variant.status),
    )
}

fn required_names(schema: &crate::api::Schema) -> Vec<String> {
    let required = schema.documented.array("required").iter();
    required.filter_map(Value::as_str).map(naming::snake).collect()
}

fn capitalized(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}
