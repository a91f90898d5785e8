//! Converts OpenAPI 3.1 to 3.0, and notes everything that 3.0 cannot express.
//!
//! Schemas of 3.1 are JSON Schema 2020-12. Keywords that are left after these edits are unknown to
//! 3.0, and the repair reports those that matter to a client.

mod definitions;
mod keywords;
mod parts;
mod structure;

use serde_json::{Value, json};

use super::log::Log;
use crate::object::Object;
use crate::walk;

/// Returns true if the document states version 3.1.
pub(super) fn is(root: &Value) -> bool {
    root.string("openapi").is_some_and(|version| version.starts_with("3.1."))
}

pub(super) fn run(root: &mut Value, log: &mut Log<'_>) {
    root["openapi"] = json!("3.0.3");
    for (pointer, keyword) in [
        ("", "webhooks"),
        ("", "jsonSchemaDialect"),
        ("/info", "summary"),
        ("/info/license", "identifier"),
    ] {
        let removed = root
            .pointer_mut(pointer)
            .and_then(Value::as_object_mut)
            .and_then(|object| object.remove(keyword));
        if removed.is_some() {
            let text = format!("`{keyword}` does not exist in 3.0, and is ignored");
            log.note(PASS, pointer, text);
        }
    }
    parts::run(root);
    definitions::run(root, log);
    structure::run(root, log);
    walk::document_mut(root, &mut |site, schema| keywords::rewrite(schema, &site.pointer(), log));
}

/// Name of the pass in notes.
const PASS: &str = "openapi_3_1";

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::run;
    use crate::marks::STYLED_PARTS;
    use crate::notes::Notes;
    use crate::repair::log::Log;

    #[track_caller]
    fn check(schema: &Value, expected: &Value) {
        let mut root = json!({"openapi": "3.1.0", "components": {"schemas": {"A": schema}}});
        run(&mut root, &mut Log::new(&mut Notes::default()));
        assert_eq!(root["components"]["schemas"]["A"], *expected);
        assert_eq!(root["openapi"], "3.0.3");
    }

    #[test]
    fn null_is_no_type() {
        check(&json!({"type": ["string", "null"]}), &json!({"type": "string", "nullable": true}));
        check(&json!({"type": ["string", "integer"]}), &json!({}));
        check(
            &json!({"type": ["string", "object"], "additionalProperties": {"type": "string"}}),
            &json!({}),
        );
        check(&json!({"type": "null"}), &json!({"nullable": true}));
        check(
            &json!({"anyOf": [{"$ref": "#/components/schemas/B"}, {"type": "null"}]}),
            &json!({"allOf": [{"$ref": "#/components/schemas/B"}], "nullable": true}),
        );
        check(
            &json!({"oneOf": [{"type": "integer"}, {"type": "null"}]}),
            &json!({"type": "integer", "nullable": true}),
        );
    }

    #[test]
    fn keywords_of_json_schema_get_those_of_openapi() {
        check(&json!({"const": "a"}), &json!({"enum": ["a"]}));
        check(
            &json!({"anyOf": [{"const": true}, {"const": null}]}),
            &json!({"enum": [true], "nullable": true}),
        );
        check(&json!({"examples": [1, 2], "$comment": "no"}), &json!({"example": 1}));
        check(&json!({"exclusiveMinimum": 3}), &json!({"minimum": 3, "exclusiveMinimum": true}));
        check(
            &json!({"type": "string", "contentEncoding": "base64"}),
            &json!({"type": "string", "format": "byte"}),
        );
        check(&json!({"items": true}), &json!({"items": {}}));
    }

    #[test]
    fn keywords_beside_a_reference_count() {
        check(
            &json!({"$ref": "#/components/schemas/B", "description": "B."}),
            &json!({"$ref": "#/components/schemas/B"}),
        );
        check(
            &json!({"$ref": "#/components/schemas/B", "nullable": true}),
            &json!({"allOf": [{"$ref": "#/components/schemas/B"}], "nullable": true}),
        );
    }

    #[test]
    fn styles_of_parts_count_in_form_data_alone() {
        let content = json!({"encoding": {"a": {"style": "form"}}});
        let mut root = json!({"openapi": "3.1.0", "paths": {"/a": {"post": {"requestBody":
            {"content": {"multipart/form-data": content, "multipart/mixed": content}}}}}});
        run(&mut root, &mut Log::new(&mut Notes::default()));
        let contents = &root["paths"]["/a"]["post"]["requestBody"]["content"];
        assert_eq!(contents["multipart/form-data"]["encoding"]["a"][STYLED_PARTS], json!(true));
        assert_eq!(contents["multipart/mixed"], content);
    }

    #[test]
    fn definitions_become_components() {
        let mut root = json!({"openapi": "3.1.0", "components": {"schemas": {"A": {
            "properties": {"b": {"$ref": "#/components/schemas/A/$defs/b"}}, "$defs": {"b": {"type": "string"}}}}}});
        run(&mut root, &mut Log::new(&mut Notes::default()));
        assert_eq!(
            root["components"]["schemas"]["A"]["properties"]["b"]["$ref"],
            "#/components/schemas/AB"
        );
        assert_eq!(root["components"]["schemas"]["AB"], json!({"type": "string"}));
    }
}
