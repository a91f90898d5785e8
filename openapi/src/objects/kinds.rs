//! The vocabulary of the table: kinds of objects and shapes of values.

use serde_json::Value;

use super::table;

/// Kinds of objects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    OpenApi,
    Info,
    Contact,
    License,
    Server,
    ServerVariable,
    Components,
    Paths,
    PathItem,
    Operation,
    ExternalDocs,
    Parameter,
    RequestBody,
    MediaType,
    Encoding,
    Responses,
    Response,
    Callback,
    Example,
    Link,
    Header,
    Tag,
    Reference,
    Schema,
    Discriminator,
    Xml,
    SecurityScheme,
    OAuthFlows,
    /// The OAuth flow `implicit`.
    ImplicitFlow,
    /// The OAuth flows `password` and `clientCredentials`.
    TokenFlow,
    /// The OAuth flow `authorizationCode`.
    CodeFlow,
    SecurityRequirement,
}

/// The shape of a keyword's value.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Shape {
    Any,
    AnyArray,
    AnyMap,
    String,
    Strings,
    StringMap,
    /// One of these strings.
    Choice(&'static [&'static str]),
    /// A boolean.
    Boolean,
    Number,
    /// A non-negative integer.
    Count,
    One(Kind),
    OneOrBoolean(Kind),
    Array(Kind),
    Map(Kind),
}

/// The keys that an object may have besides its keywords.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Rest {
    /// `x-` keys.
    Extensions,
    /// Paths such as `/a/{b}`, and `x-` keys.
    Templates,
    /// Status codes such as `200` or `4XX`, and `x-` keys.
    Statuses,
    /// Expressions such as `{$request.body#/url}`, and `x-` keys.
    Expressions,
    /// Names of security schemes.
    Requirements,
}

impl Kind {
    /// Returns true if a Reference Object may take its place.
    pub(crate) fn may_be_reference(self) -> bool {
        use Kind::{Callback, Example, Header, Link, Parameter, RequestBody, Response, Schema};
        matches!(
            self,
            Callback | Example | Header | Link | Parameter | RequestBody | Response | Schema
        ) || self == Kind::SecurityScheme
    }

    /// Returns its name with an article, such as "an Info Object".
    pub(crate) fn with_article(self) -> String {
        let name = table::object(self).name;
        let article = if name.starts_with(['A', 'E', 'I', 'O', 'X']) { "an" } else { "a" };
        format!("{article} {name} Object")
    }

    /// Returns the shape of a keyword, if the object may have it. Extensions have none.
    pub(crate) fn shape(self, member: &str) -> Option<Shape> {
        let object = table::object(self);
        if let Some(keyword) = object.keywords.iter().find(|keyword| keyword.name == member) {
            return Some(keyword.shape);
        }
        match object.rest {
            Rest::Templates if member.starts_with('/') => Some(Shape::One(Kind::PathItem)),
            Rest::Statuses if is_status(member) => Some(Shape::One(Kind::Response)),
            Rest::Expressions if !is_extension(member) => Some(Shape::One(Kind::PathItem)),
            Rest::Requirements => Some(Shape::Strings),
            _ => None,
        }
    }
}

impl Kind {
    /// Returns the shape of a keyword, including those beyond OpenAPI 3.0 that a repair rewrites.
    pub(crate) fn shape_in_any_version(self, keyword: &str) -> Option<Shape> {
        match (self, keyword) {
            (Kind::Components, "pathItems") => Some(Shape::Map(Kind::PathItem)),
            (Kind::Schema, "$defs" | "definitions" | "patternProperties") => {
                Some(Shape::Map(Kind::Schema))
            }
            (Kind::Schema, "prefixItems") => Some(Shape::Array(Kind::Schema)),
            (Kind::Schema, "unevaluatedProperties") => Some(Shape::OneOrBoolean(Kind::Schema)),
            _ => self.shape(keyword),
        }
    }
}

impl Shape {
    /// Returns true if the value has this shape. The contents of nested objects are not checked.
    pub(crate) fn admits(self, value: &Value) -> bool {
        match self {
            Shape::Any => true,
            Shape::AnyArray | Shape::Array(_) => value.is_array(),
            Shape::AnyMap | Shape::One(_) | Shape::Map(_) => value.is_object(),
            Shape::String => value.is_string(),
            Shape::Strings => {
                value.as_array().is_some_and(|list| list.iter().all(Value::is_string))
            }
            Shape::StringMap => {
                value.as_object().is_some_and(|map| map.values().all(Value::is_string))
            }
            Shape::Choice(words) => value.as_str().is_some_and(|text| words.contains(&text)),
            Shape::Boolean => value.is_boolean(),
            Shape::Number => value.is_number(),
            Shape::Count => {
                value.is_u64() || value.as_f64().is_some_and(|n| n >= 0.0 && n.fract() == 0.0)
            }
            Shape::OneOrBoolean(_) => value.is_object() || value.is_boolean(),
        }
    }

    /// Describes the shape as part of a sentence.
    pub(crate) fn describe(self) -> String {
        match self {
            Shape::Any => "a value".to_owned(),
            Shape::AnyArray | Shape::Array(_) => "an array".to_owned(),
            Shape::AnyMap | Shape::Map(_) => "an object".to_owned(),
            Shape::String => "a string".to_owned(),
            Shape::Strings => "an array of strings".to_owned(),
            Shape::StringMap => "an object whose values are strings".to_owned(),
            Shape::Choice(words) => crate::words::one_of(words),
            Shape::Boolean => "a boolean".to_owned(),
            Shape::Number => "a number".to_owned(),
            Shape::Count => "a non-negative integer".to_owned(),
            Shape::One(kind) => kind.with_article(),
            Shape::OneOrBoolean(kind) => format!("{} or a boolean", kind.with_article()),
        }
    }
}

/// Returns the section of `components` for objects of a kind.
pub(crate) fn section(kind: Kind) -> Option<&'static str> {
    Some(match kind {
        Kind::Schema => "schemas",
        Kind::Response => "responses",
        Kind::Parameter => "parameters",
        Kind::Example => "examples",
        Kind::RequestBody => "requestBodies",
        Kind::Header => "headers",
        Kind::SecurityScheme => "securitySchemes",
        Kind::Link => "links",
        Kind::Callback => "callbacks",
        _ => return None,
    })
}

/// Returns true if a key is an extension, whose value is arbitrary.
pub(crate) fn is_extension(member: &str) -> bool {
    member.starts_with("x-")
}

/// Returns true if a key of a Responses Object is a status code or a range of status codes.
fn is_status(member: &str) -> bool {
    matches!(member.as_bytes(), [b'1'..=b'5', b'X', b'X'] | [b'1'..=b'5', b'0'..=b'9', b'0'..=b'9'])
}
