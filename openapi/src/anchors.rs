//! Rewrites references by `$anchor`, `$dynamicAnchor` and `$id` as JSON pointers.
//!
//! OpenAPI 3.1 takes them from JSON Schema 2020-12 (sections 8.2 and 9.1). A schema with `$id` is a
//! resource of its own: references in it are relative to its URI, and `#` is the schema itself. A
//! dynamic reference depends on the caller in JSON Schema; here it is an ordinary one, which
//! differs only where several schemas have the same dynamic anchor. A reference that names nothing
//! stays, and is reported later.

use std::collections::BTreeMap;

use fluent_uri::{Uri, UriRef};
use serde_json::{Map, Value, json};

use crate::notes::Notes;
use crate::object::{Object, any_object};
use crate::objects::{Kind, visit};
use crate::pointer;
use crate::reference;
use crate::words::quote;

/// The URI of the document, which it need not know itself.
const DOCUMENT: &str = "document:///";

/// The schemas that have names of their own.
#[derive(Default)]
struct Names {
    /// The URIs of resources, by their pointers. That of the document is the empty pointer.
    resources: BTreeMap<String, String>,
    /// The pointers of anchors, by the pointer of their resource.
    anchors: BTreeMap<(String, String), String>,
}

/// Rewrites the references of a document.
pub(crate) fn run(root: &mut Value, notes: &mut Notes) {
    let is_named = |object: &Map<String, Value>| {
        ["$id", "$anchor", "$dynamicAnchor", "$dynamicRef"].iter().any(|name| object.has(name))
    };
    if !any_object(root, &mut |object| is_named(object)) {
        return;
    }
    let mut names = Names::default();
    names.resources.insert(String::new(), DOCUMENT.to_owned());
    visit(root, Kind::OpenApi, "", &mut |kind, pointer, members| {
        if kind == Kind::Schema {
            names.add(pointer, members);
        }
    });
    let mut targets = Vec::new();
    visit(root, Kind::OpenApi, "", &mut |kind, pointer, members| {
        if kind != Kind::Schema {
            return;
        }
        if let Some(target) = members.remove("$dynamicRef") {
            members.entry("$ref").or_insert(target);
        }
        if let Some(stated) = reference::of(members) {
            targets.push((pointer.to_owned(), stated.to_owned()));
        }
    });
    for (pointer, stated) in targets {
        let Some(target) = names.target(root, &pointer, &stated) else { continue };
        let target = format!("#{}", target.replace('%', "%25"));
        let Some(schema) = root.pointer_mut(&pointer) else { continue };
        if stated != target {
            notes.add("anchors", &pointer, format!("{} is {}", quote(&stated), quote(&target)));
            schema["$ref"] = json!(target);
        }
    }
}

/// Returns the pointer of an anchor in a file of any kind.
pub(crate) fn anchor_in(file: &Value, name: &str) -> Option<String> {
    let mut open = vec![(String::new(), file)];
    while let Some((at, value)) = open.pop() {
        if ["$anchor", "$dynamicAnchor"].iter().any(|key| value.string(key) == Some(name)) {
            return Some(at);
        }
        match value {
            Value::Object(entries) => {
                let inner = entries.iter().map(|(key, inner)| (pointer::child(&at, key), inner));
                open.extend(inner);
            }
            Value::Array(items) => {
                let inner = items.iter().enumerate();
                open.extend(inner.map(|(index, inner)| (pointer::entry(&at, index), inner)));
            }
            _ => {}
        }
    }
    None
}

impl Names {
    /// Adds a schema, after those that contain it.
    fn add(&mut self, pointer: &str, members: &Map<String, Value>) {
        if let Some(id) = members.string("$id") {
            match id.strip_prefix('#') {
                // Earlier drafts name an anchor in this way.
                Some(anchor) => self.add_anchor(pointer, anchor),
                None => {
                    let uri = absolute(self.uri_around(pointer), id);
                    self.resources.extend(uri.map(|uri| (pointer.to_owned(), uri)));
                }
            }
        }
        for keyword in ["$anchor", "$dynamicAnchor"] {
            if let Some(anchor) = members.string(keyword) {
                self.add_anchor(pointer, anchor);
            }
        }
    }

    fn add_anchor(&mut self, pointer: &str, anchor: &str) {
        let key = (self.resource_around(pointer).to_owned(), anchor.to_owned());
        self.anchors.entry(key).or_insert_with(|| pointer.to_owned());
    }

    /// Returns the pointer of the resource that a value belongs to.
    fn resource_around<'p>(&self, pointer: &'p str) -> &'p str {
        let mut around = pointer;
        while !self.resources.contains_key(around) {
            around = pointer::parent(around).unwrap_or_default();
        }
        around
    }

    fn uri_around(&self, pointer: &str) -> &str {
        self.resources.get(self.resource_around(pointer)).map_or(DOCUMENT, String::as_str)
    }

    /// Returns the pointer that a reference of the schema at `pointer` stands for. There is none if
    /// it is one already, or leads out of the document.
    fn target(&self, root: &Value, pointer: &str, stated: &str) -> Option<String> {
        let (uri, fragment) = stated.split_once('#').unwrap_or((stated, ""));
        let resource = if uri.is_empty() {
            self.resource_around(pointer)
        } else {
            let uri = absolute(self.uri_around(pointer), uri)?;
            let named = self.resources.iter().find(|(_, known)| **known == uri);
            named.filter(|(resource, _)| !resource.is_empty())?.0
        };
        let fragment = pointer::from_fragment(fragment)?;
        if fragment.is_empty() || fragment.starts_with('/') {
            let target = format!("{resource}{fragment}");
            return (!resource.is_empty() && root.pointer(&target).is_some()).then_some(target);
        }
        let in_resource = self.anchors.get(&(resource.to_owned(), fragment.clone()));
        // Documents name anchors of other resources, too.
        let anywhere = || self.anchors.iter().find(|((_, anchor), _)| *anchor == fragment);
        in_resource.or_else(|| Some(anywhere()?.1)).cloned()
    }
}

/// Returns a URI without a fragment, relative to another one.
fn absolute(base: &str, reference: &str) -> Option<String> {
    let base = Uri::parse(base).ok()?;
    let reference = UriRef::parse(reference.split('#').next()?).ok()?;
    Some(reference.resolve_against(&base).ok()?.normalize().to_string())
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::run;
    use crate::notes::Notes;

    /// Rewrites the reference in a schema `A` beside others.
    #[track_caller]
    fn check(schemas: &Value, pointer: &str, expected: &str) {
        let mut root = json!({"components": {"schemas": schemas}});
        run(&mut root, &mut Notes::default());
        let found = root.pointer(&format!("/components/schemas{pointer}"));
        assert_eq!(found, Some(&json!(expected)), "{root}");
    }

    #[test]
    fn an_anchor_is_a_schema() {
        let schemas = json!({"A": {"$ref": "#b"}, "B": {"properties": {"c": {"$anchor": "b", "type": "string"}}}});
        check(&schemas, "/A/$ref", "#/components/schemas/B/properties/c");
        let schemas = json!({"A": {"$dynamicAnchor": "n", "items": {"$dynamicRef": "#n"}}});
        check(&schemas, "/A/items/$ref", "#/components/schemas/A");
    }

    #[test]
    fn a_schema_with_an_id_is_a_resource_of_its_own() {
        let own = |reference: &str| {
            json!({"A": {"$id": "https://a.example/x/a", "$defs": {"d": {"$anchor": "d"}}, "items": {"$ref": reference}},
                "B": {"$id": "https://a.example/x/b", "$anchor": "d"}})
        };
        for (reference, expected) in [
            ("#", "#/components/schemas/A"),
            ("#/$defs/d", "#/components/schemas/A/$defs/d"),
            ("#d", "#/components/schemas/A/$defs/d"),
            ("a#d", "#/components/schemas/A/$defs/d"),
            ("b", "#/components/schemas/B"),
            ("/x/b#d", "#/components/schemas/B"),
            ("https://a.example/x/b", "#/components/schemas/B"),
            ("#/components/schemas/B", "#/components/schemas/B"),
        ] {
            check(&own(reference), "/A/items/$ref", expected);
        }
    }

    #[test]
    fn what_names_nothing_stays() {
        for reference in
            ["#none", "none.yaml", "#", "https://a.example/#b", "#/components/schemas/C"]
        {
            check(&json!({"A": {"$ref": reference}, "B": {"$anchor": "b"}}), "/A/$ref", reference);
        }
    }
}
