//! Parts of Encoding Objects that have no effect on a body, or that a client cannot write.

use serde_json::Value;

use crate::diagnostic::{Diagnostic, Location, Subject};
use crate::marks::STYLED_PARTS;
use crate::media_type::{essence, is_json, is_multipart};
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
                in_multipart(encoding, property.is_some_and(|property| has_objects(root, property)))
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
        found.push(beside_a_style());
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

fn beside_a_style() -> Ineffective {
    let what = "`contentType` has no effect beside a style.".to_owned();
    ("contentType", what, "Remove one of the two.")
}

fn in_multipart(encoding: &Value, has_objects: bool) -> Vec<Ineffective> {
    let is_styled = encoding.is_true(STYLED_PARTS);
    let styles = ["style", "explode", "allowReserved"].into_iter();
    let mut found: Vec<Ineffective> = styles
        .filter(|keyword| encoding.has(keyword))
        .filter(|keyword| !is_styled || *keyword == "allowReserved")
        .map(|keyword| {
            let what =
                format!("The client ignores `{keyword}` in this multipart body, as OpenAPI does.");
            (
                keyword,
                what,
                "Remove it: the items of an array are parts, and an object is one part of JSON.",
            )
        })
        .collect();
    let stated = encoding.trimmed("contentType");
    if is_styled && !stated.is_empty() {
        found.push(beside_a_style());
    } else if has_objects && !stated.is_empty() && !is_json(stated) && !stated.contains(['*', ','])
    {
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

/// Returns true if an object schema says all of its properties, and this is none.
fn lacks(schema: &Value, name: &str) -> bool {
    let is_open = ["additionalProperties", "allOf", "anyOf", "oneOf", "$ref"];
    schema.has("properties")
        && schema.property(name).is_none()
        && !is_open.iter().any(|keyword| schema.has(keyword))
}

/// Returns true if the values are objects, or arrays of them.
fn has_objects(root: &Value, schema: &Value) -> bool {
    let items = schema.get("items").map(|items| reference::resolve(root, items));
    let schema = items.filter(|_| schema.stated_type() == Some("array")).unwrap_or(schema);
    schema.stated_type() == Some("object") || schema.has("properties")
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

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::in_multipart;

    #[track_caller]
    fn check(encoding: &Value, expected: &[&str]) {
        let found = in_multipart(encoding, true);
        assert_eq!(found.iter().map(|(keyword, ..)| *keyword).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn styles_of_parts_count_where_they_are_marked() {
        let encoding = json!({"style": "form", "explode": true, "allowReserved": true});
        check(&encoding, &["style", "explode", "allowReserved"]);
        let marked = json!({"style": "form", "allowReserved": true, "x-styled-parts": true});
        check(&marked, &["allowReserved"]);
        let both = json!({"explode": true, "contentType": "text/xml", "x-styled-parts": true});
        check(&both, &["contentType"]);
        check(&json!({"contentType": "text/xml"}), &["contentType"]);
        check(&json!({"contentType": "application/json"}), &[]);
    }
}
