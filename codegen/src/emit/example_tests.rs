//! Emits a test for every example: it decodes into its type and encodes to the same JSON.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use serde_json::{Map, Value};
use syn::{File, parse_quote};

use super::source_file::Items;
use crate::api::{Api, Coding, Direction, Example, Operation, RustType, Schema};
use crate::package::Package;
use crate::tokens::{ident, rust_type};
use openapi::diagnostic::Diagnostic;
use openapi::markdown::is_invisible;
use openapi::naming::{self, UniqueNames};
use openapi::object::Object;

/// A test that decodes an example.
#[derive(Clone, Debug)]
pub struct ExampleTest {
    /// Name of the test.
    pub name: String,
    /// The example.
    pub value: Value,
}

/// Emits `tests/{api}.rs`, if there is anything to test, and returns its tests of examples.
///
/// # Errors
/// Returns code that is not valid Rust.
pub(super) fn emit(
    package: &Package,
    api: &Api,
    origin: &str,
) -> Result<(Option<String>, Vec<ExampleTest>), Diagnostic> {
    let mut names = UniqueNames::default();
    let mut items = Items::default();
    let mut helpers = TokenStream::new();
    let mut examples = Vec::new();
    let mut directions = Vec::new();
    for (direction, code, test) in
        api.operations.iter().flat_map(|operation| round_trips(operation, &mut names))
    {
        items.add(code)?;
        examples.push(test);
        directions.push(direction);
    }
    helpers.extend(round_trip_helpers(&directions));
    let leniency: Vec<TokenStream> =
        api.schemas.iter().filter_map(|schema| leniency(schema, &mut names)).collect();
    if !leniency.is_empty() {
        helpers.extend(leniency_helper());
    }
    leniency.into_iter().try_for_each(|test| items.add(test))?;
    items.add(helpers)?;
    if items.is_empty() {
        return Ok((None, examples));
    }
    let (library, api) = (ident(&package.name.in_rust()), ident(&api.name));
    let types = items.names("types").then(|| quote!(use ::#library::#api::types;));
    let runtime = items.names("runtime").then(|| {
        quote!(
            use ::#library::runtime;
        )
    });
    let head: File = parse_quote! {
        //! Tests that the document's examples match the types, and that received types accept
        //! missing and unknown properties.

        #types
        #runtime
    };
    Ok((Some(items.below(origin, head)), examples))
}

fn round_trips(
    operation: &Operation,
    names: &mut UniqueNames,
) -> Vec<(Direction, TokenStream, ExampleTest)> {
    // Multipart bodies are written, but never decoded.
    let body =
        operation.body.iter().filter(|body| body.coding != Coding::Multipart).map(|body| {
            (Direction::Request, "request".to_owned(), &body.rust_type, &body.examples)
        });
    let responses = operation.responses.iter().filter_map(|response| {
        let body = response.body.as_ref()?;
        let what = format!("response {}", response.status);
        Some((Direction::Response, what, &body.rust_type, &body.examples))
    });
    let mut tests = Vec::new();
    for (direction, what, rust_type, samples) in
        body.chain(responses).filter(|(_, _, rust_type, _)| **rust_type != RustType::Raw)
    {
        for sample in samples {
            let name = names
                .take(&naming::snake(&format!("{} {what} {}", operation.rust_name, sample.name)));
            tests.push((
                direction,
                round_trip(&name, direction, rust_type, sample),
                ExampleTest { name, value: sample.value.clone() },
            ));
        }
    }
    tests
}

fn round_trip(
    name: &str,
    direction: Direction,
    sample_type: &RustType,
    sample: &Example,
) -> TokenStream {
    let (name, sample_type, json) = (ident(name), rust_type(sample_type), pretty(&sample.value));
    // Null has a meaning in a request, and is the same as nothing in a response.
    let check = match direction {
        Direction::Request => quote!(round_trips),
        Direction::Response => quote!(round_trips_without_nulls),
    };
    quote! {
        #[test]
        fn #name() {
            #check::<#sample_type>(#json);
        }
    }
}

fn round_trip_helpers(directions: &[Direction]) -> TokenStream {
    if directions.is_empty() {
        return TokenStream::new();
    }
    let sent = directions.contains(&Direction::Request).then(|| {
        quote! {
            #[track_caller]
            fn round_trips<T: serde::de::DeserializeOwned + serde::Serialize>(example: &str) {
                let (encoded, example) = encoded_again::<T>(example);
                assert_eq!(encoded, example);
            }
        }
    });
    let received = directions.contains(&Direction::Response).then(|| {
        quote! {
            #[track_caller]
            fn round_trips_without_nulls<T: serde::de::DeserializeOwned + serde::Serialize>(example: &str) {
                let (encoded, example) = encoded_again::<T>(example);
                assert_eq!(without_nulls(encoded), without_nulls(example));
            }

            fn without_nulls(value: serde_json::Value) -> serde_json::Value {
                match value {
                    serde_json::Value::Object(properties) => {
                        let properties = properties.into_iter().filter(|(_, value)| !value.is_null());
                        properties.map(|(name, value)| (name, without_nulls(value))).collect()
                    }
                    serde_json::Value::Array(items) => items.into_iter().map(without_nulls).collect(),
                    scalar => scalar,
                }
            }
        }
    });
    quote! {
        #sent
        #received

        /// Returns what is encoded of the decoded example, and the example.
        #[track_caller]
        fn encoded_again<T: serde::de::DeserializeOwned + serde::Serialize>(
            example: &str,
        ) -> (serde_json::Value, serde_json::Value) {
            let value: T = serde_json::from_str(example).expect("the example decodes");
            let encoded = runtime::exposing_secrets(|| serde_json::to_string(&value)).expect("the value encodes");
            let encoded = serde_json::from_str(&encoded).expect("the encoded value is JSON");
            let example = serde_json::from_str(example).expect("the example is JSON");
            (with_floats(encoded), with_floats(example))
        }

        /// Returns the value with `1.0` for `1`.
        fn with_floats(value: serde_json::Value) -> serde_json::Value {
            match value {
                serde_json::Value::Number(number) => number.as_f64().into(),
                serde_json::Value::Object(properties) => {
                    properties.into_iter().map(|(name, value)| (name, with_floats(value))).collect()
                }
                serde_json::Value::Array(items) => items.into_iter().map(with_floats).collect(),
                scalar => scalar,
            }
        }
    }
}

/// Emits a test that a received type decodes from nothing, from nulls and with unknown properties.
fn leniency(schema: &Schema, names: &mut UniqueNames) -> Option<TokenStream> {
    let properties =
        schema.documented.object("properties").filter(|members| !members.is_empty())?;
    if schema.direction == Direction::Request {
        return None;
    }
    let takes_any = !matches!(schema.documented.get("additionalProperties"), Some(Value::Object(values)) if !values.is_empty());
    let unknown = takes_any.then(|| quote!(, r#"{"x-unknown": [1]}"#));
    let nulls: Map<String, Value> =
        properties.keys().map(|name| (name.clone(), Value::Null)).collect();
    let nulls = Value::Object(nulls).to_string();
    let test =
        format_ident!("{}", names.take(&naming::snake(&format!("{} is lenient", schema.name))));
    let name = ident(&schema.name);
    Some(quote! {
        #[test]
        fn #test() {
            decodes::<types::#name>(&["{}", #nulls #unknown]);
        }
    })
}

fn leniency_helper() -> TokenStream {
    quote! {
        #[track_caller]
        fn decodes<T: serde::de::DeserializeOwned>(bodies: &[&str]) {
            for body in bodies {
                assert!(serde_json::from_str::<T>(body).is_ok(), "{body} must decode");
            }
        }
    }
}

/// Returns formatted JSON as a raw string literal.
pub(super) fn pretty(value: &Value) -> TokenStream {
    let json = format!("{value:#}");
    if json.chars().any(is_invisible) {
        return quote!(#json);
    }
    // A raw string ends at a quote that as many hashes follow.
    let mut hashes = "#".to_owned();
    while json.contains(&format!("\"{hashes}")) {
        hashes.push('#');
    }
    format!("r{hashes}\"{json}\"{hashes}").parse().unwrap_or_else(|_| quote!(#json))
}
