//! Emits what all APIs share: the manifest, the crate's root, its readme and the list of sample calls.

use std::fmt::Write as _;

use quote::quote;

use super::sample_call_list;
use super::tokens::ident;
use crate::api::{Api, Operation, Rule, rules};
use crate::file_tree::FileTree;
use crate::format::{header, parsed, rust_file};
use crate::package::{PACKAGE, RUNTIME_CRATE, RUNTIME_PACKAGE};
use openapi::diagnostic::Diagnostic;
use openapi::doc_text::sanitize;
use openapi::object::any_object;

/// The files that do not belong to one API; `files` are those that do.
///
/// # Errors
/// When something that was emitted is no Rust.
pub fn package<'a>(apis: impl Iterator<Item = &'a Api>, files: &FileTree) -> Result<FileTree, Diagnostic> {
    let apis: Vec<&Api> = apis.collect();
    Ok(FileTree::from([
        ("Cargo.toml".to_owned(), manifest(&apis, files)),
        ("README.md".to_owned(), readme(&apis)),
        ("rustfmt.toml".to_owned(), format!("{}disable_all_formatting = true\n", header("#", "specs"))),
        ("src/lib.rs".to_owned(), root(&apis)?),
        ("sample_calls/mod.rs".to_owned(), sample_call_list::emit(&apis)?),
    ]))
}

fn manifest(apis: &[&Api], files: &FileTree) -> String {
    let names: Vec<String> = apis.iter().map(|api| format!("\"{}\"", api.name)).collect();
    let mut features = String::new();
    for api in apis {
        let needs = if has_patterns(api) { format!("\"{RUNTIME_PACKAGE}/pattern\"") } else { String::new() };
        // Writing into a String cannot fail.
        let _ = writeln!(features, "## {}\n{} = [{needs}]", sanitize(&api.title), api.name);
    }
    let tests: String = apis
        .iter()
        .filter(|api| files.contains_key(&format!("tests/{}.rs", api.name)))
        .map(|api| format!("\n[[test]]\nname = \"{0}\"\nrequired-features = [\"{0}\"]\n", api.name))
        .collect();
    format!(
        r#"{header}[package]
name = "{PACKAGE}"
version = "0.1.0"
description = "Clients of APIs that mint, check, reset and revoke OAuth tokens, generated from their documentation."
edition.workspace = true
rust-version.workspace = true
license.workspace = true
readme = "README.md"
keywords = ["oauth", "token", "github", "azure", "client"]
categories = ["api-bindings", "authentication", "web-programming::http-client"]
include = ["src", "README.md"]
autotests = false

[features]
default = ["rustls", {default}]
## TLS by rustls.
rustls = ["{RUNTIME_PACKAGE}/rustls"]
## TLS by the operating system's library.
native-tls = ["{RUNTIME_PACKAGE}/native-tls"]
## A span for every call, with OpenTelemetry's names.
tracing = ["{RUNTIME_PACKAGE}/tracing"]
## Tokens from the credentials of the Azure SDK: `runtime::AzureTokenSource`.
azure_core = ["{RUNTIME_PACKAGE}/azure_core"]
{features}
[dependencies]
{RUNTIME_PACKAGE} = {{ path = "../runtime", version = "0.1.0" }}
serde.workspace = true
serde_json.workspace = true

[lints.rust]
missing_docs = "warn"
unsafe_code = "forbid"
{tests}"#,
        header = header("#", "specs"),
        default = names.join(", "),
    )
}

fn has_patterns(api: &Api) -> bool {
    let sent = api.operations.iter().flat_map(|operation| &operation.parameters).map(|parameter| &parameter.schema);
    let named = api.schemas.iter().map(|schema| &schema.documented);
    sent.chain(named).any(contains_pattern)
}

fn contains_pattern(schema: &serde_json::Value) -> bool {
    any_object(schema, &mut |object| rules(object).iter().any(|rule| matches!(rule, Rule::Pattern(_))))
}

fn root(apis: &[&Api]) -> Result<String, Diagnostic> {
    let modules = apis.iter().map(|api| {
        let (name, feature) = (ident(&api.name), &api.name);
        quote! {
            #[cfg(feature = #feature)]
            pub mod #name;
        }
    });
    let runtime = ident(RUNTIME_CRATE);
    // The readme's example compiles only with the API that it shows.
    let short = " Clients of APIs that mint, check, reset and revoke OAuth tokens.";
    let readme = match example(apis).map(|(api, _)| &api.name) {
        Some(feature) => quote! {
            #![cfg_attr(feature = #feature, doc = include_str!("../README.md"))]
            #![cfg_attr(not(feature = #feature), doc = #short)]
        },
        None => quote!(#![doc = #short]),
    };
    let code = quote! {
        #readme

        #(#modules)*

        /// What all clients share: calls, credentials, secrets, responses and errors.
        pub use #runtime as runtime;
    };
    Ok(rust_file("specs", parsed(code)?))
}

fn readme(apis: &[&Api]) -> String {
    let mut text = header("<!--", "specs").replace("Do not edit.\n", "Do not edit. -->\n");
    text.push_str(
        "# oauth-token-clients

Clients of APIs that mint, check, reset and revoke OAuth tokens, generated from the vendors' documentation.

- What an operation can come to is typed by status; status, headers and body of every response reach the caller.
- Secrets are redacted wherever they would be printed.
- No redirect is followed, no value of a parameter can change the path, and every documented constraint is checked
  before anything is sent.

",
    );
    if let Some((api, operation)) = example(apis) {
        text.push_str(&super::readme_example::readme_example(api, operation));
    }
    text.push_str("## APIs\n\nEach is a module and a feature of the same name; all are on by default.\n\n");
    for api in apis {
        let _ = writeln!(
            text,
            "- `{}`: {}, version {}. {}",
            api.name,
            sanitize(&api.title),
            sanitize(&api.version),
            sanitize(&api.description)
        );
    }
    text.push_str(
        "\nTLS comes from rustls (feature `rustls`, on by default) or the operating system (`native-tls`).\n",
    );
    text
}

/// The first operation that shows all there is: an argument, a body, and more than one error.
fn example<'a>(apis: &[&'a Api]) -> Option<(&'a Api, &'a Operation)> {
    let operations = || apis.iter().flat_map(|api| api.operations.iter().map(move |operation| (*api, operation)));
    operations().find(|(api, operation)| {
        let shows_all = operation.arguments().next().is_some() && operation.errors().count() > 1;
        shows_all && !operation.deprecated && super::readme_example::can_be_shown(api, operation)
    })
}
