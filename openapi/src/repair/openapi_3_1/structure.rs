//! Rewrites the keywords that hold schemas, so that the schemas are where 3.0 has them.

use serde_json::{Map, Value, json};

use super::keywords::marks_secret;
use crate::diagnostic::{Location, Subject};
use crate::marks::STYLED_PARTS;
use crate::media_type::essence;
use crate::object::{Object, SECRET_FORMAT};
use crate::objects::{Kind, visit};
use crate::pointer::{self, child};
use crate::repair::log::Log;

pub(super) fn run(root: &mut Value, log: &mut Log<'_>) {
    visit(root, Kind::OpenApi, "", &mut |kind, pointer, members| {
        if kind == Kind::Schema {
            take_patterns(members, pointer, log);
            take_tuple(members, pointer, log);
        }
        if kind == Kind::MediaType && essence(&pointer::last(pointer)) == "multipart/form-data" {
            keep_styles(members);
        }
    });
}

/// Marks the encodings whose styles 3.0 ignores.
fn keep_styles(media_type: &mut Map<String, Value>) {
    let encodings = media_type.get_mut("encoding").and_then(Value::as_object_mut);
    for encoding in encodings.into_iter().flatten().filter_map(|(_, one)| one.as_object_mut()) {
        if encoding.contains_key("style") || encoding.contains_key("explode") {
            encoding.insert(STYLED_PARTS.to_owned(), json!(true));
        }
    }
}

/// Reads properties whose names have a pattern as entries of a map.
fn take_patterns(members: &mut Map<String, Value>, pointer: &str, log: &mut Log<'_>) {
    let unevaluated = members.remove("unevaluatedProperties");
    if let Some(Value::Object(patterns)) = members.remove("patternProperties") {
        let mut entries: Vec<Value> = patterns.into_iter().map(|(_, schema)| schema).collect();
        let others = members.remove("additionalProperties").or(unevaluated);
        entries.extend(others.filter(|others| *others != false && *others != true));
        entries.dedup();
        match <[Value; 1]>::try_from(entries) {
            Ok([only]) => drop(members.insert("additionalProperties".to_owned(), only)),
            Err(_) => {
                members.insert("additionalProperties".to_owned(), json!(true));
                log.lost(
                    at(pointer, "patternProperties"),
                    [
                        "`patternProperties` gives the properties of this object different schemas by their names.",
                        "The client takes them as any JSON.",
                        "Describe the properties that are known by name in `properties`.",
                    ],
                );
            }
        }
    } else if let Some(unevaluated) = unevaluated
        && !(unevaluated == false && is_made_of_others(members))
    {
        members.entry("additionalProperties").or_insert(unevaluated);
    }
}

/// Returns true if other schemas evaluate properties, too. `additionalProperties` does not know
/// these.
fn is_made_of_others(members: &Map<String, Value>) -> bool {
    ["$ref", "allOf", "anyOf", "oneOf"].iter().any(|keyword| members.contains_key(*keyword))
}

/// Reads an array whose items have schemas by their positions as an array of any JSON.
fn take_tuple(members: &mut Map<String, Value>, pointer: &str, log: &mut Log<'_>) {
    let Some(first) = members.remove("prefixItems") else { return };
    let holds_secret = marks_secret(&first) || members.get("items").is_some_and(marks_secret);
    let any =
        if holds_secret { json!({"type": "string", "format": SECRET_FORMAT}) } else { json!({}) };
    if members.get("items") == Some(&json!(false)) {
        let length = first.as_array().map_or(0, Vec::len);
        members.entry("maxItems").or_insert(json!(length));
    }
    members.insert("items".to_owned(), any);
    if !members.has("type") {
        members.insert("type".to_owned(), json!("array"));
    }
    log.lost(
        at(pointer, "prefixItems"),
        [
            "`prefixItems` gives the items of this array schemas by their positions.",
            "The client takes each item as any JSON, and does not check it.",
            "Describe the array by `items` alone if all items are of one type.",
        ],
    );
}

fn at(pointer: &str, keyword: &str) -> (Location, Subject) {
    (Location::Key(child(pointer, keyword)), Subject::Keyword(keyword.to_owned()))
}
