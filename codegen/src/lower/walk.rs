//! Visits the schemas of a document, and only those: not samples, defaults or other data that looks like one.

use serde_json::Value;

use crate::api::METHODS;
use crate::naming;

/// Where a schema stands.
#[derive(Clone, Debug)]
pub struct Site {
    /// JSON pointer to the schema.
    pub pointer: String,
    /// A name for the schema, made up from where it stands.
    pub hint: String,
}

impl Site {
    fn step(&self, path: &str, hint: &str) -> Self {
        Self { pointer: format!("{}/{path}", self.pointer), hint: format!("{}{hint}", self.hint) }
    }
}

/// What is done to each schema; inner schemas come before the schema that they stand in.
pub type Visitor<'v> = dyn FnMut(&Site, &mut Value) + 'v;

/// Visits every schema of a document, named ones included.
pub fn document(root: &mut Value, visit: &mut Visitor<'_>) {
    let top = Site { pointer: String::new(), hint: String::new() };
    if let Some(components) = root.get_mut("components") {
        let site = top.step("components", "");
        each(components, "schemas", &site, |site, node| schema(node, site, visit));
        each(components, "parameters", &site, |site, node| parameter(node, site, visit));
        each(components, "headers", &site, |site, node| parameter(node, site, visit));
        each(components, "requestBodies", &site, |site, node| contents(node, site, visit));
        each(components, "responses", &site, |site, node| response(node, site, visit));
    }
    each(root, "paths", &top, |site, item| {
        each_item(item, "parameters", site, |site, node| parameter(node, site, visit));
        for method in METHODS {
            if let Some(node) = item.get_mut(method) {
                operation(node, &site.step(method, ""), visit);
            }
        }
    });
}

/// Visits every request body, with a JSON pointer to it.
pub fn request_bodies(root: &mut Value, visit: &mut dyn FnMut(&str, &mut Value)) {
    let top = Site { pointer: String::new(), hint: String::new() };
    if let Some(components) = root.get_mut("components") {
        each(components, "requestBodies", &top.step("components", ""), |site, node| visit(&site.pointer, node));
    }
    each(root, "paths", &top, |site, item| {
        for method in METHODS {
            if let Some(body) = item.get_mut(method).and_then(|operation| operation.get_mut("requestBody")) {
                visit(&site.step(&format!("{method}/requestBody"), "").pointer, body);
            }
        }
    });
}

fn operation(node: &mut Value, site: &Site, visit: &mut Visitor<'_>) {
    let id = node.get("operationId").and_then(Value::as_str).unwrap_or_default();
    let site = Site { hint: naming::pascal(&naming::method(id)), pointer: site.pointer.clone() };
    each_item(node, "parameters", &site, |site, node| parameter(node, site, visit));
    if let Some(body) = node.get_mut("requestBody") {
        contents(body, &site.step("requestBody", "Request"), visit);
    }
    each(node, "responses", &site, |site, node| response(node, site, visit));
}

fn response(node: &mut Value, site: &Site, visit: &mut Visitor<'_>) {
    each(node, "headers", site, |site, node| parameter(node, site, visit));
    contents(node, &Site { hint: format!("{}Response", site.hint), ..site.clone() }, visit);
}

fn parameter(node: &mut Value, site: &Site, visit: &mut Visitor<'_>) {
    let name = naming::pascal(node.get("name").and_then(Value::as_str).unwrap_or_default());
    if let Some(node) = node.get_mut("schema") {
        schema(node, &site.step("schema", &name), visit);
    }
    contents(node, site, visit);
}

fn contents(node: &mut Value, site: &Site, visit: &mut Visitor<'_>) {
    let Some(content) = node.get_mut("content").and_then(Value::as_object_mut) else { return };
    for (media_type, node) in content {
        if let Some(node) = node.get_mut("schema") {
            let path = format!("content/{}/schema", crate::api::escape(media_type));
            schema(node, &site.step(&path, ""), visit);
        }
    }
}

/// Visits a schema and all that stand in it.
pub fn schema(node: &mut Value, site: &Site, visit: &mut Visitor<'_>) {
    each(node, "properties", site, |site, node| schema(node, site, visit));
    for (keyword, hint) in [("items", "Item"), ("additionalProperties", "Value"), ("not", "Not")] {
        if let Some(node) = node.get_mut(keyword).filter(|node| node.is_object()) {
            schema(node, &site.step(keyword, hint), visit);
        }
    }
    for (keyword, hint) in [("allOf", ""), ("anyOf", "Alternative"), ("oneOf", "Alternative")] {
        each_item(node, keyword, site, |site, node| {
            let title = naming::pascal(node.get("title").and_then(Value::as_str).unwrap_or(hint));
            let hint = if hint.is_empty() { "" } else { &title };
            schema(node, &Site { hint: format!("{}{hint}", site.hint), ..site.clone() }, visit);
        });
    }
    visit(site, node);
}

fn each(parent: &mut Value, keyword: &str, site: &Site, mut visit: impl FnMut(&Site, &mut Value)) {
    let Some(members) = parent.get_mut(keyword).and_then(Value::as_object_mut) else { return };
    for (name, node) in members {
        let path = format!("{keyword}/{}", crate::api::escape(name));
        let hint = if keyword == "paths" { String::new() } else { naming::pascal(name) };
        visit(&site.step(&path, &hint), node);
    }
}

fn each_item(parent: &mut Value, keyword: &str, site: &Site, mut visit: impl FnMut(&Site, &mut Value)) {
    let Some(items) = parent.get_mut(keyword).and_then(Value::as_array_mut) else { return };
    for (index, node) in items.iter_mut().enumerate() {
        visit(&site.step(&format!("{keyword}/{index}"), ""), node);
    }
}

/// Whether a schema has members, variants or alternatives, and so needs a Rust type of its own.
pub fn needs_name(schema: &Value) -> bool {
    let items = |keyword: &str| schema.get(keyword).and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let has_members = schema.get("properties").and_then(Value::as_object).is_some_and(|members| !members.is_empty());
    let has_variants = items("enum").iter().any(Value::is_string);
    let has_alternatives = !items("anyOf").is_empty() || !items("oneOf").is_empty();
    let has_parts = match items("allOf") {
        [] => false,
        [only] => only.get("$ref").is_none(),
        _ => true,
    };
    has_members || has_variants || has_alternatives || has_parts
}
