//! The typed model of a document: the only source of the code that is emitted for operations.

mod constraints;
mod media_types;
mod paging;
mod parameters;
mod paths;
mod read;
mod responses;
mod security;
mod styles;
mod types;

use std::fmt;

use serde_json::Value;

pub use constraints::{Constraint, constraints, constraints_in_words};
pub use media_types::Coding;
pub use read::{PASS, read};
pub use styles::Style;
pub use types::{RustType, type_of, type_of_not_null};

/// An API, as its document describes it.
#[derive(Clone, Debug)]
pub struct Api {
    /// The name of the module and the Cargo feature.
    pub name: String,
    /// `info.title`.
    pub title: String,
    /// `info.version`.
    pub version: String,
    /// `info.description`.
    pub description: String,
    /// The source of the facts.
    pub source: Source,
    /// The servers of the API.
    pub servers: Vec<Server>,
    /// Security schemes, sorted by name.
    pub schemes: Vec<Scheme>,
    /// Operations, sorted by path, then in OpenAPI's order of methods.
    pub operations: Vec<Operation>,
    /// Named schemas, sorted by name.
    pub schemas: Vec<Schema>,
}

/// The source of the facts (`x-source`).
#[derive(Clone, Debug, Default)]
pub struct Source {
    /// The title of the page.
    pub title: String,
    /// The vendor.
    pub vendor: String,
    /// The version of the API.
    pub version: String,
    /// The file that was transcribed.
    pub document: String,
}

/// A server of an API.
#[derive(Clone, Debug)]
pub struct Server {
    /// The URL with a `{name}` for each variable.
    pub url: String,
    /// The description in the document.
    pub description: String,
    /// The server variables.
    pub variables: Vec<ServerVariable>,
}

/// A server variable.
#[derive(Clone, Debug)]
pub struct ServerVariable {
    /// The name in the URL.
    pub name: String,
    /// The default value.
    pub default: String,
    /// The description in the document.
    pub description: String,
    /// The allowed values. If empty, any value is allowed.
    pub allowed: Vec<String>,
}

/// A security scheme.
#[derive(Clone, Debug)]
pub struct Scheme {
    /// The key in the document.
    pub name: String,
    /// JSON pointer to the scheme.
    pub pointer: String,
    /// The name of the credential type.
    pub rust_name: String,
    /// The description in the document.
    pub description: String,
    /// The way to send a credential.
    pub kind: SchemeKind,
    /// All other facts, for review.
    pub facts: String,
}

/// The ways to send a credential.
#[derive(Clone, Debug)]
pub enum SchemeKind {
    /// HTTP Basic.
    Basic {
        /// The Rust name of the first part.
        user_id: String,
        /// The Rust name of the second part.
        password: String,
    },
    /// A token in a header.
    Token {
        /// The name of the header in lower case.
        header: String,
        /// The prefix of the token, including a space.
        prefix: String,
    },
    /// An API key in the query parameter with this name.
    QueryKey(String),
    /// An API key in the cookie with this name.
    CookieKey(String),
}

/// An operation.
#[derive(Clone, Debug)]
pub struct Operation {
    /// `operationId`.
    pub id: String,
    /// The method of the client.
    pub rust_name: String,
    /// The JSON pointer to the operation.
    pub pointer: String,
    /// The HTTP method in upper case.
    pub method: String,
    /// The path template.
    pub path: String,
    /// The summary.
    pub summary: String,
    /// The description.
    pub description: String,
    /// True if the parameter is deprecated.
    pub deprecated: bool,
    /// True if sending the operation twice has the same effect as sending it once, by its HTTP method or by
    /// `x-idempotent`.
    pub idempotent: bool,
    /// The query parameter that counts pages, by `x-paging`.
    pub page_parameter: Option<String>,
    /// The parameters: those in the path in its order, then those in the query and in headers.
    pub parameters: Vec<Parameter>,
    /// The request body.
    pub body: Option<Body>,
    /// The value of the `Accept` header.
    pub accept: String,
    /// The responses, sorted by status code.
    pub responses: Vec<Response>,
    /// The alternative security requirements. Each one names the schemes that it combines, with their scopes.
    pub security: Vec<Vec<(String, Vec<String>)>>,
}

/// The location of a parameter in a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ParameterLocation {
    /// A path segment, or a part of one.
    Path,
    /// The query.
    Query,
    /// A header.
    Header,
    /// A cookie.
    Cookie,
}

/// A parameter of an operation.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// The name in the request.
    pub name: String,
    /// JSON pointer to the parameter, or to the reference to it.
    pub pointer: String,
    /// The name of the argument or setter.
    pub rust_name: String,
    /// The location in the request.
    pub location: ParameterLocation,
    /// True if the body is always sent.
    pub required: bool,
    /// True if the parameter is deprecated.
    pub deprecated: bool,
    /// The description in the document.
    pub description: String,
    /// The schema of its values.
    pub schema: Value,
    /// The type of its values.
    pub rust_type: RustType,
    /// The style of its values.
    pub style: Style,
    /// True if the items of an array, or the properties of an object, are sent separately.
    pub explode: bool,
    /// The only value that it can have. A constant is not an argument.
    pub constant: Option<String>,
    /// The examples in the document.
    pub examples: Vec<Example>,
}

/// A request body.
#[derive(Clone, Debug)]
pub struct Body {
    /// True if the body is always sent.
    pub required: bool,
    /// The description in the document.
    pub description: String,
    /// `Content-Type`.
    pub media_type: String,
    /// The encoding of the body.
    pub coding: Coding,
    /// The media types of parts, by the names of their properties.
    pub part_media_types: Vec<(String, String)>,
    /// The schema of its values.
    pub schema: Value,
    /// The type of its values.
    pub rust_type: RustType,
    /// The examples in the document.
    pub examples: Vec<Example>,
}

/// A key of the Responses Object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// A status code.
    Code(u16),
    /// All status codes with this first digit.
    Range(u16),
    /// All status codes that are not listed.
    Default,
}

/// A documented response.
#[derive(Clone, Debug)]
pub struct Response {
    /// The status codes that it stands for.
    pub status: Status,
    /// JSON pointer to the response, or to the reference to it.
    pub pointer: String,
    /// The description in the document.
    pub description: String,
    /// The documented headers.
    pub headers: Vec<Header>,
    /// The body.
    pub body: Option<ResponseBody>,
}

/// The body of a documented response.
#[derive(Clone, Debug)]
pub struct ResponseBody {
    /// `Content-Type`.
    pub media_type: String,
    /// The schema of its values.
    pub schema: Value,
    /// The type of its values.
    pub rust_type: RustType,
    /// The examples in the document.
    pub examples: Vec<Example>,
}

/// A header of a documented response.
#[derive(Clone, Debug)]
pub struct Header {
    /// The name of the header.
    pub name: String,
    /// True if the header is required.
    pub required: bool,
    /// The description in the document.
    pub description: String,
    /// The schema of its values.
    pub schema: Value,
    /// The examples in the document.
    pub examples: Vec<Example>,
}

/// An example in the document.
#[derive(Clone, Debug)]
pub struct Example {
    /// The key of the example, or `example`.
    pub name: String,
    /// The summary.
    pub summary: String,
    /// The value.
    pub value: Value,
}

/// A named schema.
#[derive(Clone, Debug)]
pub struct Schema {
    /// The key in the lowered document, and the name of the Rust type.
    pub name: String,
    /// JSON pointer to the schema in the document as it was read.
    pub pointer: String,
    /// The direction of its values.
    pub direction: Direction,
    /// The schema as documented, with renamed references.
    pub documented: Value,
}

/// The direction of a schema's values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Direction {
    /// The values are sent, and the constraints of the document are enforced.
    Request,
    /// The values are received, and nothing is enforced.
    Response,
}

/// As the document writes it.
impl fmt::Display for Status {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => write!(formatter, "default"),
            Self::Range(digit) => write!(formatter, "{digit}XX"),
            Self::Code(code) => write!(formatter, "{code}"),
        }
    }
}

impl Status {
    /// Returns true if the status codes count as success.
    pub fn is_success(self) -> bool {
        matches!(self, Self::Code(200..=299) | Self::Range(2))
    }
}

impl Server {
    /// Returns the host in [`example`](Self::example).
    pub fn host(&self) -> String {
        let example = self.example();
        let behind_scheme = example.split_once("://").map_or(example.as_str(), |(_, rest)| rest);
        behind_scheme.split('/').next().unwrap_or_default().to_owned()
    }

    /// Returns the URL with the default of each variable.
    pub fn example(&self) -> String {
        let fill =
            |url: String, variable: &ServerVariable| url.replace(&format!("{{{}}}", variable.name), &variable.default);
        self.variables.iter().fold(self.url.clone(), fill)
    }
}

impl Operation {
    /// Returns the type of the items, if every success is the same array.
    pub fn list_item(&self) -> Option<&RustType> {
        let mut bodies = self.successes().map(|response| response.body.as_ref().map(|body| &body.rust_type));
        match bodies.next()?? {
            list @ RustType::List(item) if bodies.all(|body| body == Some(list)) => Some(item),
            _ => None,
        }
    }

    /// Returns true if its array is paged: a success documents a `Link` header, or a parameter counts the pages.
    pub fn is_paged(&self) -> bool {
        let is_link = |header: &Header| header.name.eq_ignore_ascii_case("link");
        let links = || self.successes().any(|response| response.headers.iter().any(is_link));
        self.list_item().is_some() && (self.page_parameter.is_some() || links())
    }

    /// Returns the responses that count as success. If a document has only `default`, that is meant for success as
    /// well.
    pub fn successes(&self) -> impl Iterator<Item = &Response> {
        let only_default = !self.responses.iter().any(|response| response.status.is_success());
        self.responses.iter().filter(move |response| {
            response.status.is_success() || (only_default && response.status == Status::Default)
        })
    }

    /// Returns the responses that count as errors.
    pub fn errors(&self) -> impl Iterator<Item = &Response> {
        self.responses.iter().filter(|response| !response.status.is_success())
    }

    /// Returns the parameters that are arguments of the method.
    pub fn arguments(&self) -> impl Iterator<Item = &Parameter> {
        self.parameters.iter().filter(|parameter| parameter.required && parameter.constant.is_none())
    }

    /// Returns the parameters that are setters.
    pub fn setters(&self) -> impl Iterator<Item = &Parameter> {
        self.parameters.iter().filter(|parameter| !parameter.required)
    }
}

impl Api {
    /// Returns the named schema, if there is one.
    pub fn schema(&self, name: &str) -> Option<&Schema> {
        let index = self.schemas.binary_search_by(|schema| schema.name.as_str().cmp(name));
        index.ok().map(|index| &self.schemas[index])
    }
}
