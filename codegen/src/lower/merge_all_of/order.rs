//! The order in which named schemas are merged.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use openapi::object::{Object, Schema};
use openapi::reference::schema_name;

/// Returns the names of all schemas with an `allOf`, each after those that it refers to there.
pub(super) fn bottom_up(schemas: &Value) -> Vec<String> {
    let mut order = Vec::new();
    let mut seen = BTreeSet::new();
    for name in schemas.as_object().into_iter().flat_map(Map::keys) {
        let mut path: Vec<(&str, Vec<&str>)> = Vec::new();
        let mut next = Some(name.as_str());
        loop {
            if let Some(name) = next.take()
                && seen.insert(name)
            {
                path.push((name, schemas.get(name).map(parts).unwrap_or_default()));
            }
            let Some((name, open)) = path.last_mut() else { break };
            match open.pop() {
                Some(part) => next = Some(part),
                None => {
                    if schemas.get(*name).is_some_and(|schema| schema.has("allOf")) {
                        order.push((*name).to_owned());
                    }
                    path.pop();
                }
            }
        }
    }
    order
}

/// Returns the schemas that the subschemas of a schema refer to.
fn parts(schema: &Value) -> Vec<&str> {
    let mut found: Vec<&str> = schema_name(schema).into_iter().collect();
    found.extend(schema.subschemas().iter().flat_map(parts));
    found
}
