//! Reads a document, whose schemas have been named, into an [`Api`].

mod media_types;
mod paging;
mod parameters;
mod paths;
mod responses;
mod security;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use paging::read_page_parameter;
use parameters::{read_body, read_parameters};

use crate::api::{Api, Example, Fit, Operation, Scheme, Server, ServerVariable, Source, Status};
use openapi::diagnostic::{Diagnostic, Location, Subject};
use openapi::extensions::{RUST_NAME, SOURCE};
use openapi::media_type::is_header_value;
use openapi::naming::{self, UniqueNames};
use openapi::notes::Notes;
use openapi::object::Object;
use openapi::objects::operations_of;
use openapi::path_template;
use openapi::pointer::escape;
use openapi::policy::Policy;
use openapi::reference;
use openapi::rule::Rule;
use openapi::servers::own_servers;
use openapi::words::quote;
use responses::{can_succeed, or_any_success, read_responses};
use security::{read_schemes, read_security};

/// Name of reading in notes.
pub const PASS: &str = "read";

/// The document that is read, and the findings about it.
pub(super) struct Reader<'d> {
    pub root: &'d Value,
    policy: Policy,
    pub diagnostics: Vec<Diagnostic>,
    pub warnings: Vec<Diagnostic>,
    /// What is not supported, with the ids of the operations that are left out because of it.
    refused: Vec<(Diagnostic, BTreeSet<String>)>,
    pub notes: Notes,
    /// The ids of the operations that are being read.
    reading: BTreeSet<String>,
    /// The number of refusals, some of which may be about the same component.
    refusals: usize,
}

/// The names of the client's own methods.
const CLIENT_METHODS: &[&str] =
    &["at", "clone", "connection", "into", "new", "try_into", "with_connection"];

impl<'d> Reader<'d> {
    /// Follows a chain of references to the component at its end. References were checked to
    /// resolve.
    pub(super) fn resolve<'n>(&self, node: &'n Value) -> &'n Value
    where
        'd: 'n,
    {
        reference::resolve(self.root, node)
    }

    /// Returns what a single reference refers to, or the node if it is none.
    pub(super) fn direct_target<'n>(&self, node: &'n Value) -> Option<&'n Value>
    where
        'd: 'n,
    {
        match reference::of(node) {
            Some(reference) => reference::target(self.root, reference),
            None => Some(node),
        }
    }

    /// Returns true if what cannot be sent as documented may be sent in another way or be left out,
    /// with a note.
    pub(super) fn may_leave_out(&self) -> bool {
        self.policy == Policy::Repair
    }

    /// Reports an unsupported shape if the policy allows no other way to send it. Returns true if
    /// it did so.
    pub(super) fn refuses(&mut self, pointer: &str, what: &str, help: &str) -> bool {
        let refuses = !self.may_leave_out();
        if refuses {
            self.unsupported(pointer, what, help);
        }
        refuses
    }

    /// Adds a note about a node that is read in another way than the document says.
    pub(super) fn note(&mut self, pointer: &str, text: impl Into<String>) {
        self.notes.add(PASS, pointer, text);
    }

    /// Reports a shape that no correct client can be generated for yet.
    pub(super) fn unsupported(&mut self, pointer: &str, what: &str, help: &str) {
        let diagnostic = Diagnostic {
            rule: Rule::UnsupportedShape,
            subject: Subject::Node,
            location: Location::Pointer(pointer.to_owned()),
            what: format!("This is not supported yet: {what}."),
            why: "The generator cannot generate a correct client for it yet.".to_owned(),
            help: format!("{help}."),
        };
        self.refusals += 1;
        // A component is reported once, however many operations use it.
        match self.refused.iter_mut().find(|(known, _)| *known == diagnostic) {
            Some((_, operations)) => operations.extend(self.reading.iter().cloned()),
            None => self.refused.push((diagnostic, self.reading.clone())),
        }
    }
}

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
        servers: root.array("servers").iter().map(read_server).collect(),
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

fn read_operations(reader: &mut Reader<'_>, schemes: &[Scheme]) -> Vec<Operation> {
    let root = reader.root;
    let mut operations = Vec::new();
    let mut names = UniqueNames::without(CLIENT_METHODS);
    for (path, item) in root.entries("paths").filter(|(path, _)| path.starts_with('/')) {
        let item_pointer = format!("/paths/{}", escape(path));
        reader.reading = operations_of(item).map(|(method, node)| id_of(method, node)).collect();
        if path_template::names(path).is_none() {
            reader.unsupported(
                &item_pointer,
                "a path whose braces do not match, or do not hold the name of a parameter",
                "Write each parameter as its name in one pair of braces, such as `/widgets/{id}`",
            );
            continue;
        }
        if path.contains(['?', '#'])
            && reader.refuses(
                &item_pointer,
                "a path with a query or a fragment",
                "Write the query as parameters",
            )
        {
            continue;
        }
        if path.split(['?', '#']).next().unwrap_or_default().split('/').any(is_dots) {
            // URLs lose such segments, so that the request would go to another path.
            reader.unsupported(
                &item_pointer,
                "a path with a dot segment",
                "Write the path without it",
            );
            continue;
        }
        if item.has("$ref") {
            reader.unsupported(
                &item_pointer,
                "a path item that is a reference",
                "Define the path item inline",
            );
            continue;
        }
        let template = paths::split(path);
        for (method, node) in operations_of(item) {
            let pointer = format!("{item_pointer}/{method}");
            reader.reading = BTreeSet::from([id_of(method, node)]);
            let refusals = reader.refusals;
            let mut operation = read_operation(reader, template.path, method, item, node, pointer);
            if template.add_query(&mut operation.parameters, &item_pointer).is_none() {
                let help = "Write the query as parameters";
                reader.unsupported(
                    &item_pointer,
                    "a query in a path that is neither fixed nor a parameter",
                    help,
                );
            }
            operation.security = read_security(reader, schemes, node, &operation.pointer);
            operation.page_parameter = read_page_parameter(reader, node, &operation);
            // The operation's struct is named after its method.
            operation.rust_name = names.take_by(&operation.rust_name, naming::pascal);
            if reader.refusals == refusals {
                operations.push(operation);
            }
        }
    }
    operations
}

/// Returns the id of an operation, or else its method.
fn id_of(method: &str, operation: &Value) -> String {
    match operation.trimmed("operationId") {
        "" => method.to_owned(),
        id => id.to_owned(),
    }
}

/// Returns true for dot segments, which URLs lose by WHATWG's URL Standard.
fn is_dots(segment: &str) -> bool {
    matches!(segment.to_ascii_lowercase().replace("%2e", ".").as_str(), "." | "..")
}

fn read_operation<'d>(
    reader: &mut Reader<'d>,
    path: &str,
    method: &str,
    item: &'d Value,
    operation: &'d Value,
    pointer: String,
) -> Operation {
    let id = operation.trimmed("operationId").to_owned();
    let responses = read_responses(reader, operation, &pointer);
    if responses.iter().any(|response| response.status == Status::Code(101)) {
        let what = "an operation that switches to another protocol, such as WebSocket";
        reader.unsupported(&format!("{pointer}/responses/101"), what, "Remove the operation");
    }
    let accept = match operation.get("x-accept") {
        Some(Value::String(accept)) if is_header_value(accept) => accept.clone(),
        Some(_) => {
            reader.unsupported(
                &format!("{pointer}/x-accept"),
                "an `x-accept` that is not a media type",
                "Write a media type",
            );
            accept_of(&responses)
        }
        None => accept_of(&responses),
    };
    Operation {
        rust_name: rust_name(operation).unwrap_or_else(|| naming::method(&id)),
        method: method.to_uppercase(),
        path: path.to_owned(),
        servers: own_servers(reader.root, item, operation),
        summary: operation.trimmed("summary").to_owned(),
        description: operation.trimmed("description").to_owned(),
        deprecated: operation.is_true("deprecated"),
        idempotent: operation
            .keyword("x-idempotent")
            .and_then(Value::as_bool)
            .unwrap_or_else(|| is_idempotent(method)),
        page_parameter: None,
        parameters: read_parameters(reader, path, item, operation, &pointer),
        body: read_body(reader, operation, &pointer),
        security: Vec::new(),
        accept,
        responses: or_any_success(responses, &pointer),
        id,
        pointer,
    }
}

/// Returns true if the HTTP method is idempotent (RFC 9110, section 9.2.2).
fn is_idempotent(method: &str) -> bool {
    !matches!(method, "post" | "patch")
}

/// Returns the media types of all response bodies, those of successes first. If no success is
/// documented, it may be of any media type.
fn accept_of(responses: &[super::Response]) -> String {
    let mut media_types: Vec<&str> = Vec::new();
    let successes_first = responses.iter().filter(|response| response.status.is_success());
    for response in successes_first.chain(responses) {
        if let Some(body) = &response.body
            && !media_types.contains(&body.media_type.as_str())
        {
            media_types.push(&body.media_type);
        }
    }
    if media_types.is_empty() || !can_succeed(responses) {
        media_types.push("*/*");
    }
    media_types.join(", ")
}

/// Returns the value of `x-rust-name`.
pub(super) fn rust_name(node: &Value) -> Option<String> {
    node.string(RUST_NAME).map(naming::snake)
}

/// Reads the examples of an object with `example` or `examples`.
pub(super) fn read_examples(reader: &Reader<'_>, node: &Value) -> Vec<Example> {
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
