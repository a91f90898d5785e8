//! Rewrites the keywords of a schema whose meaning changed between 3.0 and 3.1.

use serde_json::{Map, Value, json};

use crate::diagnostic::{Location, Subject};
use crate::media_type::is_json;
use crate::object::{Object, ObjectMut, Schema, any_object};
use crate::pointer::child;
use crate::reference::schema_name;
use crate::repair::log::Log;

/// Keywords that do not affect values, or that a client cannot use.
const SILENT: [&str; 6] =
    ["$schema", "$id", "$comment", "$anchor", "$dynamicAnchor", "$vocabulary"];

/// Keywords beside a `$ref` that 3.0 ignores, but that do not matter to a client.
const ANNOTATIONS: [&str; 5] = ["description", "summary", "title", "deprecated", "example"];

/// Keywords that determine the properties of an object.
const OF_MEMBERS: [&str; 2] = ["properties", "additionalProperties"];

/// Converts a schema whose inner schemas are already converted.
pub(super) fn rewrite(schema: &mut Value, pointer: &str, log: &mut Log<'_>) {
    if schema.is_boolean() {
        *schema = json!({});
    }
    let Some(members) = schema.as_object_mut() else { return };
    members.retain(|keyword, _| !SILENT.contains(&keyword.as_str()));
    rewrite_type(members, pointer, log);
    let forbids_null = forbids_null(members);
    rewrite_bounds(members);
    match members.remove("const") {
        Some(Value::Null) => drop(members.insert("nullable".to_owned(), json!(true))),
        Some(value) => drop(members.insert("enum".to_owned(), json!([value]))),
        None => {}
    }
    if let Some(Value::Array(examples)) = members.remove("examples")
        && let Some(first) = examples.into_iter().next()
    {
        members.entry("example").or_insert(first);
    }
    rewrite_content(members);
    if members.get("items").is_some_and(Value::is_boolean) {
        members.insert("items".to_owned(), json!({}));
    }
    take_null_out(members);
    if forbids_null {
        forbid_null(members);
    }
    wrap_reference(members);
}

/// Returns true if a value marks something as a secret.
pub(super) fn marks_secret(value: &Value) -> bool {
    any_object(value, &mut |object| object.is_secret())
}

/// Returns true if the `not` of a schema, or of a subschema that says nothing else, forbids null.
/// The inner schemas have been converted.
fn forbids_null(members: &mut Map<String, Value>) -> bool {
    let is_null =
        |schema: &Value| *schema == json!({"nullable": true}) || *schema == json!({"enum": [null]});
    let mut forbids = members.get("not").is_some_and(is_null);
    if forbids {
        members.remove("not");
    }
    if let Some(parts) = members.array_mut("allOf") {
        let number = parts.len();
        parts.retain(|part| *part != json!({"nullable": false}));
        forbids |= parts.len() < number;
        if parts.is_empty() {
            members.remove("allOf");
        }
    }
    forbids
}

/// Takes null from a schema. Around a reference, `nullable: false` takes it from its values.
fn forbid_null(members: &mut Map<String, Value>) {
    members.insert("nullable".to_owned(), json!(false));
    if let Some(values) = members.array_mut("enum") {
        values.retain(|value| !value.is_null());
    }
}

/// Converts an array of types to one type and `nullable`.
fn rewrite_type(members: &mut Map<String, Value>, pointer: &str, log: &mut Log<'_>) {
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
                log.lost(
                    (Location::Key(child(pointer, "type")), Subject::Keyword("type".to_owned())),
                    [
                        "`type` lists several types.",
                        "The client takes them as any JSON, and does not check them.",
                        "Write the types as alternatives of an `anyOf`, or state one.",
                    ],
                );
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

/// Converts exclusive bounds, which are numbers in 3.1 and booleans in 3.0. The stricter bound
/// counts.
fn rewrite_bounds(members: &mut Map<String, Value>) {
    let pairs = [("exclusiveMinimum", "minimum", 1.0), ("exclusiveMaximum", "maximum", -1.0)];
    for (exclusive, bound, direction) in pairs {
        let Some(number) = members.number(exclusive) else { continue };
        if members.number(bound).is_some_and(|other| other * direction > number * direction) {
            members.remove(exclusive);
        } else if let Some(stated) = members.insert(exclusive.to_owned(), json!(true)) {
            members.insert(bound.to_owned(), stated);
        }
    }
}

/// Converts the media type and encoding of a string to a format. JSON in a string is an ordinary
/// string.
fn rewrite_content(members: &mut Map<String, Value>) {
    let encoding = members.remove("contentEncoding");
    let media_type = members.remove("contentMediaType");
    let encoding = encoding.as_ref().and_then(Value::as_str).map(str::to_ascii_lowercase);
    let media_type = media_type.as_ref().and_then(Value::as_str);
    let format = match (encoding.as_deref(), media_type) {
        (Some("base64" | "base64url"), _) => "byte",
        (None | Some("binary" | "8bit" | "7bit"), Some(media_type)) if !is_json(media_type) => {
            "binary"
        }
        (Some("binary"), None) => "binary",
        _ => return,
    };
    members.entry("format").or_insert_with(|| json!(format));
    if ["type", "$ref", "allOf", "anyOf", "oneOf"].iter().all(|keyword| !members.has(keyword)) {
        members.insert("type".to_owned(), json!("string"));
    }
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
