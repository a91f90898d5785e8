//! The operations of a document, without those of callbacks.

use serde_json::{Map, Value};

use crate::object::{Object, ObjectMut};

/// The HTTP methods that a path item can have, in OpenAPI's order.
pub const METHODS: [&str; 8] =
    ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// Returns the operations of a path item with their methods.
pub fn operations_of(
    item: &(impl Object + ?Sized),
) -> impl Iterator<Item = (&'static str, &Value)> {
    METHODS.into_iter().filter_map(|method| Some((method, item.keyword(method)?)))
}

/// Returns the operations of all paths.
pub fn operations(root: &Value) -> impl Iterator<Item = &Value> {
    root.entries("paths").flat_map(|(_, item)| operations_of(item)).map(|(_, operation)| operation)
}

/// Returns the operations of all paths for changes; those of a path are in the order of the
/// document.
pub fn operations_mut(root: &mut Value) -> impl Iterator<Item = &mut Value> {
    let items = root.entries_mut("paths").filter_map(|(_, item)| item.as_object_mut());
    let entries = items.flat_map(Map::iter_mut);
    entries.filter(|(name, _)| METHODS.contains(&name.as_str())).map(|(_, operation)| operation)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{operations, operations_mut, operations_of};

    #[test]
    fn operations_are_the_methods_of_path_items() {
        let mut root = json!({"paths": {
            "/a": {"parameters": [], "post": 2, "get": 1, "x-get": 0}, "/b": {"summary": "B.", "trace": 3}, "/c": []}});
        assert_eq!(operations(&root).collect::<Vec<_>>(), [1, 2, 3]);
        assert_eq!(operations_of(&root["paths"]["/b"]).collect::<Vec<_>>(), [("trace", &json!(3))]);
        operations_mut(&mut root)
            .for_each(|operation| *operation = json!(operation.as_u64().unwrap_or_default() + 1));
        let changed: Vec<Option<u64>> = operations(&root).map(Value::as_u64).collect();
        assert_eq!(changed, [Some(2), Some(3), Some(4)]);
        assert_eq!(operations(&json!({})).count(), 0);
    }
}
