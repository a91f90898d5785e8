//! Generates a client of every spec with progenitor, for comparison with the clients of this
//! workspace.

use std::path::{Path, PathBuf};
use std::{env, fs};

use progenitor::{GenerationSettings, Generator, InterfaceStyle};
use serde_json::{Map, Value};

fn main() {
    let specs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs");
    let output = PathBuf::from(env::var_os("OUT_DIR").expect("cargo names a folder"));
    println!("cargo:rerun-if-changed={}", specs.display());
    for entry in fs::read_dir(specs).expect("specs/ can be read") {
        let path = entry.expect("specs/ can be read").path();
        let Some(name) =
            path.file_stem().filter(|_| path.extension().is_some_and(|end| end == "yaml"))
        else {
            continue;
        };
        let text = fs::read_to_string(&path).expect("a spec is text");
        let mut document: Value = serde_yaml::from_str(&text).expect("a spec is YAML");
        reduce(&mut document);
        let path = output.join(name).with_extension("rs");
        fs::write(path, client(document)).expect("the folder can be written");
    }
}

/// The client that progenitor generates in its builder style.
fn client(document: Value) -> String {
    let document = serde_json::from_value(document).expect("a spec is an OpenAPI document");
    let mut settings = GenerationSettings::default();
    settings.with_interface(InterfaceStyle::Builder);
    let tokens =
        Generator::new(&settings).generate_tokens(&document).expect("the document is reduced");
    prettyplease::unparse(&syn::parse2(tokens).expect("progenitor writes Rust"))
}

/// Removes what makes progenitor panic: media types of a vendor's own, and operations with several
/// types of successes or of errors, to which `default` leads. Each operation keeps all its status
/// codes; they have the body of the first one.
fn reduce(document: &mut Value) {
    let all = document.clone();
    let paths = document["paths"].as_object_mut().expect("a spec has paths");
    for operation in paths.values_mut().filter_map(Value::as_object_mut).flat_map(Map::values_mut) {
        if let Some(body) = operation.get_mut("requestBody") {
            *body = resolved(body, &all);
            plain_json(body);
        }
        let Some(responses) = operation.get_mut("responses").and_then(Value::as_object_mut) else {
            continue;
        };
        if let Some(other) = responses.remove("default") {
            responses.insert("4XX".to_owned(), other);
        }
        for response in responses.values_mut() {
            *response = resolved(response, &all);
            plain_json(response);
        }
        one_body(responses, |status| status.starts_with('2'));
        one_body(responses, |status| !status.starts_with('2'));
    }
}

/// Returns the target of a reference.
fn resolved(value: &Value, document: &Value) -> Value {
    match value.get("$ref").and_then(Value::as_str) {
        Some(reference) => document
            .pointer(reference.trim_start_matches('#'))
            .expect("references lead somewhere")
            .clone(),
        None => value.clone(),
    }
}

/// Renames every media type of JSON to `application/json`.
fn plain_json(body: &mut Value) {
    let Some(content) = body.get_mut("content").and_then(Value::as_object_mut) else { return };
    let renamed = std::mem::take(content).into_iter().map(|(name, media_type)| {
        match name.ends_with("json") {
            true => ("application/json".to_owned(), media_type),
            false => (name, media_type),
        }
    });
    content.extend(renamed);
}

/// Replaces the bodies of all responses of a kind with the first body among them.
fn one_body(responses: &mut Map<String, Value>, is_kind: fn(&str) -> bool) {
    let mut kind = responses.iter().filter(|(status, _)| is_kind(status));
    let first = kind.find_map(|(_, response)| response.get("content").cloned());
    for (_, response) in responses.iter_mut().filter(|(status, _)| is_kind(status)) {
        if let (Some(first), Some(response)) = (&first, response.as_object_mut()) {
            response.insert("content".to_owned(), first.clone());
        }
    }
}
