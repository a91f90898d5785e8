//! Reads what operations receive.

use serde_json::Value;

use super::{Reader, read_examples};
use crate::api::media_types::choose;
use crate::api::{Direction, Header, Response, ResponseBody, Status};
use openapi::object::Object;
use openapi::pointer::escape;

/// Reads the documented responses. Single status codes come first, and `default` comes last. If none
/// can be a success, any 2xx status code is one, of which nothing else is known.
pub(super) fn read_responses(
    reader: &mut Reader<'_>,
    operation: &Value,
    pointer: &str,
) -> Vec<Response> {
    let mut responses = Vec::new();
    for (key, node) in operation.entries("responses") {
        let pointer = format!("{pointer}/responses/{}", escape(key));
        let response = reader.root.pointer(&pointer).map_or(node, |node| reader.resolve(node));
        let Some(status) = read_status(key) else { continue };
        responses.push(Response {
            status,
            description: response.trimmed("description").to_owned(),
            headers: read_headers(reader, response),
            body: read_response_body(reader, response, &pointer),
            pointer,
        });
    }
    let can_succeed =
        |response: &Response| response.status.is_success() || response.status == Status::Default;
    if !responses.iter().any(can_succeed) {
        responses.push(undocumented_success(pointer));
    }
    responses.sort_by_key(|response| response.status);
    responses
}

fn undocumented_success(pointer: &str) -> Response {
    Response {
        status: Status::Range(2),
        pointer: format!("{pointer}/responses"),
        description: "any success, since none is documented.".to_owned(),
        headers: Vec::new(),
        body: None,
    }
}

fn read_status(key: &str) -> Option<Status> {
    match key.as_bytes() {
        b"default" => Some(Status::Default),
        [digit @ b'1'..=b'5', b'X' | b'x', b'X' | b'x'] => {
            Some(Status::Range(u16::from(digit - b'0')))
        }
        _ => key.parse().ok().map(Status::Code),
    }
}

fn read_headers(reader: &Reader<'_>, response: &Value) -> Vec<Header> {
    let headers = response.entries("headers").filter_map(|(name, node)| {
        let header = reader.direct_target(node)?;
        Some(Header {
            name: name.clone(),
            required: header.is_true("required"),
            description: header.trimmed("description").to_owned(),
            schema: header.get("schema").cloned().unwrap_or_default(),
            examples: read_examples(reader, header),
        })
    });
    headers.collect()
}

fn read_response_body(
    reader: &mut Reader<'_>,
    response: &Value,
    pointer: &str,
) -> Option<ResponseBody> {
    let contents = response.object("content")?;
    let content = choose(contents, Direction::Response)?;
    reader.note_others(contents, &content, pointer);
    reader.warn_of_schema(&content, pointer);
    let (schema, rust_type) = content.schema();
    Some(ResponseBody {
        rust_type,
        schema,
        examples: read_examples(reader, content.object),
        media_type: content.media_type,
    })
}
