//! Emits a call of every operation with sample values: for the wire tests, and for the readme.

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::{Map, Value, json};

use super::samples::pretty;
use super::tokens::{error_type, ident, rust_type, status_variant};
use crate::PACKAGE;
use crate::api::{
    Api, Body, Operation, Parameter, Response, Rule, RustType, Scheme, SchemeKind, Status, escape, rules, schema_name,
};
use crate::naming;

/// How deep made-up samples go; a deeper schema refers to itself.
const DEEPEST: usize = 6;

/// The file `sample_calls/{api}.rs`.
pub fn emit(api: &Api) -> TokenStream {
    let all = api.operations.iter().map(|operation| entry(api, operation));
    let calls = api.operations.iter().map(|operation| call(api, operation));
    let code = quote!(#(#calls)*);
    let mentioned = |name: &str| code.to_string().contains(&format!("{name} ::"));
    let used = ["credentials", "types"].into_iter().filter(|name| mentioned(name)).map(ident);
    let module = ident(&api.name);
    let input = code.to_string().contains("input ::").then(|| quote!(input,));
    let runtime = mentioned("runtime").then(|| {
        quote!(
            use oauth_token_clients::runtime;
        )
    });
    quote! {
        //! A call of every operation, made of the samples in its document.

        use oauth_token_clients::#module::{Client, #(#used),*};
        #runtime
        use super::{SampleCall, #input outcome};

        /// The calls of this API.
        pub const ALL: &[SampleCall] = &[#(#all),*];

        #code
    }
}

fn entry(api: &Api, operation: &Operation) -> TokenStream {
    let name = format!("{}/{}", api.name, operation.rust_name);
    let function = ident(&operation.rust_name);
    let responses = operation.responses.iter().map(|response| sample_response(api, response));
    let (required, optional) = inputs(api, operation);
    let (required, optional) = (pretty(&required), pretty(&optional));
    let violations = violations(api, operation).into_iter().map(|(rule, pointer, value)| {
        let value = value.to_string();
        quote!((#rule, #pointer, #value))
    });
    quote! {
        SampleCall {
            name: #name,
            required: #required,
            optional: #optional,
            violations: &[#(#violations),*],
            responses: &[#(#responses),*],
            call: |base_url, inputs| Box::pin(#function(base_url, inputs)),
        }
    }
}

/// Sample values of what is required and of what is optional, by the names of the arguments and setters.
fn inputs(api: &Api, operation: &Operation) -> (Value, Value) {
    let parameter = |parameter: &Parameter| {
        let sample = parameter.samples.first().map(|sample| sample.value.clone());
        let sample = sample.unwrap_or_else(|| made_up(api, &parameter.rust_name, &parameter.schema, DEEPEST));
        (parameter.rust_name.clone(), sample)
    };
    let mut required: Map<String, Value> = operation.arguments().map(parameter).collect();
    let mut optional: Map<String, Value> = operation.setters().map(parameter).collect();
    if let Some(body) = &operation.body {
        let sample = body.samples.first().map(|sample| sample.value.clone());
        let sample = sample.unwrap_or_else(|| made_up(api, "value", &body.schema, DEEPEST));
        let inputs = if body.required { &mut required } else { &mut optional };
        inputs.insert("body".to_owned(), sample);
    }
    (required.into(), optional.into())
}

/// Status, media type and body of a response, with a made-up body where the document has no sample.
fn sample_response(api: &Api, response: &Response) -> TokenStream {
    let status = match response.status {
        Status::Code(code) => code,
        Status::Range(digit) => digit * 100 + 99,
        Status::Default => 500,
    };
    let status = proc_macro2::Literal::u16_unsuffixed(status);
    let Some(body) = &response.body else { return quote!((#status, "", "")) };
    let sample = body.samples.first().map(|sample| sample.value.clone());
    let sample = sample.unwrap_or_else(|| made_up(api, "value", &body.schema, DEEPEST));
    let (media_type, sample) = (&body.media_type, pretty(&sample));
    quote!((#status, #media_type, #sample))
}

fn call(api: &Api, operation: &Operation) -> TokenStream {
    let function = ident(&operation.rust_name);
    let deprecated = operation
        .deprecated
        .then(|| quote!(#[expect(deprecated, reason = "deprecated operations are called like all others")]));
    let credential = credential(api, operation).map_or_else(|| quote!(()), credential_value);
    let body = operation.body.as_ref().map(|body| ("body", &body.rust_type, body.required));
    let parameter = |parameter: &'_ Parameter| (parameter.rust_name.clone(), parameter.rust_type.clone());
    let mut required: Vec<(String, RustType)> = operation.arguments().map(parameter).collect();
    let mut optional: Vec<(String, RustType)> = operation.setters().map(parameter).collect();
    if let Some((name, body_type, is_required)) = body {
        let inputs = if is_required { &mut required } else { &mut optional };
        inputs.push((name.to_owned(), body_type.clone()));
    }
    let arguments = required.iter().map(|(name, value_type)| {
        let (value, reference) = (rust_type(value_type), reference(value_type));
        quote!(#reference input::<#value>(&inputs, #name).expect("a required input is there"))
    });
    let setters = optional.iter().map(|(name, value_type)| {
        let (setter, value, reference) = (ident(name), rust_type(value_type), reference(value_type));
        quote! {
            let call = match input::<#value>(&inputs, #name) {
                Some(value) => call.#setter(#reference value),
                None => call,
            };
        }
    });
    quote! {
        #deprecated
        async fn #function(base_url: String, inputs: serde_json::Value) -> String {
            let client = Client::new(&base_url, #credential).expect("the base URL is acceptable");
            let call = client.#function(#(#arguments),*);
            #(#setters)*
            outcome(call.send().await)
        }
    }
}

/// `&` for the types that are passed by reference.
fn reference(value_type: &RustType) -> TokenStream {
    if value_type.is_number() { TokenStream::new() } else { quote!(&) }
}

fn credential<'a>(api: &'a Api, operation: &Operation) -> Option<&'a Scheme> {
    let (name, _) = operation.security.iter().flatten().next()?;
    api.schemes.iter().find(|scheme| scheme.name == *name)
}

fn credential_value(scheme: &Scheme) -> TokenStream {
    let name = ident(&scheme.rust_name);
    let parts = credential_parts(scheme);
    quote!(credentials::#name::new(#(#parts),*))
}

fn credential_parts(scheme: &Scheme) -> Vec<&str> {
    match &scheme.kind {
        SchemeKind::Basic { user_id, password } => vec![user_id, password],
        SchemeKind::Token { .. } => vec!["token"],
    }
}

/// For each constraint on what is sent: the constraint, a pointer to an input, and a value that breaks it.
fn violations(api: &Api, operation: &Operation) -> Vec<(String, String, Value)> {
    let parameters = operation.parameters.iter().filter(|parameter| parameter.constant.is_none());
    let mut places: Vec<(String, &Value)> =
        parameters.map(|parameter| (format!("/{}", parameter.rust_name), &parameter.schema)).collect();
    places.extend(
        operation
            .body
            .iter()
            .flat_map(|body| members(api, body).map(|(name, property)| (format!("/body/{}", escape(name)), property))),
    );
    let mut violations = Vec::new();
    for (pointer, schema) in places {
        for rule in rules(schema) {
            if let Some(value) = breaks(&rule) {
                violations.push((format!("{rule:?}"), pointer.clone(), value));
            }
        }
    }
    violations
}

/// The properties of a body.
fn members<'a>(api: &'a Api, body: &'a Body) -> impl Iterator<Item = (&'a String, &'a Value)> {
    let schema = schema_name(&body.schema).and_then(|name| api.schema(name)).map(|schema| &schema.documented);
    schema.unwrap_or(&body.schema).get("properties").and_then(Value::as_object).into_iter().flatten()
}

/// A value that breaks `rule`, where one can be made up.
fn breaks(rule: &Rule) -> Option<Value> {
    let text = |length: u64| json!("x".repeat(usize::try_from(length).unwrap_or_default()));
    let list = |length: u64| (0..length).collect::<Value>();
    Some(match rule {
        Rule::Uuid => json!("no-uuid"),
        Rule::UniqueItems => json!([1, 1]),
        Rule::Pattern(_) => json!("\u{0}\n".repeat(8)),
        Rule::Count("MinLength", count) => text(count - 1),
        Rule::Count("MaxLength", count) if *count < 100_000 => text(count + 1),
        Rule::Count("MinItems", count) => list(count - 1),
        Rule::Count("MaxItems", count) if *count < 100_000 => list(count + 1),
        Rule::Bound("Minimum", bound) => json!(*bound as i64 - 1),
        Rule::Bound("ExclusiveMinimum" | "ExclusiveMaximum", bound) => json!(*bound as i64),
        Rule::Bound("Maximum", bound) => json!(*bound as i64 + 1),
        _ => return None,
    })
}

/// A value that fits `schema`, made of names and bounds.
fn made_up(api: &Api, name: &str, schema: &Value, depth: usize) -> Value {
    let Some(depth) = depth.checked_sub(1) else { return Value::Null };
    if let Some(sample) = schema.get("example") {
        return sample.clone();
    }
    if let Some(target) = schema_name(schema).and_then(|name| api.schema(name)) {
        return made_up(api, name, &target.documented, depth);
    }
    if let Some(first) = schema.get("enum").and_then(Value::as_array).and_then(|values| values.first()) {
        return first.clone();
    }
    if let Some(first) = ["oneOf", "anyOf", "allOf"].iter().find_map(|keyword| schema.get(keyword)?.get(0)) {
        return made_up(api, name, first, depth);
    }
    match schema.get("type").and_then(Value::as_str) {
        Some("boolean") => json!(true),
        Some("integer") => schema.get("maximum").or_else(|| schema.get("minimum")).cloned().unwrap_or_else(|| json!(1)),
        Some("number") => {
            schema.get("maximum").or_else(|| schema.get("minimum")).cloned().unwrap_or_else(|| json!(1.5))
        }
        Some("array") => match schema.get("items") {
            Some(items) => match made_up(api, name, items, depth) {
                Value::Null => json!([]),
                item => json!([item]),
            },
            None => json!([]),
        },
        Some("string") => match schema.get("format").and_then(Value::as_str) {
            Some("uuid") => json!("12345678-1234-1234-1234-123456789012"),
            Some("date-time") => json!("2011-09-06T17:26:27Z"),
            _ => json!(name),
        },
        _ => {
            let properties = schema.get("properties").and_then(Value::as_object).into_iter().flatten();
            let members = properties.map(|(name, property)| (name.clone(), made_up(api, name, property, depth)));
            Value::Object(members.filter(|(_, value)| !value.is_null()).collect())
        }
    }
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
    let base_url = api.servers.first().map(crate::api::Server::example).unwrap_or_default();
    let what = operation.summary.to_lowercase();
    format!(
        "## A first call\n\n```rust\nuse {module}::outcomes::{error};\nuse {module}::{{Client, credentials, types}};\n\n\
         /// {what}\nasync fn {function}({inputs}) -> Result<(), Box<dyn std::error::Error>> {{\n    \
         let client = Client::new(\"{base_url}\", {credentials})?;\n    \
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
    let required = schema.documented.get("required").and_then(Value::as_array).into_iter().flatten();
    required.filter_map(Value::as_str).map(naming::snake).collect()
}

fn capitalized(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}
