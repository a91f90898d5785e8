//! Removes keywords that OpenAPI 3.0 does not have, or not at their location.

use serde_json::Value;

use super::edits;
use super::log::Edit;
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

/// Keywords of schemas and operations that say what is sent, at a location where nothing reads
/// them.
const UNREAD: [&str; 12] = [
    "allOf",
    "anyOf",
    "collectionFormat",
    "consumes",
    "enum",
    "items",
    "oneOf",
    "produces",
    "properties",
    "query",
    "schema",
    "type",
];

/// Removes a keyword that OpenAPI does not have at this location.
pub(super) fn remove(root: &mut Value, pointer: &str) -> Option<Edit> {
    let name = last(pointer);
    let effect = if UNCHECKED.contains(&name.as_str()) {
        Edit::Lossy("The client does not check values against it.")
    } else if UNREAD.contains(&name.as_str()) {
        Edit::Lossy("The client does not know what it says.")
    } else {
        Edit::Restated("It is ignored.")
    };
    edits::remove(root, pointer, effect)
}
