//! Inlines path items that are references.

use serde_json::Value;

use super::log::Log;
use crate::object::{Object, ObjectMut};
use crate::pointer::child;
use crate::reference;

/// The longest chain of references that is followed. A longer chain leads back to itself.
const LONGEST_CHAIN: usize = 8;

pub(super) fn run(root: &mut Value, log: &mut Log<'_>) {
    let found = root.entries("paths").filter_map(|(path, item)| {
        let target = target(root, item, LONGEST_CHAIN)?;
        Some((path.clone(), target.clone()))
    });
    let found: Vec<(String, Value)> = found.collect();
    for (path, mut target) in found {
        let Some(item) = root.object_mut("paths").and_then(|paths| paths.get_mut(&path)) else {
            continue;
        };
        if let (Some(members), Some(own)) = (target.as_object_mut(), item.as_object_mut()) {
            // Keywords beside the reference belong to this path item alone.
            own.remove("$ref");
            members.append(own);
        }
        *item = target;
        log.note(
            "path_items",
            &child("/paths", &path),
            "the path item that it refers to is inlined",
        );
    }
    if let Some(components) = root.object_mut("components") {
        components.remove("pathItems");
    }
}

fn target<'r>(root: &'r Value, item: &Value, longest: usize) -> Option<&'r Value> {
    let longest = longest.checked_sub(1)?;
    let found = reference::target(root, reference::of(item)?).filter(|found| found.is_object())?;
    if found.has("$ref") { target(root, found, longest) } else { Some(found) }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::run;
    use crate::notes::Notes;
    use crate::repair::log::Log;

    #[test]
    fn what_is_referred_to_is_written_out() {
        let mut root = json!({"paths": {
            "/a": {"$ref": "#/paths/~1b", "summary": "Its own"}, "/b": {"$ref": "#/components/pathItems/c"},
            "/round": {"$ref": "#/paths/~1round"}},
            "components": {"pathItems": {"c": {"get": {"operationId": "c"}, "summary": "C"}}}});
        run(&mut root, &mut Log::new(&mut Notes::default()));
        let expected = json!({"paths": {
            "/a": {"get": {"operationId": "c"}, "summary": "Its own"}, "/b": {"get": {"operationId": "c"}, "summary": "C"},
            "/round": {"$ref": "#/paths/~1round"}}, "components": {}});
        assert_eq!(root, expected);
    }
}
