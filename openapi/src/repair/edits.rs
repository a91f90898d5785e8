//! The edits that repair a document, each at the place of a finding.

use serde_json::{Map, Value, json};

use crate::check::HTTP_SCHEMES;
use crate::diagnostic::Subject;
use crate::marks::UNSENDABLE;
use crate::object::{Object, SECRET_FORMAT};
use crate::pointer::{parent, unescape};
use crate::secrets::is_secret_name;
use crate::words::nearest;

const LACKS: &str = "The client lacks the operations that send it.";

fn unsendable_body() -> Value {
    json!({"content": {}, UNSENDABLE: true})
}

fn unsendable_parameter() -> Value {
    json!({"name": "unknown", "in": "query", "schema": {}, UNSENDABLE: true})
}

/// The node around the one that a pointer names, and the name of the latter in it.
fn around<'r>(root: &'r mut Value, pointer: &str) -> Option<(&'r mut Value, String)> {
    let outer = parent(pointer)?;
    let name = unescape(pointer.rsplit('/').next()?);
    Some((root.pointer_mut(outer)?, name))
}

/// Takes a member or an entry out.
pub fn remove(root: &mut Value, pointer: &str, text: &'static str) -> Option<&'static str> {
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

/// Takes out what has a value that it cannot have. What is needed there comes up again as missing.
pub fn remove_optional(root: &mut Value, pointer: &str) -> Option<&'static str> {
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
        "style" => return remove(root, pointer, "The default of its place is taken."),
        _ => {}
    }
    if name == "scheme" {
        return correct_scheme(outer);
    }
    if name == "type" && outer.string("type") == Some("file") {
        outer["type"] = json!("string");
        outer["format"] = json!("binary");
        return Some("It is taken as a text of `format: binary`.");
    }
    if name == "required" && !outer.has("properties") {
        return remove(root, pointer, "It is ignored: it belongs to the schema around it.");
    }
    let is_text = matches!(name.as_str(), "description" | "operationId" | "summary" | "title" | "version");
    let value = outer.get(&name).cloned();
    if let Some(scalar @ (Value::Number(_) | Value::Bool(_))) = value.filter(|_| is_text) {
        outer[&name] = json!(scalar.to_string());
        return Some("It is taken as a text.");
    }
    remove(root, pointer, "It is ignored.")
}

/// Writes the name of a scheme of HTTP as it is registered.
fn correct_scheme(scheme: &mut Value) -> Option<&'static str> {
    let meant = nearest(scheme.string("scheme")?, HTTP_SCHEMES)?;
    scheme["scheme"] = json!(meant);
    Some("It is taken as the nearest one.")
}

/// Writes the range of a status in capitals.
pub fn correct_status(root: &mut Value, pointer: &str) -> Option<&'static str> {
    let (responses, name) = around(root, pointer)?;
    let responses = responses.as_object_mut()?;
    let upper = name.to_uppercase();
    let is_range = matches!(upper.as_bytes(), [b'1'..=b'5', b'X', b'X']) && !responses.contains_key(&upper);
    let response = responses.remove(&name)?;
    if !is_range {
        return Some("The response is ignored.");
    }
    responses.insert(upper, response);
    Some("It is taken as written in capitals.")
}

/// Adds what OpenAPI wants to be there, where nothing depends on what it says.
pub fn add_missing(root: &mut Value, pointer: &str, subject: &Subject) -> Option<&'static str> {
    let Subject::Keyword(keyword) = subject else { return None };
    let members = root.pointer_mut(pointer)?.as_object_mut()?;
    let value = match keyword.as_str() {
        "description" | "title" | "version" | "url" | "name" => json!(""),
        "responses" => json!({"default": {"description": "Whatever comes"}}),
        "schema" => json!({}),
        "content" | "scopes" | "paths" => json!({}),
        _ => return None,
    };
    members.insert(keyword.clone(), value);
    Some("It is taken as empty.")
}

/// Adds a property of any type for a name that is required.
pub fn add_property(root: &mut Value, pointer: &str) -> Option<&'static str> {
    let name = root.pointer(pointer)?.as_str()?.to_owned();
    let schema = root.pointer_mut(parent(parent(pointer)?)?)?.as_object_mut()?;
    if schema.get("type").is_some_and(|kind| kind != "object") {
        schema.remove("required");
        return Some("Its list is ignored: only objects have properties.");
    }
    let properties = schema.entry("properties").or_insert_with(|| json!({})).as_object_mut()?;
    properties.insert(name.clone(), unknown_schema(&name));
    Some("It is taken as a property of any type, or as a secret if it is named like one.")
}

/// What stands in the place of a schema of which nothing is known: a secret if its name says so, or else any JSON.
fn unknown_schema(name: &str) -> Value {
    if is_secret_name(name, true) { json!({"type": "string", "format": SECRET_FORMAT}) } else { json!({}) }
}

/// Puts anything in the place of a schema that is not there, and what cannot be sent in the place of anything that is sent.
pub fn cut_reference(root: &mut Value, pointer: &str) -> Option<&'static str> {
    let object = parent(pointer)?.to_owned();
    let name = unescape(object.rsplit('/').next()?);
    let inside: Vec<&str> = object.split('/').collect();
    let is_schema = inside.iter().any(|step| {
        matches!(
            *step,
            "schema" | "schemas" | "properties" | "items" | "additionalProperties" | "allOf" | "oneOf" | "anyOf"
        )
    });
    if is_schema {
        *root.pointer_mut(&object)? = unknown_schema(&name);
        return Some("It is taken as any JSON, or as a secret if it is named like one.");
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

/// Puts a slash before a path.
pub fn add_slash(root: &mut Value, pointer: &str) -> Option<&'static str> {
    let (paths, name) = around(root, pointer)?;
    let paths = paths.as_object_mut()?;
    let path = format!("/{name}");
    if paths.contains_key(&path) {
        return None;
    }
    let item = paths.remove(&name)?;
    paths.insert(path, item);
    Some("A slash is put before it.")
}

/// Declares the parameter of a path as any text.
pub fn declare(root: &mut Value, pointer: &str, subject: &Subject) -> Option<&'static str> {
    let Subject::Name(name) = subject else { return None };
    let holder: &mut Map<String, Value> = root.pointer_mut(pointer)?.as_object_mut()?;
    let parameters = holder.entry("parameters").or_insert_with(|| json!([])).as_array_mut()?;
    parameters.push(json!({"name": name, "in": "path", "required": true, "schema": {"type": "string"}}));
    Some("It is declared as a text.")
}

/// Writes the format of secrets as it is.
pub fn correct_format(root: &mut Value, pointer: &str) -> Option<&'static str> {
    *root.pointer_mut(pointer)? = json!(SECRET_FORMAT);
    Some("It is taken as `password`.")
}

/// Whether a misspelt keyword marks a secret.
pub fn is_secret_format(root: &Value, pointer: &str) -> bool {
    root.pointer(pointer).and_then(Value::as_str).is_some_and(|value| value.eq_ignore_ascii_case(SECRET_FORMAT))
}

/// Writes the keyword that marks a secret as it is.
pub fn restate_format(root: &mut Value, pointer: &str) -> Option<&'static str> {
    let (outer, name) = around(root, pointer)?;
    let members = outer.as_object_mut()?;
    members.remove(&name)?;
    members.insert("format".to_owned(), json!(SECRET_FORMAT));
    Some("It is taken as `format: password`.")
}

/// Makes a parameter required.
pub fn require(root: &mut Value, pointer: &str) -> Option<&'static str> {
    root.pointer_mut(pointer)?.as_object_mut()?.insert("required".to_owned(), json!(true));
    Some("It is taken as required.")
}
