//! States the media types of the parts of multipart bodies in their encodings, where 3.0 has them,
//! and not in the schemas of the parts.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::marks::VERBATIM;
use crate::media_type::{is_json, is_multipart};
use crate::object::{Object, ObjectMut, Schema};
use crate::reference;
use crate::walk;

pub(super) fn run(root: &mut Value) {
    let before = root.clone();
    walk::request_bodies_mut(root, &mut |_, body| {
        let contents = body.entries_mut("content");
        for (_, content) in contents.filter(|(media_type, _)| is_multipart(media_type)) {
            let mut parts = Parts { root: &before, found: Vec::new(), seen: BTreeSet::new() };
            if let Some(schema) = content.get("schema") {
                parts.add(&schema.clone());
            }
            for (name, media_type) in parts.found {
                state(content, &name, &media_type);
            }
        }
    });
}

/// States the media type of a part, unless its encoding states one. A string that is documented to
/// contain JSON is not encoded again.
fn state(content: &mut Value, name: &str, media_type: &str) {
    let Some(content) = content.as_object_mut() else { return };
    let encodings = content.entry("encoding").or_insert_with(|| json!({})).as_object_mut();
    let encoding = encodings.map(|all| all.entry(name).or_insert_with(|| json!({})));
    let Some(encoding) = encoding.and_then(Value::as_object_mut) else { return };
    let stated = encoding.entry("contentType").or_insert_with(|| json!(media_type));
    if is_json(media_type) && stated.as_str().is_some_and(is_json) {
        encoding.insert(VERBATIM.to_owned(), json!(true));
    }
}

/// Collects the media types that schemas of properties, or of their items, state.
struct Parts<'d> {
    root: &'d Value,
    found: Vec<(String, String)>,
    /// The references to subschemas that were followed.
    seen: BTreeSet<String>,
}

impl Parts<'_> {
    fn add(&mut self, schema: &Value) {
        let root = self.root;
        let is_new = |seen: &mut BTreeSet<String>| {
            reference::of(schema).is_none_or(|reference| seen.insert(reference.to_owned()))
        };
        if !is_new(&mut self.seen) {
            return;
        }
        let schema = reference::resolve(root, schema);
        for (name, property) in schema.properties() {
            let property = reference::resolve(root, property);
            let items = property.get("items").map(|items| reference::resolve(root, items));
            let stated = [Some(property), items].into_iter().flatten();
            let plain = stated.filter(|stated| !stated.has("contentEncoding"));
            let media_types = plain.filter_map(|stated| stated.string("contentMediaType"));
            self.found.extend(media_types.map(|one| (name.clone(), one.to_owned())));
        }
        schema.subschemas().iter().for_each(|part| self.add(part));
    }
}
