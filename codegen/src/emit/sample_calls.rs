//! Emits a call of every operation with sample values: for the wire tests, and for the readme.

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::{Value, json};

use super::samples::pretty;
use super::tokens::{error_type, ident, rust_type, status_variant};
use crate::api::{Api, Operation, Parameter, Response, RustType, Scheme, SchemeKind, Status, schema_name};
use crate::naming;
use crate::PACKAGE;

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
    let runtime = mentioned("runtime").then(|| quote!(use oauth_token_clients::runtime;));
    quote! {
        //! A call of every operation, made of the samples in its document.

        use oauth_token_clients::#module::{Client, #(#used),*};
        #runtime
        use super::{SampleCall, outcome};

        /// The calls of this API.
        pub const ALL: &[SampleCall] = &[#(#all),*];

        #code
    }
}

fn entry(api: &Api, operation: &Operation) -> TokenStream {
    let name = format!("{}/{}", api.name, operation.rust_name);
    let function = ident(&operation.rust_name);
    let responses = operation.responses.iter().map(|response| sample_response(api, response));
    quote! {
        SampleCall {
            name: #name,
            responses: &[#(#responses),*],
            call: |base_url, full| Box::pin(#function(base_url, full)),
        }
    }
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
    let deprecated = operation.deprecated.then(|| {
        quote!(#[expect(deprecated, reason = "deprecated operations are called like all others")])
    });
    let credential = credential(api, operation).map_or_else(|| quote!(()), |scheme| credential_value(scheme));
    let arguments = operation.arguments().map(|parameter| argument(api, parameter));
    let body_value = operation.body.as_ref().map(|body| {
        let sample = body.samples.first().map(|sample| sample.value.clone());
        let sample = pretty(&sample.unwrap_or_else(|| made_up(api, "value", &body.schema, DEEPEST)));
        let body_type = rust_type(&body.rust_type);
        quote!(let body: #body_type = serde_json::from_str(#sample).expect("the sample decodes");)
    });
    let required_body = operation.body.as_ref().filter(|body| body.required).map(|_| quote!(&body));
    let arguments = arguments.chain(required_body);
    let setters = operation.setters().map(|parameter| {
        let (name, value) = (ident(&parameter.rust_name), argument(api, parameter));
        quote!(.#name(#value))
    });
    let optional_body = operation.body.as_ref().filter(|body| !body.required).map(|_| quote!(.body(&body)));
    let optional: Vec<TokenStream> = setters.chain(optional_body).collect();
    let full = (!optional.is_empty()).then(|| quote!(let call = if full { call #(#optional)* } else { call };));
    let flag = if optional.is_empty() { ident("_full") } else { ident("full") };
    quote! {
        #deprecated
        async fn #function(base_url: String, #flag: bool) -> String {
            let client = Client::new(&base_url, #credential).expect("the base URL is acceptable");
            #body_value
            let call = client.#function(#(#arguments),*);
            #full
            outcome(call.send().await)
        }
    }
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

fn argument(api: &Api, parameter: &Parameter) -> TokenStream {
    let sample = parameter.samples.first().map(|sample| sample.value.clone());
    let sample = sample.unwrap_or_else(|| made_up(api, &parameter.rust_name, &parameter.schema, DEEPEST));
    match (&parameter.rust_type, &sample) {
        (RustType::String, Value::String(text)) => quote!(#text),
        (RustType::String, other) => {
            let text = other.to_string();
            quote!(#text)
        }
        (RustType::Secret, sample) => {
            let text = sample.as_str().map_or_else(|| sample.to_string(), str::to_owned);
            quote!(&runtime::SecretString::from(#text))
        }
        (other, sample) => {
            let (owned, json) = (rust_type(other), sample.to_string());
            let value = quote!(serde_json::from_str::<#owned>(#json).expect("the sample decodes"));
            match other {
                RustType::Bool | RustType::Int32 | RustType::Int64 | RustType::Float32 | RustType::Float64 => value,
                _ => quote!(&#value),
            }
        }
    }
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
        Some("number") => schema.get("maximum").or_else(|| schema.get("minimum")).cloned().unwrap_or_else(|| json!(1.5)),
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
    let credentials = scheme.map_or_else(|| "()".to_owned(), |scheme| {
        format!("credentials::{}::new({})", scheme.rust_name, parts.join(", "))
    });
    let arguments: Vec<String> = operation.arguments().map(|parameter| parameter.rust_name.clone()).collect();
    let body_type = operation.body.as_ref().and_then(|body| body.rust_type.named());
    let required = body_type.and_then(|name| api.schema(name)).map(required_names).unwrap_or_default();
    let mut inputs: Vec<String> = Vec::new();
    for input in parts.iter().map(|part| (*part).to_owned()).chain(arguments.iter().cloned()).chain(required.iter().cloned()) {
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
