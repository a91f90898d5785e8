//! Emits a test for every example: it decodes into its type and encodes to the same JSON. Of one
//! that breaks its own schema less is promised.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use serde_json::{Map, Value};
use syn::{File, parse_quote};

use super::source_file::Items;
use crate::api::{Api, Coding, Direction, Example, Fit, Operation, RustType, Schema};
use crate::package::Package;
use crate::tokens::{ident, rust_type};
use openapi::diagnostic::Diagnostic;
use openapi::markdown::is_invisible;
use openapi::naming::{self, UniqueNames};
use openapi::object::Object;

/// An example and the test that decodes it. A wrong example of a request has no test.
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
    let mut examples = Vec::new();
    for (test, example) in
        api.operations.iter().flat_map(|operation| tests_of(operation, &mut names))
    {
        examples.push(example);
        test.map_or(Ok(()), |test| items.add(test))?;
    }
    let leniency = api.schemas.iter().filter_map(|schema| leniency(schema, &mut names));
    leniency.into_iter().try_for_each(|test| items.add(test))?;
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

        #[path = "support/example_checks.rs"]
        mod checks;

        #types
        #runtime
    };
    Ok((Some(items.below(origin, head)), examples))
}

/// What a test says of an example.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Check {
    /// What is sent decodes, and encodes to the same JSON.
    RoundTrips,
    /// What is received decodes to the last property, and encodes to the same JSON but for nulls.
    IsComplete,
    /// What is received decodes, though something in it is of another type than documented.
    IsNotLost,
}

impl Check {
    /// Returns the check for an example, unless nothing is promised of it.
    fn of(direction: Direction, example: &Example) -> Option<Self> {
        match (direction, example.fit) {
            (Direction::Request, Fit::Whole) => Some(Self::RoundTrips),
            (Direction::Response, Fit::Whole) => Some(Self::IsComplete),
            (Direction::Response, Fit::InPart) => Some(Self::IsNotLost),
            (Direction::Request, Fit::InPart) | (_, Fit::Not) => None,
        }
    }

    /// Returns the name of the function of [`checks`](super::example_checks) that does it.
    fn function(self) -> Ident {
        ident(match self {
            Self::RoundTrips => "round_trips",
            Self::IsComplete => "is_complete",
            Self::IsNotLost => "is_not_lost",
        })
    }
}

fn tests_of(
    operation: &Operation,
    names: &mut UniqueNames,
) -> Vec<(Option<TokenStream>, ExampleTest)> {
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
    for (direction, what, rust_type, examples) in
        body.chain(responses).filter(|(_, _, rust_type, _)| **rust_type != RustType::Raw)
    {
        for example in examples {
            let name = names
                .take(&naming::snake(&format!("{} {what} {}", operation.rust_name, example.name)));
            let check = Check::of(direction, example);
            let code = check.map(|check| test(&name, check, rust_type, example));
            tests.push((code, ExampleTest { name, value: example.value.clone() }));
        }
    }
    tests
}

fn test(name: &str, check: Check, value: &RustType, example: &Example) -> TokenStream {
    let (name, check) = (ident(name), check.function());
    let (value, json) = (rust_type(value), pretty(&example.value));
    quote! {
        #[test]
        fn #name() {
            checks::#check::<#value>(#json);
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
            checks::decodes::<types::#name>(&["{}", #nulls #unknown]);
        }
    })
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
