//! Removes keywords that OpenAPI 3.0 does not have, or not at their location.

use serde_json::Value;

use super::edits;
use super::log::Edit;
use crate::object::Object;
use crate::pointer::last;

/// Keywords of JSON Schema that constrain values, and that OpenAPI 3.0 lacks.
const UNCHECKED: [&str; 16] = [
    "additionalItems",
    "const",
    "contains",
    "dependencies",
    "dependentRequired",
    "dependentSchemas",
    "else",
    "if",
    "maxContains",
    "minContains",
    "patternProperties",
    "propertyNames",
    "then",
    "unevaluatedItems",
    "unevaluatedProperties",
    "prefixItems",
];

/// Keywords that tools write for themselves or for people.
const SILENT: [&str; 8] =
    ["$comment", "$schema", "id", "description", "example", "examples", "summary", "title"];

/// Removes a keyword that OpenAPI does not have at this location.
pub(super) fn remove(root: &mut Value, pointer: &str) -> Option<Edit> {
    let name = last(pointer);
    let is_operation = root.pointer(pointer).is_some_and(|value| value.has("responses"));
    let effect = match name.as_str() {
        name if UNCHECKED.contains(&name) => {
            Edit::Lossy("The client does not check values against it.")
        }
        name if SILENT.contains(&name) || pointer.starts_with("/info/") => {
            Edit::Restated("It is ignored.")
        }
        _ if is_operation => Edit::Lossy("The client leaves out the operation."),
        _ => Edit::Lossy("The client does not know what it says."),
    };
    edits::remove(root, pointer, effect)
}
