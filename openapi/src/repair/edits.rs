//! The edits that repair a document, each at the location of a finding.

use serde_json::{Map, Value, json};

use crate::check::HTTP_SCHEMES;
use crate::diagnostic::Subject;
use crate::marks::UNSENDABLE;
use crate::object::{Object, SECRET_FORMAT};
use crate::pointer::{parent, unescape};
use crate::secrets::is_secret_name;
use crate::words::nearest;

const LACKS: &str = "The client leaves out the operations that send it.";

fn unsendable_body() -> Value {
    json!({"content": {}, UNSENDABLE: true})
}

fn unsendable_parameter() -> Value {
    json!({"name": "unknown", "in": "query", "schema": {}, UNSENDABLE: true})
}

/// Returns the value that contains the one that a pointer names, and the key of the latter in it.
fn around<'r>(root: &'r mut Value, pointer: &str) -> Option<(&'r mut Value, String)> {
    let outer = parent(pointer)?;
    let name = unescape(pointer.rsplit('/').next()?);
    Some((root.pointer_mut(outer)?, name))
}

/// Removes an entry of an object or an item of an array.
pub(super) fn remove(root: &mut Value, pointer: &str, text: &'static str) -> Option<&'static str> {
    let (outer, name) = around(root, pointer)?;
    match outer {
        Value::Object(members) => drop(members.remove(&name)?),
        Value::Array(entries) => {
            let index = name.parse().ok().filter(|index| *index < entries.len())?;
            entries.remove(index);
        }
        _ => return None,
    }
    Some(text)
}

/// Removes a keyword with an invalid value. If it is required, the next round reports it as
/// missing.
pub(super) fn remove_optional(root: &mut Value, pointer: &str) -> Option<&'static str> {
    let (outer, name) = around(root, pointer)?;
    // Without it something else would be sent than the document says.
    match name.as_str() {
        "parameters" => return None,
        "in" => {
            *outer = unsendable_parameter();
            return Some(LACKS);
        }
        "requestBody" => {
            outer[&name] = unsendable_body();
            return Some(LACKS);
        }
        "style" => {
            return remove(root, pointer, "The default style of the parameter location is used.");
        }
        _ => {}
    }
    if name == "scheme" {
        return correct_scheme(outer);
    }
    if name == "type" && outer.string("type") == Some("file") {
        outer["type"] = json!("string");
        outer["format"] = json!("binary");
        return Some("It is read as a string with `format: binary`.");
    }
    if name == "required" && !outer.has("properties") {
        return remove(root, pointer, "It is ignored, since it belongs to the enclosing schema.");
    }
    let is_text =
        matches!(name.as_str(), "description" | "operationId" | "summary" | "title" | "version");
    let value = outer.get(&name).cloned();
    if let Some(scalar @ (Value::Number(_) | Value::Bool(_))) = value.filter(|_| is_text) {
        outer[&name] = json!(scalar.to_string());
        return Some("It is read as a string.");
    }
    remove(root, pointer, "It is ignored.")
}

/// Replaces a misspelt HTTP scheme with its registered name.
fn correct_scheme(scheme: &mut Value) -> Option<&'static str> {
    let meant = nearest(scheme.string("scheme")?, HTTP_SCHEMES)?;
    scheme["scheme"] = json!(meant);
    Some("It is read as the most similar one.")
}

/// Writes a range of status codes in upper case.
pub(super) fn correct_status(root: &mut Value, pointer: &str) -> Option<&'static str> {
    let (responses, name) = around(root, pointer)?;
    let responses = responses.as_object_mut()?;
    let upper = name.to_uppercase();
    let is_range =
        matches!(upper.as_bytes(), [b'1'..=b'5', b'X', b'X']) && !responses.contains_key(&upper);
    let response = responses.remove(&name)?;
    if !is_range {
        return Some("The response is ignored.");
    }
    responses.insert(upper, response);
    Some("It is read in upper case.")
}

/// Adds a missing keyword, where nothing depends on its value.
pub(super) fn add_missing(
    root: &mut Value,
    pointer: &str,
    subject: &Subject,
) -> Option<&'static str> {
    let Subject::Keyword(keyword) = subject else { return None };
    let members = root.pointer_mut(pointer)?.as_object_mut()?;
    let value = match keyword.as_str() {
        "description" | "title" | "version" | "url" | "name" => json!(""),
        "responses" => json!({"default": {"description": "Any response"}}),
        "schema" => json!({}),
        "content" | "scopes" | "paths" => json!({}),
        _ => return None,
    };
    members.insert(keyword.clone(), value);
    Some("An empty one is added.")
}

/// Adds a property of any type for a required name.
pub(super) fn add_property(root: &mut Value, pointer: &str) -> Option<&'static str> {
    let name = root.pointer(pointer)?.as_str()?.to_owned();
    let schema = root.pointer_mut(parent(parent(pointer)?)?)?.as_object_mut()?;
    if schema.get("type").is_some_and(|kind| kind != "object") {
        schema.remove("required");
        return Some("`required` is ignored, since only objects have properties.");
    }
    let properties = schema.entry("properties").or_insert_with(|| json!({})).as_object_mut()?;
    properties.insert(name.clone(), unknown_schema(&name));
    Some("It is read as a property of any type, or as a secret if it is named like one.")
}

/// Returns a schema for a value of which nothing is known: a secret if it is named like one, or
/// else any JSON.
fn unknown_schema(name: &str) -> Value {
    if is_secret_name(name, true) {
        json!({"type": "string", "format": SECRET_FORMAT})
    } else {
        json!({})
    }
}

/// Replaces a reference that cannot be resolved: a schema with any JSON, and what is sent with a
/// mark that it cannot be sent.
pub(super) fn cut_reference(root: &mut Value, pointer: &str) -> Option<&'static str> {
    let object = parent(pointer)?.to_owned();
    let name = unescape(object.rsplit('/').next()?);
    let inside: Vec<&str> = object.split('/').collect();
    let is_schema = inside.iter().any(|step| {
        matches!(
            *step,
            "schema"
                | "schemas"
                | "properties"
                | "items"
                | "additionalProperties"
                | "allOf"
                | "oneOf"
                | "anyOf"
        )
    });
    if is_schema {
        *root.pointer_mut(&object)? = unknown_schema(&name);
        return Some("It is read as any JSON, or as a secret if it is named like one.");
    }
    let unsendable = match inside.iter().rev().nth(1) {
        _ if name == "requestBody" => Some(unsendable_body()),
        Some(&"parameters") => Some(unsendable_parameter()),
        Some(&"requestBodies") => Some(unsendable_body()),
        _ => None,
    };
    if let Some(unsendable) = unsendable {
        *root.pointer_mut(&object)? = unsendable;
        return Some(LACKS);
    }
    remove(root, &object, "It is ignored.")
}

/// Prepends a slash to a path.
pub(super) fn add_slash(root: &mut Value, pointer: &str) -> Option<&'static str> {
    let (paths, name) = around(root, pointer)?;
    let paths = paths.as_object_mut()?;
    let path = format!("/{name}");
    if paths.contains_key(&path) {
        return None;
    }
    let item = paths.remove(&name)?;
    paths.insert(path, item);
    Some("A slash is prepended.")
}

/// Declares a path parameter as a string.
pub(super) fn declare(root: &mut Value, pointer: &str, subject: &Subject) -> Option<&'static str> {
    let Subject::Name(name) = subject else { return None };
    let holder: &mut Map<String, Value> = root.pointer_mut(pointer)?.as_object_mut()?;
    let parameters = holder.entry("parameters").or_insert_with(|| json!([])).as_array_mut()?;
    parameters
        .push(json!({"name": name, "in": "path", "required": true, "schema": {"type": "string"}}));
    Some("It is declared as a string.")
}

/// Corrects the format of secrets.
pub(super) fn correct_format(root: &mut Value, pointer: &str) -> Option<&'static str> {
    *root.pointer_mut(pointer)? = json!(SECRET_FORMAT);
    Some("It is read as `password`.")
}

/// Returns true if a misspelt keyword marks a secret.
pub(super) fn is_secret_format(root: &Value, pointer: &str) -> bool {
    root.pointer(pointer)
        .and_then(Value::as_str)
        .is_some_and(|value| value.eq_ignore_ascii_case(SECRET_FORMAT))
}

/// Corrects the keyword that marks a secret.
pub(super) fn restate_format(root: &mut Value, pointer: &str) -> Option<&'static str> {
    let (outer, name) = around(root, pointer)?;
    let members = outer.as_object_mut()?;
    members.remove(&name)?;
    members.insert("format".to_owned(), json!(SECRET_FORMAT));
    Some("It is read as `format: password`.")
}

/// Makes a parameter required.
pub(super) fn require(root: &mut Value, pointer: &str) -> Option<&'static str> {
    root.pointer_mut(pointer)?.as_object_mut()?.insert("required".to_owned(), json!(true));
    Some("It is read as required.")
}
