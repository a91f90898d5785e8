//! Arranges a document in the order that hand-written specs have.
//!
//! Keywords have a fixed order. Names that the document chooses, such as paths, properties and
//! components, keep the order of the document.

use serde_json::{Map, Value};

use super::order::Order;
use crate::extensions::SOURCE_PROPERTIES;
use crate::objects::{Kind, Shape};

/// A value whose properties are ordered.
pub(super) enum Tree<'a> {
    Mapping(Vec<(&'a str, Tree<'a>)>),
    List(Vec<Tree<'a>>),
    Scalar(&'a Value),
}

/// Returns the ordered keywords of a kind of object. All other keywords come after them.
fn keywords(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::OpenApi => &["openapi", "info", "servers", "security", "paths", "components"],
        Kind::Info => &["title", "version", "description", "x-source", "x-rate-limit"],
        Kind::Server => &["url", "description", "variables"],
        Kind::ServerVariable => &["enum", "default", "description"],
        Kind::Components => &[
            "securitySchemes",
            "parameters",
            "headers",
            "requestBodies",
            "responses",
            "examples",
            "schemas",
        ],
        Kind::PathItem => &["$ref", "summary", "description", "servers", "parameters"],
        Kind::Operation => OPERATION,
        Kind::Parameter | Kind::Header => PARAMETER,
        Kind::RequestBody => &["$ref", "required", "description", "content"],
        Kind::MediaType => &["schema", "example", "examples", "encoding"],
        Kind::Response => &["$ref", "description", "headers", "content"],
        Kind::Example => &["$ref", "summary", "description", "value", "externalValue"],
        Kind::Schema => SCHEMA,
        Kind::Discriminator => &["propertyName", "mapping"],
        Kind::SecurityScheme => SECURITY_SCHEME,
        Kind::OAuthFlows => &["implicit", "authorizationCode", "clientCredentials", "password"],
        Kind::ImplicitFlow | Kind::TokenFlow | Kind::CodeFlow => {
            &["authorizationUrl", "tokenUrl", "refreshUrl", "scopes"]
        }
        _ => &[],
    }
}

#[rustfmt::skip]
const OPERATION: &[&str] = &[
    "operationId", "x-rust-name", "x-idempotent", "summary", "description", "deprecated", "x-accept", "x-paging",
    "x-lint-ignore", "servers", "parameters", "requestBody", "responses", "security",
];

#[rustfmt::skip]
const PARAMETER: &[&str] = &[
    "$ref", "name", "x-rust-name", "in", "required", "x-from-credential", "description", "deprecated", "style", "explode", "allowEmptyValue",
    "allowReserved", "schema", "content", "example", "examples", "x-lint-ignore",
];

#[rustfmt::skip]
const SCHEMA: &[&str] = &[
    "$ref", "type", "x-error-code", "format", "x-rust-name", "minLength", "maxLength", "pattern", "minimum",
    "exclusiveMinimum",
    "maximum", "exclusiveMaximum", "multipleOf", "minItems", "maxItems", "uniqueItems", "minProperties",
    "maxProperties", "nullable", "title", "description", "x-lint-ignore", "deprecated", "readOnly", "writeOnly", "enum",
    "default", "allOf", "oneOf", "anyOf", "not", "discriminator", "required", "properties", "additionalProperties",
    "items", "example",
];

#[rustfmt::skip]
const SECURITY_SCHEME: &[&str] = &[
    "$ref", "type", "scheme", "bearerFormat", "in", "name", "x-credential-prefix", "description", "x-basic-credentials",
    "flows", "openIdConnectUrl",
];

/// Arranges the whole document.
pub(super) fn arrange<'a>(root: &'a Value, order: &Order) -> Tree<'a> {
    one(root, Shape::One(Kind::OpenApi), Some(order))
}

/// Arranges a value of a known shape.
fn one<'a>(value: &'a Value, shape: Shape, order: Option<&Order>) -> Tree<'a> {
    match (value, shape) {
        (Value::Object(members), Shape::One(kind) | Shape::OneOrBoolean(kind)) => {
            object(members, kind, order)
        }
        (Value::Object(members), Shape::Map(kind)) => {
            mapping(members, &[], order, |_| Shape::One(kind))
        }
        (Value::Object(members), _) => mapping(members, &[], order, |_| Shape::Any),
        (Value::Array(entries), _) => {
            let shape = if let Shape::Array(kind) = shape { Shape::One(kind) } else { Shape::Any };
            let within = |index: usize| order.and_then(|order| order.within(&index.to_string()));
            Tree::List(
                entries
                    .iter()
                    .enumerate()
                    .map(|(index, entry)| one(entry, shape, within(index)))
                    .collect(),
            )
        }
        (scalar, _) => Tree::Scalar(scalar),
    }
}

fn object<'a>(members: &'a Map<String, Value>, kind: Kind, order: Option<&Order>) -> Tree<'a> {
    let mut tree =
        mapping(members, keywords(kind), order, |name| kind.shape(name).unwrap_or(Shape::Any));
    if let Tree::Mapping(members) = &mut tree {
        match kind {
            // Status codes are sorted, whatever order the document has.
            Kind::Responses => members.sort_by_key(|(name, _)| *name),
            Kind::Info => members
                .iter_mut()
                .filter(|(name, _)| *name == "x-source")
                .for_each(|(_, source)| sort(source)),
            _ => {}
        }
    }
    tree
}

/// Sorts the properties of `x-source`.
fn sort(source: &mut Tree<'_>) {
    if let Tree::Mapping(members) = source {
        members.sort_by_key(|(name, _)| SOURCE_PROPERTIES.iter().position(|known| known == name));
    }
}

/// Arranges an object: the `known` keys in this order, then the others in the order of the
/// document, then by name.
fn mapping<'a>(
    members: &'a Map<String, Value>,
    known: &[&str],
    order: Option<&Order>,
    shape: impl Fn(&str) -> Shape,
) -> Tree<'a> {
    let rank = |name: &str| known.iter().position(|known| *known == name).unwrap_or(known.len());
    let mut sorted: Vec<(&String, &Value)> = members.iter().collect();
    sorted.sort_by_key(|(name, _)| (rank(name), order.map(|order| order.rank(name))));
    let within = |name: &str| order.and_then(|order| order.within(name));
    Tree::Mapping(
        sorted
            .into_iter()
            .map(|(name, value)| (name.as_str(), one(value, shape(name), within(name))))
            .collect(),
    )
}
