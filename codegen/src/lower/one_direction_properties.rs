//! Removes read-only properties from sent types, and write-only properties from received types.

use serde_json::{Map, Value};

use crate::api::Direction;
use openapi::notes::PassNotes;
use openapi::object::{Object, ObjectMut, Schema as _};
use openapi::reference::schema_name;
use openapi::walk::{self, Site};

/// Name of the pass.
pub(super) const NAME: &str = "one_direction_properties";

/// Returns the named schemas as they are in one direction.
pub(super) fn run(schemas: &Value, direction: Direction, notes: &mut PassNotes<'_>) -> Value {
    let (keyword, text) = match direction {
        Direction::Request => ("readOnly", "is only received"),
        Direction::Response => ("writeOnly", "is only sent"),
    };
    let mut in_direction = schemas.clone();
    for (name, schema) in in_direction.as_object_mut().into_iter().flat_map(Map::iter_mut) {
        let site = Site::of_schema(name);
        walk::schema_mut(schema, &site, &mut |site, node| {
            let Some(properties) = node.object_mut("properties") else { return };
            let left_out: Vec<String> = properties
                .iter()
                .filter(|(_, property)| says(schemas, property, keyword, LONGEST_CHAIN))
                .map(|(name, _)| name.clone())
                .collect();
            properties.retain(|name, _| !left_out.contains(name));
            for name in &left_out {
                notes.add(&format!("{}/properties/{name}", site.pointer()), text);
            }
            if let Some(required) = node.array_mut("required") {
                required.retain(|name| !left_out.iter().any(|left_out| name == left_out));
            }
        });
    }
    in_direction
}

/// The longest chain of references that is followed.
const LONGEST_CHAIN: usize = 16;

/// Returns true if a property, or the schema that it refers to, has a keyword that is true.
fn says(schemas: &Value, property: &Value, keyword: &str, longest: usize) -> bool {
    let Some(longest) = longest.checked_sub(1) else { return false };
    let target = schema_name(property).and_then(|name| schemas.get(name));
    property.is_true(keyword)
        || target.is_some_and(|target| says(schemas, target, keyword, longest))
        || property.subschemas().iter().any(|part| says(schemas, part, keyword, longest))
}
