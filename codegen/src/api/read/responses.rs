//! Reads what operations receive.

use serde_json::Value;

use super::{Reader, read_examples};
use crate::api::media_types::choose;
use crate::api::{Direction, Header, Response, ResponseBody, Status};
use openapi::object::Object;
use openapi::pointer::escape;

/// Reads the documented responses. Single status codes come first, and `default` comes last.
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
    responses.sort_by_key(|response| response.status);
    responses
}

/// Returns true if one of the documented responses can be a success.
pub(super) fn can_succeed(documented: &[Response]) -> bool {
    let is_one =
        |response: &Response| response.status.is_success() || response.status == Status::Default;
    documented.iter().any(is_one)
}

/// Adds a success for any 2xx status code if none is documented. Nothing else is known of it.
pub(super) fn or_any_success(mut documented: Vec<Response>, pointer: &str) -> Vec<Response> {
    if !can_succeed(&documented) {
        documented.push(Response {
            status: Status::Range(2),
            pointer: format!("{pointer}/responses"),
            description: "any success, since none is documented.".to_owned(),
            headers: Vec::new(),
            body: None,
        });
        documented.sort_by_key(|response| response.status);
    }
    documented
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

#[cfg(test)]
mod tests {
    use openapi::notes::Notes;
    use openapi::policy::Policy;
    use serde_json::json;

    use crate::api::{Status, read};

    /// Reads an operation with these responses, which have JSON as content.
    #[track_caller]
    fn check(statuses: &[&str], successes: &[Status], accept: &str) {
        let response = json!({"content": {"application/json": {"schema": {"type": "integer"}}}});
        let responses: serde_json::Map<_, _> =
            statuses.iter().map(|status| ((*status).to_owned(), response.clone())).collect();
        let root =
            json!({"paths": {"/a": {"get": {"operationId": "get_a", "responses": responses}}}});
        let (api, left_out) =
            read("a", &root, Policy::Repair, &mut Notes::default()).expect("it can be read");
        assert_eq!(left_out, []);
        let operation = &api.operations[0];
        let found: Vec<Status> = operation.successes().map(|response| response.status).collect();
        assert_eq!((found.as_slice(), operation.accept.as_str()), (successes, accept));
    }

    #[test]
    fn any_2xx_is_a_success_if_none_is_documented() {
        check(&["404"], &[Status::Range(2)], "application/json, */*");
        check(&["302"], &[Status::Range(2)], "application/json, */*");
        check(&[], &[Status::Range(2)], "*/*");
        check(&["404", "202"], &[Status::Code(202)], "application/json");
        check(&["404", "default"], &[Status::Default], "application/json");
    }
}
