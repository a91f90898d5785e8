//! Reads a document, whose schemas have been named, into an [`Api`].

mod bodies;
mod from_credential;
mod media_types;
mod operations;
mod paging;
mod parameters;
mod paths;
mod rate_limit;
mod reader;
mod responses;
mod security;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use operations::read_operations;
use reader::Reader;
use security::read_schemes;

use crate::api::{Api, Example, Fit, Server, ServerVariable, Source};
use openapi::diagnostic::{Diagnostic, Subject};
use openapi::extensions::{RUST_NAME, SOURCE};
use openapi::naming;
use openapi::notes::Notes;
use openapi::object::Object;
use openapi::policy::Policy;
use openapi::rule::Rule;
use openapi::servers;
use openapi::words::quote;

/// Name of reading in notes.
pub const PASS: &str = "read";

/// Reads the API that `root` describes. `name` is its module. Operations of a vendor's document
/// that no correct code could be generated for are left out. That is a warning, as is everything
/// else that the client does not do.
///
/// # Errors
/// Returns the shapes that the generator does not support.
pub fn read(
    name: &str,
    root: &Value,
    policy: Policy,
    notes: &mut Notes,
) -> Result<(Api, Vec<Diagnostic>), Vec<Diagnostic>> {
    let mut reader = Reader {
        root,
        policy,
        diagnostics: Vec::new(),
        warnings: Vec::new(),
        refused: Vec::new(),
        notes: Notes::default(),
        reading: BTreeSet::new(),
        refusals: 0,
    };
    let schemes = read_schemes(&reader);
    let rate_limit = rate_limit::read_rate_limit(&mut reader);
    let operations = read_operations(&mut reader, &schemes);
    if policy == Policy::Refuse {
        let refused = reader.refused.drain(..).map(|(diagnostic, _)| diagnostic);
        reader.diagnostics.extend(refused);
        if !reader.diagnostics.is_empty() {
            return Err(reader.diagnostics);
        }
    }
    notes.extend(reader.notes);
    // A component is reported once, however many operations use it.
    let mut reported = BTreeSet::new();
    reader
        .warnings
        .retain(|found| reported.insert((found.rule, found.location.pointer().map(str::to_owned))));
    let left_out = reader.refused.into_iter().map(left_out);
    let warnings = left_out.chain(reader.warnings).collect();
    let info = &root["info"];
    let api = Api {
        name: name.to_owned(),
        title: info.trimmed("title").to_owned(),
        version: info.trimmed("version").to_owned(),
        description: info.trimmed("description").to_owned(),
        source: read_source(&info[SOURCE]),
        servers: servers::of_api(root).map(read_server).collect(),
        rate_limit,
        schemes,
        operations,
        schemas: Vec::new(),
        samples: BTreeMap::new(),
    };
    Ok((api, warnings))
}

/// The largest number of operations that a message names.
const MOST_NAMED: usize = 5;

/// Reports the operations that are left out.
fn left_out((diagnostic, operations): (Diagnostic, BTreeSet<String>)) -> Diagnostic {
    let named: Vec<String> =
        operations.iter().take(MOST_NAMED).map(|operation| quote(operation)).collect();
    let named = match operations.len().saturating_sub(MOST_NAMED) {
        // Nothing is known of a path item that is a reference.
        0 if named.is_empty() => "operations".to_owned(),
        0 => named.join(", "),
        more => format!("{} and {more} more", named.join(", ")),
    };
    let what = format!("The client leaves out {named}. {}", diagnostic.what);
    let subject = Subject::Names(operations.into_iter().collect());
    Diagnostic { rule: Rule::OperationLeftOut, subject, what, ..diagnostic }
}

fn read_source(source: &Value) -> Source {
    Source {
        title: source.trimmed("title").to_owned(),
        vendor: source.trimmed("vendor").to_owned(),
        version: source.trimmed("version").to_owned(),
        document: source.trimmed("document").to_owned(),
    }
}

fn read_server(server: &Value) -> Server {
    let variables = server.entries("variables").map(|(name, variable)| ServerVariable {
        name: name.clone(),
        default: variable.trimmed("default").to_owned(),
        description: variable.trimmed("description").to_owned(),
        allowed: variable
            .array("enum")
            .iter()
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect(),
    });
    Server {
        url: server.trimmed("url").to_owned(),
        description: server.trimmed("description").to_owned(),
        variables: variables.collect(),
    }
}

/// Returns the value of `x-rust-name`.
pub(super) fn rust_name(node: &Value) -> Option<String> {
    node.string(RUST_NAME).map(naming::snake)
}

/// Reads the examples of an object with `example` or `examples`.
fn read_examples(reader: &Reader<'_>, node: &Value) -> Vec<Example> {
    let single = node.get("example").map(|value| Example {
        name: "example".to_owned(),
        summary: String::new(),
        value: value.clone(),
        fit: Fit::Whole,
    });
    let named = node.entries("examples").filter_map(|(name, example)| {
        let example = reader.direct_target(example)?;
        let value = example.get("value")?.clone();
        let summary = example.trimmed("summary").to_owned();
        Some(Example { name: name.clone(), summary, value, fit: Fit::Whole })
    });
    single.into_iter().chain(named).collect()
}
