//! Emits a call of every operation with example values: for the wire tests, and for the readme.

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::{Map, Value, json};

use super::example_tests::pretty;
use super::outcomes;
use super::source_file::Items;
use crate::api::{
    Api, Body, Constraint, Operation, Parameter, Response, RustType, Scheme, SchemeKind, Status,
    ValueSource, constraints,
};
use crate::format::parsed;
use crate::package::Package;
use crate::tokens::{ident, rust_type};
use openapi::diagnostic::Diagnostic;
use openapi::matching::is_match;
use openapi::object::Schema;
use openapi::pointer::escape;
use openapi::reference::schema_name;

/// Emits `sample_calls/{api}.rs`.
///
/// # Errors
/// Returns code that is not valid Rust.
pub(super) fn emit(package: &Package, api: &Api, origin: &str) -> Result<String, Diagnostic> {
    let library = ident(&package.name.in_rust());
    let operations: Vec<&Operation> =
        api.operations.iter().filter(|operation| has_inputs(api, operation)).collect();
    let all = operations.iter().map(|operation| entry(api, operation));
    let mut items = Items::default();
    operations.iter().try_for_each(|operation| items.add(call(api, operation)))?;
    if let Some(values) = values(api) {
        items.add(values)?;
    }
    let used: Vec<_> = ["Client", "credentials", "outcomes", "types"]
        .into_iter()
        .filter(|name| items.names(name))
        .map(ident)
        .collect();
    let module = ident(&api.name);
    let used = (!used.is_empty()).then(|| quote!(use ::#library::#module::{#(#used),*};));
    let runtime = items.names("runtime").then(|| {
        quote!(
            use ::#library::runtime;
        )
    });
    let head = parsed(quote! {
        //! A call of every operation, with the examples of its document.

        #used
        #runtime
        use super::SampleCall;

        /// The calls of this API.
        pub const ALL: &[SampleCall] = &[#(#all),*];
    })?;
    Ok(items.below(origin, head))
}

/// Emits code that compiles only if all types of the API can be compared, cloned, and given to
/// another thread.
fn values(api: &Api) -> Option<TokenStream> {
    let types = api.schemas.iter().map(|schema| {
        let name = ident(&schema.name);
        quote!(types::#name)
    });
    let outcomes = api.operations.iter().flat_map(outcomes::names);
    let all: Vec<TokenStream> = types.chain(outcomes.map(|name| quote!(outcomes::#name))).collect();
    (!all.is_empty()).then(|| quote!(const _: () = { #(super::is_value::<#all>();)* };))
}

/// Returns true if there is a value of each required input.
fn has_inputs(api: &Api, operation: &Operation) -> bool {
    let mut arguments = operation.arguments();
    let mut body = operation.body.iter().filter(|body| body.required);
    arguments.all(|parameter| api.sample_of_parameter(parameter).is_some())
        && body.all(|_| api.sample_of_body(operation).is_some())
}

fn entry(api: &Api, operation: &Operation) -> TokenStream {
    let name = format!("{}/{}", api.name, operation.rust_name);
    let function = ident(&operation.rust_name);
    let responses = operation.responses.iter().map(|response| sample_response(api, response));
    let (required, optional) = inputs(api, operation);
    let (required, optional) = (pretty(&required), pretty(&optional));
    let violations = violations(api, operation).into_iter().map(|(constraint, pointer, value)| {
        let value = value.to_string();
        quote!((#constraint, #pointer, #value))
    });
    let connection = connection(operation);
    quote! {
        SampleCall {
            name: #name,
            required: #required,
            optional: #optional,
            violations: &[#(#violations),*],
            responses: &[#(#responses),*],
            connection: #connection,
            call: |connection, inputs| Box::pin(self::#function(connection, inputs)),
        }
    }
}

/// Emits the start of a connection, on which a server stands for those of the operation, too.
fn connection(operation: &Operation) -> TokenStream {
    let origins: Vec<&str> = operation.origins().collect();
    if origins.is_empty() {
        return quote!(super::builder::<Client<()>>);
    }
    quote!(|server| super::builder::<Client<()>>(server)#(.replace_origin(#origins, server))*)
}

/// Returns the values of required and of optional inputs, by the names of the arguments and
/// setters.
fn inputs(api: &Api, operation: &Operation) -> (Value, Value) {
    let parameter = |parameter: &Parameter| {
        Some((parameter.rust_name.clone(), api.sample_of_parameter(parameter)?.clone()))
    };
    let mut required: Map<String, Value> = operation.arguments().filter_map(parameter).collect();
    let mut optional: Map<String, Value> = operation.setters().filter_map(parameter).collect();
    if let (Some(body), Some(value)) = (&operation.body, api.sample_of_body(operation)) {
        let inputs = if body.required { &mut required } else { &mut optional };
        inputs.insert("body".to_owned(), value.clone());
    }
    (required.into(), optional.into())
}

/// Returns the status code, media type and body of a response. The body is an empty object if no
/// better one was found.
fn sample_response(api: &Api, response: &Response) -> TokenStream {
    let status = match response.status {
        Status::Code(code) => code,
        Status::Range(digit) => digit * 100 + 99,
        Status::Default => 500,
    };
    let status = proc_macro2::Literal::u16_unsuffixed(status);
    let Some(body) = &response.body else { return quote!((#status, "", "")) };
    let example = api.sample_of_response(response).cloned().unwrap_or_else(|| json!({}));
    let media_type = &body.media_type;
    let example = match &example {
        Value::String(text) if body.rust_type == RustType::Raw => quote!(#text),
        example => pretty(example),
    };
    quote!((#status, #media_type, #example))
}

fn call(api: &Api, operation: &Operation) -> TokenStream {
    let function = ident(&operation.rust_name);
    let has_deprecated =
        operation.deprecated || operation.setters().any(|parameter| parameter.deprecated);
    let deprecated = has_deprecated
        .then(|| quote!(#[expect(deprecated, reason = "deprecated operations are called like all others")]));
    let credential = credentials(api, operation);
    let body = operation.body.as_ref().map(|body| ("body", &body.rust_type, body.required));
    let parameter =
        |parameter: &'_ Parameter| (parameter.rust_name.clone(), parameter.rust_type.clone());
    let mut required: Vec<(String, RustType)> = operation.arguments().map(parameter).collect();
    let mut optional: Vec<(String, RustType)> = operation.setters().map(parameter).collect();
    if let Some((name, body_type, is_required)) = body {
        let inputs = if is_required { &mut required } else { &mut optional };
        inputs.push((name.to_owned(), body_type.clone()));
    }
    let chosen = operation.body.as_ref().filter(|body| !body.media_type_choices.is_empty());
    let chosen = chosen.map(|body| &body.media_type);
    let media_type = |name: &str| {
        let is_chosen = name == "body" && body.is_some();
        chosen.filter(|_| is_chosen).map(|media_type| quote!(#media_type,))
    };
    let arguments = required.iter().map(|(name, value_type)| {
        let (input, reference) = (input(name, value_type), reference(value_type));
        let media_type = media_type(name);
        quote!(#media_type #reference #input.expect("a required input is present"))
    });
    let setters = optional.iter().map(|(name, value_type)| {
        let (setter, input, reference) =
            (ident(name), input(name, value_type), reference(value_type));
        let media_type = media_type(name);
        quote! {
            let call = match #input {
                Some(value) => call.#setter(#media_type #reference value),
                None => call,
            };
        }
    });
    // A body that is a bare string would print itself.
    let body =
        operation.body.as_ref().filter(|body| body.rust_type.named().is_some()).map(|body| {
            let value = rust_type(&body.rust_type);
            quote!(, &super::input::<#value>(&inputs, "body"))
        });
    let inputs =
        ident(if required.is_empty() && optional.is_empty() { "_inputs" } else { "inputs" });
    quote! {
        #deprecated
        async fn #function(connection: runtime::ClientBuilder, #inputs: serde_json::Value) -> super::Outcome {
            let connection = connection.build().expect("the connection is valid");
            let client = super::shared(Client::with_connection(connection, #credential));
            let call = client.#function(#(#arguments),*);
            #(#setters)*
            let printed = super::printed(&[&client, &call #body]);
            super::outcome(printed, call.send().await)
        }
    }
}

/// Emits an input of a sample call, if it is given.
fn input(name: &str, value_type: &RustType) -> TokenStream {
    if *value_type == RustType::Raw {
        return quote!(super::input::<String>(&inputs, #name).map(runtime::RawBody::from));
    }
    let value = rust_type(value_type);
    quote!(super::input::<#value>(&inputs, #name))
}

/// Returns `&` for types that are passed by reference.
fn reference(value_type: &RustType) -> TokenStream {
    if value_type.is_number() { TokenStream::new() } else { quote!(&) }
}

/// Returns the security schemes of the first alternative, in the order in which a client holds
/// their credentials.
pub(super) fn credential_schemes<'a>(api: &'a Api, operation: &Operation) -> Vec<&'a Scheme> {
    let names = operation.security.first().into_iter().flatten().map(|(name, _)| name);
    let mut schemes: Vec<&Scheme> =
        names.filter_map(|name| api.schemes.iter().find(|scheme| scheme.name == *name)).collect();
    schemes.sort_by(|one, other| one.rust_name.cmp(&other.rust_name));
    schemes
}

/// Emits the credentials of the first alternative, as a client holds them.
fn credentials(api: &Api, operation: &Operation) -> TokenStream {
    let values: Vec<TokenStream> =
        credential_schemes(api, operation).into_iter().map(credential_value).collect();
    match values.as_slice() {
        [one] => one.clone(),
        several => quote!((#(#several),*)),
    }
}

fn credential_value(scheme: &Scheme) -> TokenStream {
    let name = ident(&scheme.rust_name);
    match &scheme.kind {
        SchemeKind::Basic { user_id, .. } => quote!(credentials::#name::new(#user_id, "canary")),
        _ => quote!(credentials::#name::new("canary")),
    }
}

/// Returns the names of a credential's parts.
pub(super) fn credential_parts(scheme: &Scheme) -> Vec<&str> {
    match &scheme.kind {
        SchemeKind::Basic { user_id, password } => vec![user_id, password],
        SchemeKind::Token { .. } => vec!["token"],
        SchemeKind::QueryKey(_) | SchemeKind::CookieKey(_) => vec!["key"],
    }
}

/// Returns for each constraint on what is sent: the constraint, a pointer to an input, and a value
/// that violates it.
fn violations(api: &Api, operation: &Operation) -> Vec<(String, String, Value)> {
    let parameters =
        operation.parameters.iter().filter(|parameter| parameter.source == ValueSource::Caller);
    let mut inputs_with_schemas: Vec<(String, &Value)> = parameters
        .map(|parameter| (format!("/{}", parameter.rust_name), &parameter.schema))
        .collect();
    inputs_with_schemas.extend(operation.body.iter().flat_map(|body| {
        properties(api, body).map(|(name, property)| (format!("/body/{}", escape(name)), property))
    }));
    // If an example of the document lacks a property, there is no value to replace.
    let (required, optional) = inputs(api, operation);
    inputs_with_schemas.retain(|(pointer, _)| {
        required.pointer(pointer).or_else(|| optional.pointer(pointer)).is_some()
    });
    let mut violations = Vec::new();
    for (pointer, schema) in inputs_with_schemas {
        for constraint in constraints(schema) {
            let known = required.pointer(&pointer).or_else(|| optional.pointer(&pointer));
            if let Some(value) = violation(known, &constraint) {
                violations.push((constraint.to_string(), pointer.clone(), value));
            }
        }
    }
    violations
}

/// Returns the properties of a body.
fn properties<'a>(api: &'a Api, body: &'a Body) -> impl Iterator<Item = (&'a String, &'a Value)> {
    let schema = schema_name(&body.schema)
        .and_then(|name| api.schema(name))
        .map(|schema| &schema.documented);
    schema.unwrap_or(&body.schema).properties()
}

/// A string that few patterns match.
const UNUSUAL: &str = "\u{0}\n\u{0}\n\u{0}\n\u{0}\n\u{0}\n\u{0}\n\u{0}\n\u{0}\n";

/// The integers below this one are all exact in floating point.
const MOST_EXACT: f64 = 9_007_199_254_740_992.0;

/// Returns a value that violates `constraint`, in place of one that is `known` not to.
fn violation(known: Option<&Value>, constraint: &Constraint) -> Option<Value> {
    let string = |length: u64| json!("x".repeat(usize::try_from(length).unwrap_or_default()));
    // Beyond that, a number cannot be told from the next one.
    let near = |bound: &str| bound.parse::<f64>().ok().filter(|bound| bound.abs() < MOST_EXACT);
    let whole = |bound: f64| json!(bound as i64);
    let item = known.and_then(|known| known.get(0)).cloned().unwrap_or_default();
    let array = |length: u64| (0..length).map(|_| item.clone()).collect::<Value>();

    Some(match constraint {
        Constraint::Uuid => json!("no-uuid"),
        Constraint::UniqueItems => array(2),
        Constraint::Pattern(pattern) if !is_match(pattern, UNUSUAL) => json!(UNUSUAL),
        Constraint::MinLength(count) if *count < 100_000 => string(count - 1),
        Constraint::MaxLength(count) if *count < 100_000 => string(count + 1),
        Constraint::MinItems(count) if *count < 100_000 => array(count - 1),
        Constraint::MaxItems(count) if *count < 100_000 => array(count + 1),
        Constraint::MinProperties(_) => json!({}),
        Constraint::Minimum(bound) => whole(near(bound)?.ceil() - 1.0),
        Constraint::ExclusiveMinimum(bound) | Constraint::ExclusiveMaximum(bound) => {
            whole(near(bound)?)
        }
        Constraint::Maximum(bound) => whole(near(bound)?.floor() + 1.0),
        _ => return None,
    })
}
