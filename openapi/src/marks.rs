//! Marks that the pipeline leaves in a document for its own later stages. No document brings one along.

use serde_json::Value;

use crate::objects::{Kind, visit};

/// Marks what a request needs and nothing is known of, so that the operations that send it are left out.
pub const UNSENDABLE: &str = "x-unsendable";

/// Marks a string that is a file of a multipart body.
pub const FILE: &str = "x-file";

/// Marks a schema that would be any JSON although it holds a secret.
pub const HOLDS_SECRET: &str = "x-holds-secret";

/// Takes out marks that a document has been written with, so that it is read as if it had none.
pub(crate) fn take_out(root: &mut Value) {
    visit(root, Kind::OpenApi, "", &mut |_, _, members| {
        members.retain(|keyword, _| ![UNSENDABLE, FILE, HOLDS_SECRET].contains(&keyword.as_str()));
    });
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::load;
    use crate::policy::Policy;
    use crate::source::SpecSource;

    /// A document in which `mark` stands wherever a later stage reads a mark, and `data` where a value or a name does.
    fn document(mark: &Value, data: &Value) -> Value {
        let with_mark = |mut object: Value| {
            let members = object.as_object_mut().expect("an object");
            members.extend(mark.as_object().expect("an object").clone());
            object
        };
        let string = || with_mark(json!({"type": "string"}));
        json!({
            "openapi": "3.0.3", "info": {"title": "Widgets", "version": "1"},
            "paths": {"/widgets": {"post": {
                "operationId": "add_widget",
                "parameters": [with_mark(json!({"name": "limit", "in": "query", "schema": string()}))],
                "requestBody": with_mark(json!({"content": {"application/json": {"schema": string(), "example": data}}})),
                "responses": {"200": {"description": "Done"}}}}},
            "components": {"schemas": {"Widget": {
                "type": "object", "properties": data, "allOf": [string()], "not": string(),
                "additionalProperties": with_mark(json!({"items": string(), "type": "array"}))}}}
        })
    }

    #[test]
    fn a_document_with_marks_is_read_as_if_it_had_none() {
        let marks = json!({super::FILE: true, super::UNSENDABLE: true, super::HOLDS_SECRET: true});
        let data = json!({super::FILE: {"type": "string"}, super::UNSENDABLE: {}});
        for policy in [Policy::Refuse, Policy::Repair] {
            let read = |mark: &Value| {
                let text = document(mark, &data).to_string();
                load(SpecSource::new("specs/widgets.yaml", text), policy).expect("the document is good").root
            };
            assert_eq!(read(&marks), document(&json!({}), &data));
            assert_eq!(read(&json!({})), document(&json!({}), &data));
        }
    }
}
