//! Reads operations, and leaves out those that no client can send.

use std::collections::BTreeSet;

use serde_json::Value;

use super::bodies::read_body;
use super::from_credential::read_values_of_credentials;
use super::paging::read_page_parameter;
use super::parameters::read_parameters;
use super::responses::{can_succeed, or_any_success, read_responses};
use super::security::read_security;
use super::{Reader, paths, rust_name};
use crate::api::{Operation, Response, Scheme, Status};
use openapi::media_type::is_header_value;
use openapi::naming::{self, UniqueNames};
use openapi::object::Object;
use openapi::objects::operations_of;
use openapi::pointer::escape;
use openapi::servers::own_servers;

/// The names of the client's own methods.
const CLIENT_METHODS: &[&str] =
    &["at", "clone", "connection", "into", "new", "try_into", "with_connection"];

pub(super) fn read_operations(reader: &mut Reader<'_>, schemes: &[Scheme]) -> Vec<Operation> {
    let root = reader.root;
    let mut operations = Vec::new();
    let mut names = UniqueNames::without(CLIENT_METHODS);
    for (path, item) in root.entries("paths").filter(|(path, _)| path.starts_with('/')) {
        let item_pointer = format!("/paths/{}", escape(path));
        reader.reading = operations_of(item).map(|(method, node)| id_of(method, node)).collect();
        if paths::is_refused(reader, path, item, &item_pointer) {
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
            read_values_of_credentials(reader, schemes, &mut operation);
            operation.page_parameter = read_page_parameter(reader, node, &operation);
            // The operation's struct is named after its method.
            operation.rust_name = names.take_by(&operation.rust_name, naming::type_of_method);
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
        servers: read_servers(reader, item, operation, &pointer),
        summary: operation.trimmed("summary").to_owned(),
        description: operation.trimmed("description").to_owned(),
        deprecated: operation.is_true("deprecated"),
        idempotent: operation
            .keyword("x-idempotent")
            .and_then(Value::as_bool)
            .unwrap_or_else(|| is_idempotent(method)),
        page_parameter: None,
        parameters: read_parameters(reader, item, operation, &pointer),
        body: read_body(reader, operation, &pointer),
        security: Vec::new(),
        accept,
        responses: or_any_success(responses, &pointer),
        id,
        pointer,
    }
}

/// Reads the servers of an operation, of which there may be none that a client can call.
fn read_servers(
    reader: &mut Reader<'_>,
    item: &Value,
    operation: &Value,
    pointer: &str,
) -> Vec<String> {
    match own_servers(reader.root, item, operation) {
        Some(servers) => servers,
        None => {
            let holder = if operation.array("servers").is_empty() {
                pointer.rsplit_once('/').map_or("", |(item, _)| item)
            } else {
                pointer
            };
            reader.unsupported(
                &format!("{holder}/servers"),
                "an operation whose servers all have another protocol than HTTP, or a query",
                "Add a server with an `https` URL, and write its query as parameters",
            );
            Vec::new()
        }
    }
}

/// Returns true if the HTTP method is idempotent (RFC 9110, section 9.2.2).
fn is_idempotent(method: &str) -> bool {
    !matches!(method, "post" | "patch")
}

/// Returns the media types of all response bodies, those of successes first. If no success is
/// documented, it may be of any media type.
fn accept_of(responses: &[Response]) -> String {
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
