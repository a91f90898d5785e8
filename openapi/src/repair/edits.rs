//! The edits that repair a document, each at the location of a finding.

use serde_json::{Map, Value, json};

use super::log::Edit;
use super::unknown::{
    LACKS, LEFT_OUT, STATUS_ALONE, unknown_response, unknown_schema, unsendable_body,
    unsendable_parameter,
};
use crate::check::HTTP_SCHEMES;
use crate::diagnostic::Subject;
use crate::marks::UNSENDABLE;
use crate::object::{Object, SECRET_FORMAT};
use crate::pointer::{last, parent, unescape};
use crate::words::nearest;

/// Keywords whose values are written for people.
const FOR_PEOPLE: [&str; 14] = [
    "contact",
    "deprecated",
    "description",
    "example",
    "examples",
    "externalDocs",
    "license",
    "operationId",
    "summary",
    "tags",
    "termsOfService",
    "title",
    "version",
    "xml",
];

/// Returns the value that contains the one that a pointer names, and the key of the latter in it.
fn around<'r>(root: &'r mut Value, pointer: &str) -> Option<(&'r mut Value, String)> {
    let outer = parent(pointer)?;
    let name = unescape(pointer.rsplit('/').next()?);
    Some((root.pointer_mut(outer)?, name))
}

/// Removes an entry of an object or an item of an array.
pub(super) fn remove(root: &mut Value, pointer: &str, edit: Edit) -> Option<Edit> {
    let (outer, name) = around(root, pointer)?;
    match outer {
        Value::Object(members) => drop(members.remove(&name)?),
        Value::Array(entries) => {
            let index = name.parse().ok().filter(|index| *index < entries.len())?;
            entries.remove(index);
        }
        _ => return None,
    }
    Some(edit)
}

/// Removes a keyword with an invalid value. If it is required, the next round reports it as
/// missing.
pub(super) fn remove_optional(root: &mut Value, pointer: &str) -> Option<Edit> {
    let (outer, name) = around(root, pointer)?;
    // Without it something else would be sent than the document says.
    match name.as_str() {
        "parameters" if pointer.starts_with("/components/") => return None,
        "parameters" => {
            outer[&name] = json!([unsendable_parameter()]);
            return Some(LACKS);
        }
        "in" => {
            *outer = unsendable_parameter();
            return Some(LACKS);
        }
        "requestBody" => {
            outer[&name] = unsendable_body();
            return Some(LACKS);
        }
        "style" => {
            let effect = Edit::Lossy("The default style of the parameter location is used.");
            return remove(root, pointer, effect);
        }
        _ => {}
    }
    if is_status(&name) && parent(pointer).is_some_and(|outer| last(outer) == "responses") {
        outer[&name] = unknown_response();
        return Some(STATUS_ALONE);
    }
    if name == "scheme" {
        return correct_scheme(outer);
    }
    if name == "type" && outer.string("type") == Some("file") {
        outer["type"] = json!("string");
        outer["format"] = json!("binary");
        return Some(Edit::Restated("It is read as a string with `format: binary`."));
    }
    if name == "required" && !outer.has("properties") {
        return restate_required(root, pointer);
    }
    let is_text =
        matches!(name.as_str(), "description" | "operationId" | "summary" | "title" | "version");
    let value = outer.get(&name).cloned();
    if let Some(scalar @ (Value::Number(_) | Value::Bool(_))) = value.filter(|_| is_text) {
        outer[&name] = json!(scalar.to_string());
        return Some(Edit::Restated("It is read as a string."));
    }
    let is_for_people = pointer.split('/').any(|step| FOR_PEOPLE.contains(&step));
    let effect = if is_for_people || name.starts_with("x-") {
        Edit::Restated("It is ignored.")
    } else {
        Edit::Lossy("The client ignores it.")
    };
    remove(root, pointer, effect)
}

fn is_status(name: &str) -> bool {
    name == "default" || name.len() == 3 && name.starts_with(|one: char| one.is_ascii_digit())
}

/// Moves `required: true` of a property to the schema that has the property.
fn restate_required(root: &mut Value, pointer: &str) -> Option<Edit> {
    let is_required = root.pointer(pointer) == Some(&Value::Bool(true));
    let property = parent(pointer)?.to_owned();
    remove(root, pointer, Edit::Restated(""))?;
    let properties = parent(&property)?;
    if is_required && last(properties) == "properties" {
        let holder = root.pointer_mut(parent(properties)?)?.as_object_mut()?;
        let names = holder.entry("required").or_insert_with(|| json!([]));
        let name = json!(last(&property));
        if let Some(names) = names.as_array_mut().filter(|names| !names.contains(&name)) {
            names.push(name);
        }
        return Some(Edit::Restated("It is read as `required` of the enclosing schema."));
    }
    Some(Edit::Restated("It is ignored, since it belongs to the enclosing schema."))
}

/// Replaces a misspelt HTTP scheme with its registered name.
fn correct_scheme(scheme: &mut Value) -> Option<Edit> {
    let meant = nearest(scheme.string("scheme")?, HTTP_SCHEMES)?;
    scheme["scheme"] = json!(meant);
    Some(Edit::Lossy("It is read as the most similar one."))
}

/// Writes a range of status codes in upper case.
pub(super) fn correct_status(root: &mut Value, pointer: &str) -> Option<Edit> {
    let (responses, name) = around(root, pointer)?;
    let responses = responses.as_object_mut()?;
    let upper = name.to_uppercase();
    let is_range =
        matches!(upper.as_bytes(), [b'1'..=b'5', b'X', b'X']) && !responses.contains_key(&upper);
    let response = responses.remove(&name)?;
    if !is_range {
        return Some(Edit::Lossy("The client does not know this response."));
    }
    responses.insert(upper, response);
    Some(Edit::Restated("It is read in upper case."))
}

/// Adds a missing keyword. Nobody can tell what is meant by a parameter without a location, or a
/// discriminator without a property.
pub(super) fn add_missing(root: &mut Value, pointer: &str, subject: &Subject) -> Option<Edit> {
    const EMPTY: &str = "An empty one is added.";
    let Subject::Keyword(keyword) = subject else { return None };
    if keyword == "propertyName" {
        let effect = "The client tells the alternatives apart by their properties alone.";
        return remove(root, pointer, Edit::Lossy(effect));
    }
    if keyword == "url" && parent(pointer).is_some_and(|outer| last(outer) == "servers") {
        return remove(root, pointer, Edit::Lossy("The client ignores the server."));
    }
    let holder = root.pointer_mut(pointer)?;
    if keyword == "in" || keyword == "name" && holder.has("in") {
        *holder = unsendable_parameter();
        return Some(LACKS);
    }
    if keyword == "content" {
        *holder = unsendable_body();
        return Some(LACKS);
    }
    let first = holder.array("enum").iter().find_map(Value::as_str).unwrap_or_default();
    let (value, edit) = match keyword.as_str() {
        "description" | "title" | "version" | "url" | "name" => (json!(""), Edit::Restated(EMPTY)),
        "info" | "paths" | "scopes" => (json!({}), Edit::Restated(EMPTY)),
        "default" => (json!(first), Edit::Lossy("The client makes one up.")),
        "responses" => (
            json!({"default": {"description": "Any response"}}),
            Edit::Lossy("The client takes any response with a 2xx status code for a success."),
        ),
        "schema" => (json!({}), Edit::Lossy("The client takes its values as any JSON.")),
        _ => return None,
    };
    holder.as_object_mut()?.insert(keyword.clone(), value);
    Some(edit)
}

/// Adds a property of any type for a required name.
pub(super) fn add_property(root: &mut Value, pointer: &str) -> Option<Edit> {
    let name = root.pointer(pointer)?.as_str()?.to_owned();
    let schema = root.pointer_mut(parent(parent(pointer)?)?)?.as_object_mut()?;
    if schema.get("type").is_some_and(|kind| kind != "object") {
        schema.remove("required");
        return Some(Edit::Restated("`required` is ignored, since only objects have properties."));
    }
    let properties = schema.entry("properties").or_insert_with(|| json!({})).as_object_mut()?;
    properties.insert(name.clone(), unknown_schema(&name));
    Some(Edit::Restated(
        "It is read as a property of any type, or as a secret if it is named like one.",
    ))
}

/// Prepends a slash to a path.
pub(super) fn add_slash(root: &mut Value, pointer: &str) -> Option<Edit> {
    let (paths, name) = around(root, pointer)?;
    let paths = paths.as_object_mut()?;
    let path = format!("/{name}");
    let item = paths.remove(&name)?;
    // A URL names another server, and two paths cannot be one.
    if name.contains("://") || paths.contains_key(&path) {
        // It stays, so that its operations are counted as left out.
        let mut item = item;
        item.as_object_mut()?.insert(UNSENDABLE.to_owned(), json!(true));
        let mut path = path;
        while paths.contains_key(&path) {
            path.insert(0, '/');
        }
        paths.insert(path, item);
        return Some(LEFT_OUT);
    }
    paths.insert(path, item);
    Some(Edit::Lossy("The client prepends a slash."))
}

/// Declares a path parameter as a string.
pub(super) fn declare(root: &mut Value, pointer: &str, subject: &Subject) -> Option<Edit> {
    let Subject::Name(name) = subject else { return None };
    let holder: &mut Map<String, Value> = root.pointer_mut(pointer)?.as_object_mut()?;
    let parameters = holder.entry("parameters").or_insert_with(|| json!([])).as_array_mut()?;
    parameters
        .push(json!({"name": name, "in": "path", "required": true, "schema": {"type": "string"}}));
    Some(Edit::Lossy("The client takes it as a string."))
}

/// Corrects the format of secrets.
pub(super) fn correct_format(root: &mut Value, pointer: &str) -> Option<Edit> {
    *root.pointer_mut(pointer)? = json!(SECRET_FORMAT);
    Some(Edit::Restated("It is read as `password`."))
}

/// Returns true if a misspelt keyword marks a secret.
pub(super) fn is_secret_format(root: &Value, pointer: &str) -> bool {
    root.pointer(pointer)
        .and_then(Value::as_str)
        .is_some_and(|value| value.eq_ignore_ascii_case(SECRET_FORMAT))
}

/// Corrects the keyword that marks a secret.
pub(super) fn restate_format(root: &mut Value, pointer: &str) -> Option<Edit> {
    let (outer, name) = around(root, pointer)?;
    let members = outer.as_object_mut()?;
    members.remove(&name)?;
    members.insert("format".to_owned(), json!(SECRET_FORMAT));
    Some(Edit::Restated("It is read as `format: password`."))
}

/// Makes a parameter required.
pub(super) fn require(root: &mut Value, pointer: &str) -> Option<Edit> {
    root.pointer_mut(pointer)?.as_object_mut()?.insert("required".to_owned(), json!(true));
    Some(Edit::Lossy("The client requires it."))
}
