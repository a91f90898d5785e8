//! The visits of schemas, to read them and to change them.

use serde_json::Value;

use super::Site;
use super::site::{Hint, Key, NO_HINT};
use crate::object::{Object, ObjectMut};
use crate::objects::METHODS;

pub use change::{document as document_mut, schema as schema_mut};
pub use read::{document, schema};

/// The kind of object that contains a schema.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Container {
    /// A named schema itself.
    Schema,
    /// A parameter, or a header, which has the same keywords.
    Parameter,
    RequestBody,
    Response,
}

/// The sections of `components` that contain schemas, in the order of the visit.
const SECTIONS: [(&str, Container); 5] = [
    ("schemas", Container::Schema),
    ("parameters", Container::Parameter),
    ("headers", Container::Parameter),
    ("requestBodies", Container::RequestBody),
    ("responses", Container::Response),
];

/// Visits every request body.
pub fn request_bodies_mut(root: &mut Value, visit: &mut dyn FnMut(&Site, &mut Value)) {
    change::containers(root, &mut |container, site, node| {
        if container == Container::RequestBody {
            visit(site, node);
        }
    });
}

/// Defines both kinds of visits, which differ only in `mut` and the names of accessors.
macro_rules! visits {
    ($module:ident, [$($mut:ident)?], $keyword:ident, $as_object:ident, $as_array:ident) => {
        mod $module {
            use super::*;

            /// The action for each schema. Inner schemas come before the schema that contains them.
            type Visitor<'v> = dyn FnMut(&Site, &$($mut)? Value) + 'v;

            /// The action for each object that contains a schema.
            type ContainerVisitor<'v> = dyn FnMut(Container, &Site, &$($mut)? Value) + 'v;

            /// Visits every schema of a document, including named ones.
            pub fn document(root: &$($mut)? Value, visit: &mut Visitor<'_>) {
                containers(root, &mut |container, site, node| match container {
                    Container::Schema => schema(node, site, visit),
                    Container::Parameter => parameter(node, site, visit),
                    Container::RequestBody => contents(node, site, visit),
                    Container::Response => response(node, site, visit),
                });
            }

            /// Visits the objects in components and operations that contain schemas.
            pub(super) fn containers(root: &$($mut)? Value, visit: &mut ContainerVisitor<'_>) {
                if let Some(components) = root.$keyword("components") {
                    let site = Site::TOP.step("components", Key::None, NO_HINT);
                    for (section, container) in SECTIONS {
                        each(components, section, &site, |site, node| visit(container, site, node));
                    }
                }
                each(root, "paths", &Site::TOP, |site, item| {
                    each_item(item, "parameters", site, |site, node| visit(Container::Parameter, site, node));
                    for method in METHODS {
                        if let Some(node) = item.$keyword(method) {
                            operation(node, &site.step(method, Key::None, NO_HINT), visit);
                        }
                    }
                });
            }

            fn operation(node: &$($mut)? Value, site: &Site, visit: &mut ContainerVisitor<'_>) {
                let id = node.string("operationId").unwrap_or_default().to_owned();
                let site = site.with(Hint::Operation(&id));
                each_item(node, "parameters", &site, |site, node| visit(Container::Parameter, site, node));
                if let Some(body) = node.$keyword("requestBody") {
                    visit(Container::RequestBody, &site.step("requestBody", Key::None, Hint::Word("Request")), body);
                }
                each(node, "responses", &site, |site, node| visit(Container::Response, site, node));
            }

            fn response(node: &$($mut)? Value, site: &Site, visit: &mut Visitor<'_>) {
                each(node, "headers", site, |site, node| parameter(node, site, visit));
                let hint = match site.hint {
                    Hint::Name(name) => Hint::NameAndWord(name, "Response"),
                    other => other,
                };
                contents(node, &site.with(hint), visit);
            }

            fn parameter(node: &$($mut)? Value, site: &Site, visit: &mut Visitor<'_>) {
                if node.has("schema") {
                    let name = node.string("name").unwrap_or_default().to_owned();
                    if let Some(node) = node.$keyword("schema") {
                        schema(node, &site.step("schema", Key::None, Hint::Name(&name)), visit);
                    }
                }
                contents(node, site, visit);
            }

            fn contents(node: &$($mut)? Value, site: &Site, visit: &mut Visitor<'_>) {
                let Some(content) = node.$keyword("content").and_then(Value::$as_object) else { return };
                for (media_type, node) in content {
                    if let Some(node) = node.$keyword("schema") {
                        let site = site.step("content", Key::Name(media_type), NO_HINT);
                        schema(node, &site.step("schema", Key::None, NO_HINT), visit);
                    }
                }
            }

            /// Visits a schema and all of its inner schemas.
            pub fn schema(node: &$($mut)? Value, site: &Site, visit: &mut Visitor<'_>) {
                each(node, "properties", site, |site, node| schema(node, site, visit));
                for (keyword, hint) in [("items", "Item"), ("additionalProperties", "Value"), ("not", "Not")] {
                    if let Some(node) = node.$keyword(keyword).filter(|node| node.is_object()) {
                        schema(node, &site.step(keyword, Key::None, Hint::Word(hint)), visit);
                    }
                }
                each_item(node, "allOf", site, |site, node| schema(node, site, visit));
                for keyword in ["anyOf", "oneOf"] {
                    each_item(node, keyword, site, |site, node| {
                        let title = node.string("title").map(str::to_owned);
                        let hint = title.as_deref().map_or(Hint::Word("Alternative"), Hint::Name);
                        schema(node, &site.with(hint), visit);
                    });
                }
                visit(site, node);
            }

            fn each(
                parent: &$($mut)? Value,
                keyword: &'static str,
                site: &Site,
                mut visit: impl FnMut(&Site, &$($mut)? Value),
            ) {
                let Some(entries) = parent.$keyword(keyword).and_then(Value::$as_object) else { return };
                for (name, node) in entries {
                    let hint = if keyword == "paths" { NO_HINT } else { Hint::Name(name) };
                    visit(&site.step(keyword, Key::Name(name), hint), node);
                }
            }

            fn each_item(
                parent: &$($mut)? Value,
                keyword: &'static str,
                site: &Site,
                mut visit: impl FnMut(&Site, &$($mut)? Value),
            ) {
                let Some(items) = parent.$keyword(keyword).and_then(Value::$as_array) else { return };
                for (index, node) in std::iter::zip(0.., items) {
                    visit(&site.step(keyword, Key::Index(index), NO_HINT), node);
                }
            }
        }
    };
}

visits!(read, [], keyword, as_object, as_array);
visits!(change, [mut], keyword_mut, as_object_mut, as_array_mut);

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{document, document_mut, request_bodies_mut};

    fn widgets() -> Value {
        let string = || json!({"type": "string"});
        json!({
            "paths": {"/widgets/{id}": {
                "parameters": [{"name": "id", "in": "path", "schema": string()}],
                "post": {
                    "operationId": "add_widget",
                    "requestBody": {"content": {"application/json": {"schema": string(), "example": {"items": {}}}}},
                    "responses": {"200": {"headers": {"Link": {"schema": string()}},
                        "content": {"application/json": {"schema": {"items": string(), "default": {"not": {}}}}}}}}}},
            "components": {
                "schemas": {"Widget": {"properties": {"name": string()}, "oneOf": [{"title": "Small"}]}},
                "requestBodies": {"Widget": {"content": {"text/plain": {"schema": string()}}}}}
        })
    }

    #[test]
    fn both_visits_see_the_same_schemas_each_after_those_within() {
        let (mut read, mut changed) = (Vec::new(), Vec::new());
        document(&widgets(), &mut |site, _| read.push((site.pointer(), site.hint())));
        document_mut(&mut widgets(), &mut |site, _| changed.push((site.pointer(), site.hint())));
        assert_eq!(read, changed);
        let pointers: Vec<&str> = read.iter().map(|(pointer, _)| pointer.as_str()).collect();
        assert_eq!(
            pointers,
            [
                "/components/schemas/Widget/properties/name",
                "/components/schemas/Widget/oneOf/0",
                "/components/schemas/Widget",
                "/components/requestBodies/Widget/content/text~1plain/schema",
                "/paths/~1widgets~1{id}/parameters/0/schema",
                "/paths/~1widgets~1{id}/post/requestBody/content/application~1json/schema",
                "/paths/~1widgets~1{id}/post/responses/200/headers/Link/schema",
                "/paths/~1widgets~1{id}/post/responses/200/content/application~1json/schema/items",
                "/paths/~1widgets~1{id}/post/responses/200/content/application~1json/schema",
            ]
        );
    }

    #[test]
    fn request_bodies_are_those_of_components_and_of_operations() {
        let mut pointers = Vec::new();
        request_bodies_mut(&mut widgets(), &mut |site, _| pointers.push(site.pointer()));
        assert_eq!(
            pointers,
            ["/components/requestBodies/Widget", "/paths/~1widgets~1{id}/post/requestBody"]
        );
    }
}
