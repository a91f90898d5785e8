//! Parts of Encoding Objects that have no effect on a body, or that a client cannot write.

use serde_json::Value;

use crate::diagnostic::{Diagnostic, Location, Subject};
use crate::media_type::{essence, is_binary, is_json, is_multipart, is_range, listed, matches};
use crate::object::{Object, Schema};
use crate::objects::{Kind, Node};
use crate::pointer;
use crate::reference;
use crate::rule::Rule;
use crate::words::quote;

/// Reports the encodings in request bodies that have no effect.
pub(super) fn check(root: &Value, nodes: &[Node<'_>], found: &mut Vec<Diagnostic>) {
    // OpenAPI ignores those of responses.
    let is_of_request = |node: &&Node<'_>| {
        node.holder.is_some_and(|holder| nodes[holder].kind == Kind::RequestBody)
    };
    let contents = nodes.iter().filter(|node| node.kind == Kind::MediaType && node.has("encoding"));
    for node in contents.filter(is_of_request) {
        let media_type = pointer::last(&node.pointer);
        let is_form = essence(&media_type) == "application/x-www-form-urlencoded";
        if !is_form && !is_multipart(&media_type) {
            let what = format!("`encoding` has no effect in a body of {}.", quote(&media_type));
            found.push(finding(node.member("encoding"), what, HELP_NO_PROPERTIES));
            continue;
        }
        for (name, encoding) in node.entries("encoding") {
            let pointer = pointer::child(&node.member("encoding"), name);
            let schema = node.keyword("schema").map(|schema| reference::resolve(root, schema));
            if schema.is_some_and(|schema| lacks(schema, name)) {
                let what = format!("The body has no property {}.", quote(name));
                let help = "Use the name of a property, or remove the encoding.";
                found.push(finding(pointer, what, help));
                continue;
            }
            let property = schema.and_then(|schema| schema.property(name));
            let property = property.map(|property| reference::resolve(root, property));
            let ineffective = if is_form {
                in_form(encoding)
            } else {
                let content = property.map(|property| content(root, property, encoding));
                in_multipart(encoding, content)
            };
            for (keyword, what, help) in ineffective {
                found.push(finding(pointer::child(&pointer, keyword), what, help));
            }
        }
    }
}

const HELP_NO_PROPERTIES: &str = "Remove it: only forms and multipart bodies encode each property.";

/// A keyword without effect, with a sentence that says so, and the remedy.
type Ineffective = (&'static str, String, &'static str);

fn in_form(encoding: &Value) -> Vec<Ineffective> {
    let mut found = Vec::new();
    let is_styled = encoding.has("style") || encoding.has("explode");
    if is_styled && encoding.has("contentType") {
        let what = "`contentType` has no effect beside a style.".to_owned();
        found.push(("contentType", what, "Remove one of the two."));
    }
    if encoding.has("headers") {
        let what = "`headers` has no effect in a form, whose fields have none.".to_owned();
        found.push(("headers", what, "Remove it."));
    }
    if encoding.is_true("allowReserved") {
        let what = "The client percent-encodes reserved characters in forms, too.".to_owned();
        found.push(("allowReserved", what, "Remove it: servers decode the value."));
    }
    found
}

/// The content of a part.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Content {
    File,
    Objects,
    Scalar,
}

fn in_multipart(encoding: &Value, content: Option<Content>) -> Vec<Ineffective> {
    let styles = ["style", "explode", "allowReserved"].into_iter();
    let mut found: Vec<Ineffective> = styles
        .filter(|keyword| encoding.has(keyword))
        .map(|keyword| {
            let what =
                format!("The client ignores `{keyword}` in multipart bodies, as OpenAPI 3.0 does.");
            (
                keyword,
                what,
                "Remove it: the items of an array are parts, and an object is one part of JSON.",
            )
        })
        .collect();
    let stated = encoding.trimmed("contentType");
    found.extend(content.and_then(|content| without_choice(stated, content)));
    let can_be_json = listed(stated).any(|one| is_json(one) || matches(one, "application/json"));
    let is_concrete = listed(stated).any(|one| !is_range(one));
    if content == Some(Content::Objects) && is_concrete && !can_be_json {
        let what =
            format!("The client cannot write an object as {}, and writes JSON.", quote(stated));
        found.push((
            "contentType",
            what,
            "Describe the property as a string, and write it yourself.",
        ));
    }
    let own = |name: &&String| {
        !["content-type", "content-disposition"].contains(&name.to_ascii_lowercase().as_str())
    };
    if encoding.object("headers").is_some_and(|headers| headers.keys().any(|name| own(&name))) {
        let what = "The client sends no headers with a part.".to_owned();
        found.push(("headers", what, "Remove it, unless the service can do without them."));
    }
    found
}

/// Reports a part whose media type a range names, and whose default is not in it.
fn without_choice(stated: &str, content: Content) -> Option<Ineffective> {
    let (default, help) = match content {
        Content::File => (
            "application/octet-stream",
            "Name one media type, or tell callers to use `FilePart::media_type`.",
        ),
        Content::Objects => ("application/json", "Name the media type that the service expects."),
        Content::Scalar => ("text/plain", "Name the media type that the service expects."),
    };
    let is_left_open = listed(stated).next().is_some()
        && listed(stated).all(|one| is_range(one) && !matches(one, default));
    let what =
        format!("The client sends {} by default, and not {}.", quote(default), quote(stated));
    is_left_open.then_some(("contentType", what, help))
}

/// Returns the content of a property, or of its items.
fn content(root: &Value, property: &Value, encoding: &Value) -> Content {
    let items = property.get("items").map(|items| reference::resolve(root, items));
    let schema = items.filter(|_| property.stated_type() == Some("array")).unwrap_or(property);
    let is_untyped = ["type", "enum", "allOf", "anyOf", "oneOf", "properties"]
        .iter()
        .all(|keyword| !schema.has(keyword));
    let is_string = schema.stated_type() == Some("string") && !schema.has("enum");
    let is_of_bytes = is_binary(encoding.trimmed("contentType"));
    if schema.stated_type() == Some("object") || schema.has("properties") {
        Content::Objects
    } else if is_untyped || is_string && (schema.format() == "binary" || is_of_bytes) {
        Content::File
    } else {
        Content::Scalar
    }
}

/// Returns true if an object schema says all of its properties, and this is none.
fn lacks(schema: &Value, name: &str) -> bool {
    let is_open = ["additionalProperties", "allOf", "anyOf", "oneOf", "$ref"];
    schema.has("properties")
        && schema.property(name).is_none()
        && !is_open.iter().any(|keyword| schema.has(keyword))
}

fn finding(pointer: String, what: String, help: &str) -> Diagnostic {
    Diagnostic {
        rule: Rule::IneffectiveEncoding,
        subject: Subject::Node,
        location: Location::Key(pointer),
        what,
        why: "The client sends the property in another way than this says.".to_owned(),
        help: help.to_owned(),
    }
}
