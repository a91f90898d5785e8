//! Converts OpenAPI 3.1 to 3.0, and notes everything that 3.0 cannot express.
//!
//! Schemas of 3.1 are JSON Schema 2020-12. Keywords that are left after these edits are unknown to
//! 3.0 and therefore ignored.

use serde_json::{Map, Value, json};

use crate::components::{add_schemas, schema_names, section_mut};
use crate::naming;
use crate::notes::Notes;
use crate::object::{Object, ObjectMut, SECRET_FORMAT, Schema, any_object};
use crate::objects::operations_mut;
use crate::pointer::child;
use crate::pointer::escape;
use crate::reference::{self, schema_name, schema_reference};
use crate::walk;

/// Keywords that do not affect values, or that a client cannot use.
const SILENT: [&str; 6] =
    ["$schema", "$id", "$comment", "$anchor", "$dynamicAnchor", "$vocabulary"];

/// Keywords beside a `$ref` that 3.0 ignores, but that do not matter to a client.
const ANNOTATIONS: [&str; 5] = ["description", "summary", "title", "deprecated", "example"];

/// Keywords that determine the properties of an object.
const OF_MEMBERS: [&str; 4] =
    ["properties", "additionalProperties", "patternProperties", "unevaluatedProperties"];

/// Returns true if the document states version 3.1.
pub(super) fn is(root: &Value) -> bool {
    root.string("openapi").is_some_and(|version| version.starts_with("3.1."))
}

pub(super) fn run(root: &mut Value, notes: &mut Notes) {
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
            notes.add(
                "openapi_3_1",
                pointer,
                format!("`{keyword}` does not exist in 3.0, and is ignored"),
            );
        }
    }
    client_certificates(root, notes);
    hoist_definitions(root, notes);
    walk::document_mut(root, &mut |site, schema| rewrite(schema, &site.pointer(), notes));
}

/// Removes client certificates. They belong to the connection, which the caller sets up, and not to
/// any request.
fn client_certificates(root: &mut Value, notes: &mut Notes) {
    let Some(schemes) = section_mut(root, "securitySchemes") else { return };
    let is_certificate = |scheme: &Value| scheme.string("type") == Some("mutualTLS");
    let names: Vec<String> = schemes
        .iter()
        .filter(|(_, scheme)| is_certificate(scheme))
        .map(|(name, _)| name.clone())
        .collect();
    schemes.retain(|_, scheme| !is_certificate(scheme));
    for name in &names {
        notes.add(
            "openapi_3_1",
            &child("/components/securitySchemes", name),
            "is a client certificate, which belongs to the connection",
        );
    }
    let take_out = |holder: &mut Value| {
        let alternatives = holder.array_mut("security").into_iter().flatten();
        for alternative in alternatives.filter_map(Value::as_object_mut) {
            alternative.retain(|name, _| !names.contains(name));
        }
    };
    operations_mut(root).for_each(take_out);
    take_out(root);
}

/// Moves the schemas in `$defs` to `components`.
fn hoist_definitions(root: &mut Value, notes: &mut Notes) {
    let mut names = schema_names(root);
    let mut moved: Vec<(String, String, Value)> = Vec::new();
    walk::document_mut(root, &mut |site, schema| {
        let Some(Value::Object(definitions)) =
            schema.as_object_mut().and_then(|schema| schema.remove("$defs"))
        else {
            return;
        };
        for (name, definition) in definitions {
            let from = format!("#{}/$defs/{}", site.pointer(), escape(&name));
            let name = names.take(&naming::pascal(&format!("{} {name}", site.hint())));
            notes.add("openapi_3_1", &from[1..], format!("is now the schema `{name}`"));
            moved.push((from, name, definition));
        }
    });
    if moved.is_empty() {
        return;
    }
    let targets: Vec<(String, String)> =
        moved.iter().map(|(from, name, _)| (from.clone(), name.clone())).collect();
    let added = moved.into_iter().map(|(_, name, definition)| (name, definition)).collect();
    add_schemas(root, added);
    walk::document_mut(root, &mut |_, schema| {
        let target = reference::of(schema);
        let target = target.and_then(|target| targets.iter().find(|(from, _)| from == target));
        if let Some((_, name)) = target {
            schema["$ref"] = json!(schema_reference(name));
        }
    });
}

/// Converts a schema whose inner schemas are already converted.
fn rewrite(schema: &mut Value, pointer: &str, notes: &mut Notes) {
    if schema.is_boolean() {
        *schema = json!({});
    }
    let Some(members) = schema.as_object_mut() else { return };
    members.retain(|keyword, _| !SILENT.contains(&keyword.as_str()));
    rewrite_type(members, pointer, notes);
    rewrite_bounds(members);
    if let Some(value) = members.remove("const") {
        members.insert("enum".to_owned(), json!([value]));
    }
    if let Some(Value::Array(examples)) = members.remove("examples")
        && let Some(first) = examples.into_iter().next()
    {
        members.entry("example").or_insert(first);
    }
    rewrite_content(members);
    for keyword in ["unevaluatedProperties", "patternProperties"] {
        if let Some(value) = members.remove(keyword) {
            let first = value.as_object().and_then(|patterns| patterns.values().next().cloned());
            let open =
                if keyword == "patternProperties" { first.unwrap_or(json!(true)) } else { value };
            members.entry("additionalProperties").or_insert(open);
        }
    }
    if let Some(items) = members.remove("prefixItems") {
        let any = if marks_secret(&items) {
            json!({"type": "string", "format": SECRET_FORMAT})
        } else {
            json!({})
        };
        members.entry("items").or_insert(any);
        notes.add("openapi_3_1", pointer, "`prefixItems` is read as an array of any values");
    }
    if members.get("items").is_some_and(Value::is_boolean) {
        members.insert("items".to_owned(), json!({}));
    }
    take_null_out(members);
    wrap_reference(members);
}

/// Returns true if something in it is marked as a secret, which must not be read as any JSON.
fn marks_secret(value: &Value) -> bool {
    any_object(value, &mut |object| object.is_secret())
}

/// Converts an array of types to one type and `nullable`.
fn rewrite_type(members: &mut Map<String, Value>, pointer: &str, notes: &mut Notes) {
    let types = match members.get("type") {
        Some(Value::Array(types)) => types.clone(),
        Some(Value::String(only)) if only == "null" => vec![json!("null")],
        _ => return,
    };
    let named: Vec<&Value> = types.iter().filter(|name| **name != "null").collect();
    if named.len() < types.len() {
        members.insert("nullable".to_owned(), json!(true));
    }
    match named.as_slice() {
        [only] => members.insert("type".to_owned(), (*only).clone()),
        several => {
            if !several.is_empty() {
                notes.add("openapi_3_1", pointer, "has several types, and is read as any JSON");
            }
            if OF_MEMBERS.iter().any(|keyword| members.get(*keyword).is_some_and(marks_secret)) {
                members.insert("type".to_owned(), json!("object"))
            } else {
                members.retain(|keyword, _| !["items", "required"].contains(&keyword.as_str()));
                members.retain(|keyword, _| !OF_MEMBERS.contains(&keyword.as_str()));
                members.remove("type")
            }
        }
    };
    if let Some(Value::Array(values)) = members.get_mut("enum") {
        values.retain(|value| !value.is_null());
    }
}

/// Converts exclusive bounds, which are numbers in 3.1 and booleans in 3.0.
fn rewrite_bounds(members: &mut Map<String, Value>) {
    for (exclusive, bound) in [("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")] {
        if let Some(number) = members.get(exclusive).filter(|value| value.is_number()).cloned() {
            members.insert(bound.to_owned(), number);
            members.insert(exclusive.to_owned(), json!(true));
        }
    }
}

/// Converts the media type and encoding of a string to a format.
fn rewrite_content(members: &mut Map<String, Value>) {
    let encoding = members.remove("contentEncoding");
    let media_type = members.remove("contentMediaType");
    let format = match (encoding.as_ref().and_then(Value::as_str), media_type) {
        (Some("base64" | "base64url"), _) => "byte",
        (None, Some(_)) => "binary",
        _ => return,
    };
    members.entry("format").or_insert_with(|| json!(format));
}

/// Converts an alternative for null to `nullable`.
fn take_null_out(members: &mut Map<String, Value>) {
    for keyword in ["anyOf", "oneOf"] {
        let Some(Value::Array(alternatives)) = members.get_mut(keyword) else { continue };
        let number = alternatives.len();
        alternatives.retain(|alternative| !is_null(alternative));
        if alternatives.len() == number {
            continue;
        }
        members.insert("nullable".to_owned(), json!(true));
        match members.array(keyword) {
            [] => drop(members.remove(keyword)),
            [only] => {
                let only = only.clone();
                members.remove(keyword);
                match only {
                    Value::Object(inner) if schema_name(&inner).is_none() => {
                        for (name, value) in inner {
                            members.entry(name).or_insert(value);
                        }
                    }
                    reference => drop(members.insert("allOf".to_owned(), json!([reference]))),
                }
            }
            _ => {}
        }
    }
}

/// Returns true if a converted schema allows only null.
fn is_null(schema: &Value) -> bool {
    let is_silent = |keyword: &String| keyword == "nullable" || keyword == "description";
    schema.is_nullable() && schema.as_object().is_some_and(|members| members.keys().all(is_silent))
}

/// Moves a reference with other keywords into an `allOf`, since 3.0 ignores keywords beside a
/// reference.
fn wrap_reference(members: &mut Map<String, Value>) {
    if members.len() < 2 || !members.contains_key("$ref") {
        return;
    }
    members.retain(|keyword, _| {
        !ANNOTATIONS.contains(&keyword.as_str()) && !keyword.starts_with("x-")
    });
    if members.len() > 1
        && let Some(target) = members.remove("$ref")
    {
        let part = json!({ "$ref": target });
        match members.array_mut("allOf") {
            Some(parts) => parts.push(part),
            None => drop(members.insert("allOf".to_owned(), json!([part]))),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::run;
    use crate::notes::Notes;

    #[track_caller]
    fn check(schema: &Value, expected: &Value) {
        let mut root = json!({"openapi": "3.1.0", "components": {"schemas": {"A": schema}}});
        run(&mut root, &mut Notes::default());
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
    fn a_client_certificate_is_no_part_of_a_request() {
        let mut root = json!({"openapi": "3.1.0", "security": [{"tls": []}],
            "paths": {"/a": {"get": {"security": [{"tls": [], "key": []}]}}},
            "components": {"securitySchemes": {"tls": {"type": "mutualTLS"}, "key": {"type": "apiKey"}}}});
        run(&mut root, &mut Notes::default());
        assert_eq!(root["security"], json!([{}]));
        assert_eq!(root["paths"]["/a"]["get"]["security"], json!([{"key": []}]));
        assert_eq!(root["components"]["securitySchemes"], json!({"key": {"type": "apiKey"}}));
    }

    #[test]
    fn definitions_become_components() {
        let mut root = json!({"openapi": "3.1.0", "components": {"schemas": {"A": {
            "properties": {"b": {"$ref": "#/components/schemas/A/$defs/b"}}, "$defs": {"b": {"type": "string"}}}}}});
        run(&mut root, &mut Notes::default());
        assert_eq!(
            root["components"]["schemas"]["A"]["properties"]["b"]["$ref"],
            "#/components/schemas/AB"
        );
        assert_eq!(root["components"]["schemas"]["AB"], json!({"type": "string"}));
    }
}
