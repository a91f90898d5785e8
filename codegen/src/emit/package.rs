//! Emits the files that all APIs share: the manifest, the crate root, the readme and the list of
//! sample calls.

use std::fmt::Write as _;

use quote::quote;

use super::example_checks;
use super::first_call::readme_example;
use super::sample_call_list;
use crate::api::{Api, Constraint, Operation, constraints};
use crate::file_tree::FileTree;
use crate::format::{header, parsed, rust_file};
use crate::package::{Package, RUNTIME, toml_string, toml_strings};
use crate::tokens::ident;
use openapi::diagnostic::Diagnostic;
use openapi::markdown::sanitize;
use openapi::object::any_object;

/// Emits the files that do not belong to one API. `files` are those that do.
///
/// # Errors
/// Returns code that is not valid Rust.
pub fn package<'a>(
    package: &Package,
    apis: impl Iterator<Item = &'a Api>,
    files: &FileTree,
) -> Result<FileTree, Diagnostic> {
    let apis: Vec<&Api> = apis.collect();
    let example = example(package, &apis);
    let mut shared = package.licenses.clone();
    shared.extend([
        ("Cargo.toml".to_owned(), manifest(package, &apis, files)),
        (
            "README.md".to_owned(),
            readme(package, &apis, example.as_ref().map(|(_, text)| text.as_str())),
        ),
        (
            "rustfmt.toml".to_owned(),
            format!("{}disable_all_formatting = true\n", header("#", "specs")),
        ),
        ("src/lib.rs".to_owned(), root(package, &apis, example.map(|(api, _)| api))?),
        ("sample_calls/mod.rs".to_owned(), sample_call_list::emit(package, &apis)?),
    ]);
    if files.keys().any(|path| path.starts_with("tests/")) {
        shared.insert("tests/support/example_checks.rs".to_owned(), example_checks::emit(package)?);
    }
    Ok(shared)
}

fn manifest(package: &Package, apis: &[&Api], files: &FileTree) -> String {
    let included: Vec<String> = ["src", "README.md"]
        .map(str::to_owned)
        .into_iter()
        .chain(package.licenses.keys().cloned())
        .collect();
    let tests: String = apis
        .iter()
        .filter(|api| files.contains_key(&format!("tests/{}.rs", api.name)))
        .map(|api| format!("\n[[test]]\nname = \"{0}\"\nrequired-features = [\"{0}\"]\n", api.name))
        .collect();
    // The hidden part of the runtime changes with the generator, in any release.
    let exact = |version: &String| format!(", version = {}", toml_string(&format!("={version}")));
    let version = package.version.iter().map(exact);
    format!(
        r#"{header}[package]
{presentation}include = {included}
autotests = false

[package.metadata.docs.rs]
all-features = true
rustdoc-args = ["--cfg", "docsrs"]

[features]
{features}
[dependencies]
{runtime} = {{ path = {path}{version} }}
serde.workspace = true
serde_json.workspace = true

[lints.rust]
missing_docs = "warn"
unsafe_code = "forbid"
{tests}"#,
        header = header("#", "specs and Cargo.toml"),
        presentation = presentation(package),
        included = toml_strings(&included),
        features = features(package, apis),
        runtime = package.runtime.name.as_str(),
        path = toml_string(&package.runtime.path),
        version = version.collect::<String>(),
    )
}

/// Returns the keys of the manifest that registries show, one per line.
fn presentation(package: &Package) -> String {
    let list = |key: &str, values: &[String]| match values {
        [] => String::new(),
        values => format!("{key} = {}\n", toml_strings(values)),
    };
    let url = |key: &str, url: &Option<String>| match url {
        None => String::new(),
        Some(url) => format!("{key} = {}\n", toml_string(url)),
    };
    format!(
        "name = {name}\nversion.workspace = true\ndescription = {description}\nedition.workspace = true\n\
         rust-version.workspace = true\nlicense.workspace = true\nreadme = \"README.md\"\n{repository}{documentation}\
         {keywords}{categories}",
        name = toml_string(package.name.as_str()),
        description = toml_string(&package.description),
        repository = url("repository", &package.repository),
        documentation = url("documentation", &package.documentation),
        keywords = list("keywords", &package.keywords),
        categories = list("categories", &package.categories),
    )
}

/// Returns the features: those of the runtime with the same names, and one for each API.
fn features(package: &Package, apis: &[&Api]) -> String {
    let runtime = package.runtime.name.as_str();
    let default: Vec<String> = package
        .features
        .iter()
        .filter(|feature| feature.default)
        .map(|feature| feature.name.as_str().to_owned())
        .chain(apis.iter().map(|api| api.name.clone()))
        .collect();
    let mut text = format!("default = {}\n", toml_strings(&default));
    // Writing into a String cannot fail.
    for feature in &package.features {
        let (name, description) = (feature.name.as_str(), one_line(&feature.description));
        let _ = writeln!(text, "## {description}\n{name} = [\"{runtime}/{name}\"]");
    }
    for api in apis {
        let needs =
            if has_patterns(api) { format!("\"{runtime}/pattern\"") } else { String::new() };
        let _ =
            writeln!(text, "## The client of {}.\n{} = [{needs}]", sanitize(&api.title), api.name);
    }
    text
}

/// Returns a description on one line, for a comment.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn has_patterns(api: &Api) -> bool {
    let sent = api
        .operations
        .iter()
        .flat_map(|operation| &operation.parameters)
        .map(|parameter| &parameter.schema);
    let named = api.schemas.iter().map(|schema| &schema.documented);
    sent.chain(named).any(contains_pattern)
}

fn contains_pattern(schema: &serde_json::Value) -> bool {
    any_object(schema, &mut |object| {
        constraints(object).iter().any(|constraint| matches!(constraint, Constraint::Pattern(_)))
    })
}

fn root(package: &Package, apis: &[&Api], shown: Option<&Api>) -> Result<String, Diagnostic> {
    let modules = apis.iter().map(|api| {
        let (name, feature) = (ident(&api.name), &api.name);
        quote! {
            #[cfg(feature = #feature)]
            pub mod #name;
        }
    });
    let (runtime, known_as) = (ident(&package.runtime.name.in_rust()), ident(RUNTIME));
    let short = format!(" {}", one_line(&package.description));
    // The readme's example compiles only with the API that it shows.
    let readme = match shown.map(|api| &api.name) {
        Some(feature) => quote! {
            #![cfg_attr(feature = #feature, doc = include_str!("../README.md"))]
            #![cfg_attr(not(feature = #feature), doc = #short)]
        },
        None => quote!(#![doc = #short]),
    };
    let code = quote! {
        #readme
        #![cfg_attr(docsrs, feature(doc_cfg))]

        #(#modules)*

        /// The runtime that all clients share: calls, credentials, secrets, responses and errors.
        pub use ::#runtime as #known_as;
        pub use ::#runtime::{
            BuildError, CallOptions, Error, ErrorKind, Payload, Response, RetryPolicy, SecretString,
            TokenSource, TokenSourceError,
        };
    };
    Ok(rust_file("specs", parsed(code)?))
}

fn readme(package: &Package, apis: &[&Api], example: Option<&str>) -> String {
    let mut text =
        header("<!--", "specs and Cargo.toml").replace("Do not edit.\n", "Do not edit. -->\n");
    let introduction = package.introduction.as_ref().unwrap_or(&package.description);
    let _ = write!(
        text,
        "# {}

{}

- The outcomes of an operation are typed by status code. The status code, headers and body of every response reach the
  caller.
- Secrets are redacted wherever they would be printed.
- Redirects are not followed, the value of a parameter cannot change the path, and every documented constraint is checked
  before anything is sent.

",
        package.name.as_str(),
        introduction.trim(),
    );
    if let Some(example) = example {
        let _ = write!(text, "## A first call\n\n```rust\n{example}```\n\n");
    }
    text.push_str(
        "## APIs\n\nEach API is a module and a Cargo feature of the same name. All of them are on by default.\n\n",
    );
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
    if !package.features.is_empty() {
        text.push_str("\n## Other features\n\n");
    }
    for feature in &package.features {
        let by_default = if feature.default { " On by default." } else { "" };
        let _ = writeln!(
            text,
            "- `{}`: {}{by_default}",
            feature.name.as_str(),
            one_line(&feature.description)
        );
    }
    text
}

/// Returns the API and an example of the first operation that has a parameter, a body and more than
/// one error.
fn example<'a>(package: &Package, apis: &[&'a Api]) -> Option<(&'a Api, String)> {
    let operations =
        apis.iter().flat_map(|api| api.operations.iter().map(move |operation| (*api, operation)));
    let shows_all = |operation: &Operation| {
        let has_body = operation.body.as_ref().is_some_and(|body| body.required);
        has_body
            && operation.parameters.iter().any(|parameter| parameter.required)
            && operation.errors().count() > 1
            && !operation.deprecated
    };
    let mut shown = operations.filter(|(_, operation)| shows_all(operation));
    shown.find_map(|(api, operation)| Some((api, readme_example(package, api, operation)?)))
}
