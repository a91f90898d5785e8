//! Removes read-only properties from sent types, and write-only properties from received types.

use serde_json::{Map, Value};

use crate::api::Direction;
use openapi::notes::PassNotes;
use openapi::object::{Object, ObjectMut};
use openapi::walk::{self, Site};

/// Name of the pass.
pub(super) const NAME: &str = "one_direction_properties";

/// Returns the named schemas as they are in one direction.
pub(super) fn run(schemas: &Value, direction: Direction, notes: &mut PassNotes<'_>) -> Value {
    let (keyword, text) = match direction {
        Direction::Request => ("readOnly", "is only received"),
        Direction::Response => ("writeOnly", "is only sent"),
    };
    let mut schemas = schemas.clone();
    for (name, schema) in schemas.as_object_mut().into_iter().flat_map(Map::iter_mut) {
        let site = Site::of_schema(name);
        walk::schema_mut(schema, &site, &mut |site, node| {
            let Some(properties) = node.object_mut("properties") else { return };
            let left_out: Vec<String> = properties
                .iter()
                .filter(|(_, property)| property.is_true(keyword))
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
    schemas
}
