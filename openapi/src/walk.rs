//! Visits the schemas of a document, and only those: not samples, defaults or other data that looks like one.

use serde_json::Value;

use crate::naming;
use crate::objects::METHODS;

/// Where a schema stands: a step, and the site that it starts from.
///
/// Most visitors ask for nothing of it, so that pointer and name are put together by those that do.
#[derive(Clone, Copy, Debug)]
pub struct Site<'s> {
    outer: Option<&'s Self>,
    keyword: &'static str,
    key: Key<'s>,
    hint: Hint<'s>,
}

/// What stands behind a keyword.
#[derive(Clone, Copy, Debug)]
enum Key<'s> {
    None,
    Name(&'s str),
    Index(usize),
}

/// What a step adds to the name of a schema.
#[derive(Clone, Copy, Debug)]
enum Hint<'s> {
    /// Words of the document.
    Name(&'s str),
    /// A word of ours.
    Word(&'static str),
    /// Words of the document, after which a word of ours stands.
    NameAndWord(&'s str, &'static str),
    /// The id of an operation, which replaces whatever stands before it.
    Operation(&'s str),
}

const NO_HINT: Hint<'static> = Hint::Word("");

impl<'s> Site<'s> {
    /// The document itself, or a schema that stands nowhere.
    pub const TOP: Self = Self { outer: None, keyword: "", key: Key::None, hint: NO_HINT };

    /// A named schema, for walks that start at one.
    pub const fn of_schema(name: &'s str) -> Self {
        Self { outer: None, keyword: "components/schemas", key: Key::Name(name), hint: NO_HINT }
    }

    const fn step(&'s self, keyword: &'static str, key: Key<'s>, hint: Hint<'s>) -> Self {
        Self { outer: Some(self), keyword, key, hint }
    }

    /// JSON pointer to the schema.
    pub fn pointer(&self) -> String {
        let mut pointer = self.outer.map(Self::pointer).unwrap_or_default();
        if !self.keyword.is_empty() {
            pointer.push('/');
            pointer.push_str(self.keyword);
        }
        match self.key {
            Key::None => {}
            Key::Name(name) => {
                pointer.push('/');
                pointer.push_str(&crate::pointer::escape(name));
            }
            Key::Index(index) => pointer.push_str(&format!("/{index}")),
        }
        pointer
    }

    /// A name for the schema, made up from where it stands.
    pub fn hint(&self) -> String {
        let before = || self.outer.map(Self::hint).unwrap_or_default();
        match self.hint {
            Hint::Name(name) => before() + &naming::pascal(name),
            Hint::Word(word) => before() + word,
            Hint::NameAndWord(name, word) => before() + &naming::pascal(name) + word,
            Hint::Operation(id) => naming::pascal(&naming::method(id)),
        }
    }

    /// Whether the schema is one of the list behind `keyword`.
    pub fn is_one_of(&self, keyword: &str) -> bool {
        self.keyword == keyword && matches!(self.key, Key::Index(_))
    }

    /// Whether the schema is the first of the list behind `keyword`.
    pub fn is_first_of(&self, keyword: &str) -> bool {
        self.keyword == keyword && matches!(self.key, Key::Index(0))
    }

    /// Whether the schema is a named one.
    pub fn is_named(&self) -> bool {
        self.keyword == "schemas" && self.outer.is_some_and(|outer| outer.keyword == "components")
    }

    /// Whether the schema is that of a parameter.
    pub fn is_of_parameter(&self) -> bool {
        self.keyword == "schema" && self.outer.is_some_and(|outer| outer.keyword == "parameters")
    }
}

/// What is done to each schema; inner schemas come before the schema that they stand in.
pub type Visitor<'v> = dyn FnMut(&Site, &mut Value) + 'v;

/// Visits every schema of a document, named ones included.
pub fn document(root: &mut Value, visit: &mut Visitor<'_>) {
    if let Some(components) = root.get_mut("components") {
        let site = Site::TOP.step("components", Key::None, NO_HINT);
        each(components, "schemas", &site, |site, node| schema(node, site, visit));
        each(components, "parameters", &site, |site, node| parameter(node, site, visit));
        each(components, "headers", &site, |site, node| parameter(node, site, visit));
        each(components, "requestBodies", &site, |site, node| contents(node, site, visit));
        each(components, "responses", &site, |site, node| response(node, site, visit));
    }
    each(root, "paths", &Site::TOP, |site, item| {
        each_item(item, "parameters", site, |site, node| parameter(node, site, visit));
        for method in METHODS {
            if let Some(node) = item.get_mut(method) {
                operation(node, &site.step(method, Key::None, NO_HINT), visit);
            }
        }
    });
}

/// Visits every request body.
pub fn request_bodies(root: &mut Value, visit: &mut Visitor<'_>) {
    if let Some(components) = root.get_mut("components") {
        let site = Site::TOP.step("components", Key::None, NO_HINT);
        each(components, "requestBodies", &site, |site, node| visit(site, node));
    }
    each(root, "paths", &Site::TOP, |site, item| {
        for method in METHODS {
            if let Some(body) = item.get_mut(method).and_then(|operation| operation.get_mut("requestBody")) {
                let site = site.step(method, Key::None, NO_HINT);
                visit(&site.step("requestBody", Key::None, NO_HINT), body);
            }
        }
    });
}

fn operation(node: &mut Value, site: &Site, visit: &mut Visitor<'_>) {
    let id = node.get("operationId").and_then(Value::as_str).unwrap_or_default().to_owned();
    let site = Site { hint: Hint::Operation(&id), ..*site };
    each_item(node, "parameters", &site, |site, node| parameter(node, site, visit));
    if let Some(body) = node.get_mut("requestBody") {
        contents(body, &site.step("requestBody", Key::None, Hint::Word("Request")), visit);
    }
    each(node, "responses", &site, |site, node| response(node, site, visit));
}

fn response(node: &mut Value, site: &Site, visit: &mut Visitor<'_>) {
    each(node, "headers", site, |site, node| parameter(node, site, visit));
    let hint = match site.hint {
        Hint::Name(name) => Hint::NameAndWord(name, "Response"),
        other => other,
    };
    contents(node, &Site { hint, ..*site }, visit);
}

fn parameter(node: &mut Value, site: &Site, visit: &mut Visitor<'_>) {
    if node.get("schema").is_some() {
        let name = node.get("name").and_then(Value::as_str).unwrap_or_default().to_owned();
        if let Some(node) = node.get_mut("schema") {
            schema(node, &site.step("schema", Key::None, Hint::Name(&name)), visit);
        }
    }
    contents(node, site, visit);
}

fn contents(node: &mut Value, site: &Site, visit: &mut Visitor<'_>) {
    let Some(content) = node.get_mut("content").and_then(Value::as_object_mut) else { return };
    for (media_type, node) in content {
        if let Some(node) = node.get_mut("schema") {
            let site = site.step("content", Key::Name(media_type), NO_HINT);
            schema(node, &site.step("schema", Key::None, NO_HINT), visit);
        }
    }
}

/// Visits a schema and all that stand in it.
pub fn schema(node: &mut Value, site: &Site, visit: &mut Visitor<'_>) {
    each(node, "properties", site, |site, node| schema(node, site, visit));
    for (keyword, hint) in [("items", "Item"), ("additionalProperties", "Value"), ("not", "Not")] {
        if let Some(node) = node.get_mut(keyword).filter(|node| node.is_object()) {
            schema(node, &site.step(keyword, Key::None, Hint::Word(hint)), visit);
        }
    }
    each_item(node, "allOf", site, |site, node| schema(node, site, visit));
    for keyword in ["anyOf", "oneOf"] {
        each_item(node, keyword, site, |site, node| {
            let title = node.get("title").and_then(Value::as_str).map(str::to_owned);
            let hint = title.as_deref().map_or(Hint::Word("Alternative"), Hint::Name);
            schema(node, &Site { hint, ..*site }, visit);
        });
    }
    visit(site, node);
}

fn each(parent: &mut Value, keyword: &'static str, site: &Site, mut visit: impl FnMut(&Site, &mut Value)) {
    let Some(members) = parent.get_mut(keyword).and_then(Value::as_object_mut) else { return };
    for (name, node) in members {
        let hint = if keyword == "paths" { NO_HINT } else { Hint::Name(name) };
        visit(&site.step(keyword, Key::Name(name), hint), node);
    }
}

fn each_item(parent: &mut Value, keyword: &'static str, site: &Site, mut visit: impl FnMut(&Site, &mut Value)) {
    let Some(items) = parent.get_mut(keyword).and_then(Value::as_array_mut) else { return };
    for (index, node) in items.iter_mut().enumerate() {
        visit(&site.step(keyword, Key::Index(index), NO_HINT), node);
    }
}
