//! Reports keywords that OpenAPI does not define for an object.

use serde_json::Value;

use super::extensions;
use crate::diagnostic::{Diagnostic, Location, Subject};
use crate::objects::Node;
use crate::objects::table;
use crate::objects::{Kind, Rest};
use crate::rule::Rule;
use crate::words::{nearest, one_of, quote};

/// The largest number of keywords that a diagnostic lists.
const LONGEST_LIST: usize = 14;

/// Returns the keyword or extension that a misspelt one was probably meant to be.
pub(super) fn guess(node: &Node<'_>, name: &str) -> Option<&'static str> {
    let keywords = table::object(node.kind).keywords.iter().map(|keyword| keyword.name);
    let reference = node.kind.may_be_reference().then_some("$ref");
    nearest(name, keywords.chain(reference).chain(extensions::names()))
}

/// Reports an unknown keyword.
pub(super) fn report(
    node: &Node<'_>,
    name: &str,
    value: &Value,
    guess: Option<&'static str>,
) -> Diagnostic {
    match (table::object(node.kind).rest, guess) {
        (Rest::Templates, None) => path(node, name),
        (Rest::Statuses, None) => status(node, name),
        _ => keyword(node, name, value, guess),
    }
}

fn keyword(node: &Node<'_>, name: &str, value: &Value, guess: Option<&'static str>) -> Diagnostic {
    let help = match (guess, instead(node.kind, name, value)) {
        (_, Some(known)) => known.to_owned(),
        (Some(meant), None) => format!("Did you mean `{meant}`?"),
        (None, None) => otherwise(node.kind),
    };
    Diagnostic {
        rule: Rule::UnknownKeyword,
        subject: Subject::Keyword(name.to_owned()),
        location: Location::Key(node.member(name)),
        what: format!("{} is not a keyword of {}.", quote(name), node.kind.with_article()),
        why: "The generated client would ignore it.".into(),
        help,
    }
}

fn otherwise(kind: Kind) -> String {
    let known: Vec<&str> =
        table::object(kind).keywords.iter().map(|keyword| keyword.name).collect();
    let remove = "Remove it. If it is an extension, start its name with `x-`.";
    if known.is_empty() || known.len() > LONGEST_LIST {
        return remove.to_owned();
    }
    format!("Write {}. If it is an extension, start its name with `x-`.", one_of(&known))
}

/// Returns the OpenAPI 3.0 equivalent of a keyword from JSON Schema or a later OpenAPI version.
fn instead(kind: Kind, name: &str, value: &Value) -> Option<&'static str> {
    match (kind, name, value) {
        (Kind::Schema, "const", _) => Some("Write an `enum` with this single value."),
        (Kind::Schema, "examples", Value::Array(_)) => {
            Some("Write `example` with one of the values.")
        }
        (Kind::Schema, "definitions" | "$defs", _) => {
            Some("Move the schemas to `components/schemas`, and refer to them with `$ref`.")
        }
        (Kind::Schema, "patternProperties", _) => {
            Some("Write `additionalProperties` with a schema for the values.")
        }
        (Kind::OpenApi, "webhooks", _) => {
            Some("Remove it: webhooks were introduced in OpenAPI 3.1.")
        }
        (Kind::Operation, "consumes" | "produces", _) => Some(
            "Write the media types as keys of `content`, in the request body and in the responses.",
        ),
        _ => None,
    }
}

fn path(node: &Node<'_>, name: &str) -> Diagnostic {
    Diagnostic {
        rule: Rule::PathWithoutSlash,
        subject: Subject::Name(name.to_owned()),
        location: Location::Key(node.member(name)),
        what: format!("The path {} does not start with `/`.", quote(name)),
        why: "The path is appended to the server URL as it is, so requests would go to the wrong URL.".into(),
        help: format!("Write {}.", quote(&format!("/{name}"))),
    }
}

fn status(node: &Node<'_>, name: &str) -> Diagnostic {
    let upper = name.to_uppercase();
    Diagnostic {
        rule: Rule::BadStatus,
        subject: Subject::Name(name.to_owned()),
        location: Location::Key(node.member(name)),
        what: format!("{} is not a valid status code.", quote(name)),
        why: "The generated client could not tell which responses this describes.".into(),
        help: if node.kind.shape(&upper).is_some() {
            format!("Did you mean {}?", quote(&upper))
        } else {
            "Write a status code from `\"100\"` to `\"599\"`, a range such as `4XX`, or `default`."
                .into()
        },
    }
}
