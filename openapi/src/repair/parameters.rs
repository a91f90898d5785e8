//! Moves the type of a parameter into its schema.
//!
//! Swagger 2.0 states `type`, `items` and constraints in the parameter itself, and documents that
//! were converted by hand still do. OpenAPI 3.0 ignores them there.

use serde_json::{Map, Value, json};

use super::log::Log;
use crate::object::Object;
use crate::objects::{Kind, visit};

/// Keywords that Swagger 2.0 has in a parameter and OpenAPI 3.0 in a schema.
const MOVED: [&str; 17] = [
    "default",
    "enum",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "format",
    "items",
    "maxItems",
    "maxLength",
    "maximum",
    "minItems",
    "minLength",
    "minimum",
    "multipleOf",
    "nullable",
    "pattern",
    "type",
    "uniqueItems",
];

pub(super) fn run(root: &mut Value, log: &mut Log<'_>) {
    visit(root, Kind::OpenApi, "", &mut |kind, pointer, members| {
        let is_typed = matches!(kind, Kind::Header | Kind::Parameter) && members.has("type");
        if !is_typed || members.has("schema") || members.has("content") {
            return;
        }
        let mut schema = Map::new();
        for keyword in MOVED {
            if let Some(value) = members.remove(keyword) {
                schema.insert(keyword.to_owned(), value);
            }
        }
        members.insert("schema".to_owned(), json!(schema));
        log.note("parameters", pointer, "`type` is that of its schema");
    });
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::run;
    use crate::notes::Notes;
    use crate::repair::log::Log;

    #[test]
    fn the_type_of_a_parameter_is_that_of_its_schema() {
        let parameter = |mut own: serde_json::Value| {
            own["name"] = json!("a");
            json!({"paths": {"/a": {"parameters": [own]}}})
        };
        let check = |before, after| {
            let mut root = parameter(before);
            run(&mut root, &mut Log::new(&mut Notes::default()));
            assert_eq!(root, parameter(after));
        };
        check(
            json!({"type": "array", "items": {"type": "string"}, "required": true}),
            json!({"schema": {"type": "array", "items": {"type": "string"}}, "required": true}),
        );
        check(json!({"type": "string", "schema": {}}), json!({"type": "string", "schema": {}}));
        check(json!({"enum": [1]}), json!({"enum": [1]}));
    }
}
