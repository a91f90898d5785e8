//! What a document says, typed: the one source of everything that is emitted about operations.

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
pub use read::read;
pub use styles::Style;
pub use types::{RustType, type_of, type_of_not_null};

/// One API, as its document states it.
#[derive(Clone, Debug)]
pub struct Api {
    /// Module and Cargo feature.
    pub name: String,
    /// `info.title`.
    pub title: String,
    /// `info.version`.
    pub version: String,
    /// `info.description`.
    pub description: String,
    /// Where the facts come from.
    pub source: Source,
    /// Where the API is served.
    pub servers: Vec<Server>,
    /// Security schemes, sorted by name.
    pub schemes: Vec<Scheme>,
    /// Operations, sorted by path, then in OpenAPI's order of methods.
    pub operations: Vec<Operation>,
    /// Named schemas, sorted by name.
    pub schemas: Vec<Schema>,
}

/// Where the facts come from (`x-source`).
#[derive(Clone, Debug, Default)]
pub struct Source {
    /// Title of the page.
    pub title: String,
    /// Who published it.
    pub vendor: String,
    /// Version of the API that it documents.
    pub version: String,
    /// Name of the file that it was transcribed from.
    pub document: String,
}

/// One place where an API is served.
#[derive(Clone, Debug)]
pub struct Server {
    /// URL with a `{name}` for each variable.
    pub url: String,
    /// What the document says of it.
    pub description: String,
    /// What stands for the names in the URL.
    pub variables: Vec<ServerVariable>,
}

/// A variable part of a server's URL.
#[derive(Clone, Debug)]
pub struct ServerVariable {
    /// Name in the URL.
    pub name: String,
    /// Value that the document gives it.
    pub default: String,
    /// What the document says of it.
    pub description: String,
    /// The only values that it can have; none means any.
    pub allowed: Vec<String>,
}

/// A security scheme.
#[derive(Clone, Debug)]
pub struct Scheme {
    /// Key in the document.
    pub name: String,
    /// JSON pointer to the scheme.
    pub pointer: String,
    /// Name of the credential's type.
    pub rust_name: String,
    /// What the document says of it.
    pub description: String,
    /// How a credential of it is sent.
    pub kind: SchemeKind,
    /// All the rest that the document says of it, for review.
    pub facts: String,
}

/// How a credential is sent.
#[derive(Clone, Debug)]
pub enum SchemeKind {
    /// HTTP Basic.
    Basic {
        /// Rust name of the first part.
        user_id: String,
        /// Rust name of the second part.
        password: String,
    },
    /// A token in a header.
    Token {
        /// Name of the header in lower case.
        header: String,
        /// What stands before the token, a space included.
        prefix: String,
    },
    /// An API key in the query parameter of this name.
    QueryKey(String),
    /// An API key in the cookie of this name.
    CookieKey(String),
}

/// One operation.
#[derive(Clone, Debug)]
pub struct Operation {
    /// `operationId`.
    pub id: String,
    /// Client method.
    pub rust_name: String,
    /// JSON pointer to the operation.
    pub pointer: String,
    /// HTTP method in upper case.
    pub method: String,
    /// Path template.
    pub path: String,
    /// What it does, in a few words.
    pub summary: String,
    /// What a caller must know of it.
    pub description: String,
    /// Whether the document calls it deprecated.
    pub deprecated: bool,
    /// Whether sending it twice has the effect of sending it once: as the method has it, or `x-idempotent` says.
    pub idempotent: bool,
    /// Name of the query parameter that counts the pages of its list, as `x-paging` says.
    pub page_parameter: Option<String>,
    /// Parameters: those of the path in its order, then those of query and headers.
    pub parameters: Vec<Parameter>,
    /// What is sent in the body.
    pub body: Option<Body>,
    /// Value of the `Accept` header.
    pub accept: String,
    /// What can come back, sorted by status.
    pub responses: Vec<Response>,
    /// Alternatives; each names the schemes that it combines, with their scopes.
    pub security: Vec<Vec<(String, Vec<String>)>>,
}

/// Where in a request a parameter goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// A segment of the path, or a part of one.
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
    /// Name on the wire.
    pub name: String,
    /// JSON pointer to the parameter, or to the reference to it.
    pub pointer: String,
    /// Name of the argument or setter.
    pub rust_name: String,
    /// Where it goes.
    pub place: Place,
    /// Whether it is always sent.
    pub required: bool,
    /// Whether the document calls it deprecated.
    pub deprecated: bool,
    /// What the document says of it.
    pub description: String,
    /// What values it can have.
    pub schema: Value,
    /// Type of its values.
    pub rust_type: RustType,
    /// How its value is written.
    pub style: Style,
    /// Whether each item of a list, or member of an object, is written by itself.
    pub explode: bool,
    /// The only value that it can have; then it is no argument.
    pub constant: Option<String>,
    /// Values that the document gives.
    pub samples: Vec<Sample>,
}

/// A request body.
#[derive(Clone, Debug)]
pub struct Body {
    /// Whether it is always sent.
    pub required: bool,
    /// What the document says of it.
    pub description: String,
    /// `Content-Type`.
    pub media_type: String,
    /// How it is written.
    pub coding: Coding,
    /// Media types of parts, by the names of their properties, as the document states them.
    pub part_media_types: Vec<(String, String)>,
    /// What values it can have.
    pub schema: Value,
    /// Type of its values.
    pub rust_type: RustType,
    /// Values that the document gives.
    pub samples: Vec<Sample>,
}

/// A key of the responses object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// One status.
    Code(u16),
    /// All statuses with this first digit.
    Range(u16),
    /// All statuses that are not listed.
    Default,
}

/// A documented response.
#[derive(Clone, Debug)]
pub struct Response {
    /// When it comes.
    pub status: Status,
    /// JSON pointer to the response, or to the reference to it.
    pub pointer: String,
    /// What the document says of it.
    pub description: String,
    /// Headers that come with it.
    pub headers: Vec<Header>,
    /// Body that comes with it.
    pub body: Option<ResponseBody>,
}

/// The body of a documented response.
#[derive(Clone, Debug)]
pub struct ResponseBody {
    /// `Content-Type`.
    pub media_type: String,
    /// What values the document promises.
    pub schema: Value,
    /// Type of its values.
    pub rust_type: RustType,
    /// Values that the document gives.
    pub samples: Vec<Sample>,
}

/// A header of a documented response.
#[derive(Clone, Debug)]
pub struct Header {
    /// Name of the header.
    pub name: String,
    /// Whether the document promises it.
    pub required: bool,
    /// What the document says of it.
    pub description: String,
    /// What values it can have.
    pub schema: Value,
    /// Values that the document gives.
    pub samples: Vec<Sample>,
}

/// A value that the document gives as an example.
#[derive(Clone, Debug)]
pub struct Sample {
    /// Its key, or `example`.
    pub name: String,
    /// What it shows.
    pub summary: String,
    /// The value itself.
    pub value: Value,
}

/// A named schema.
#[derive(Clone, Debug)]
pub struct Schema {
    /// Key in the lowered document, and name of the Rust type.
    pub name: String,
    /// JSON pointer to the schema in the document as it was read.
    pub pointer: String,
    /// Which way its values go.
    pub direction: Direction,
    /// As the document states it, references renamed.
    pub documented: Value,
}

/// Which way values of a schema go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Direction {
    /// Sent: what the document asks for is enforced.
    Request,
    /// Received: whatever comes is taken.
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
    /// Whether it counts as success.
    pub fn is_success(self) -> bool {
        matches!(self, Self::Code(200..=299) | Self::Range(2))
    }
}

impl Server {
    /// The host in [`example`](Self::example).
    pub fn host(&self) -> String {
        let example = self.example();
        let behind_scheme = example.split_once("://").map_or(example.as_str(), |(_, rest)| rest);
        behind_scheme.split('/').next().unwrap_or_default().to_owned()
    }

    /// The URL with the default of each variable.
    pub fn example(&self) -> String {
        let fill =
            |url: String, variable: &ServerVariable| url.replace(&format!("{{{}}}", variable.name), &variable.default);
        self.variables.iter().fold(self.url.clone(), fill)
    }
}

impl Operation {
    /// Type of what its list holds, if every success is that list.
    pub fn list_item(&self) -> Option<&RustType> {
        let mut bodies = self.successes().map(|response| response.body.as_ref().map(|body| &body.rust_type));
        match bodies.next()?? {
            list @ RustType::List(item) if bodies.all(|body| body == Some(list)) => Some(item),
            _ => None,
        }
    }

    /// Whether its list comes in pages: a success documents a `Link` header, or a parameter counts them.
    pub fn is_paged(&self) -> bool {
        let is_link = |header: &Header| header.name.eq_ignore_ascii_case("link");
        let links = || self.successes().any(|response| response.headers.iter().any(is_link));
        self.list_item().is_some() && (self.page_parameter.is_some() || links())
    }

    /// Responses that count as success. A document with nothing but `default` means it for success as well.
    pub fn successes(&self) -> impl Iterator<Item = &Response> {
        let only_default = !self.responses.iter().any(|response| response.status.is_success());
        self.responses.iter().filter(move |response| {
            response.status.is_success() || (only_default && response.status == Status::Default)
        })
    }

    /// Responses that count as errors.
    pub fn errors(&self) -> impl Iterator<Item = &Response> {
        self.responses.iter().filter(|response| !response.status.is_success())
    }

    /// Parameters that are arguments of the method.
    pub fn arguments(&self) -> impl Iterator<Item = &Parameter> {
        self.parameters.iter().filter(|parameter| parameter.required && parameter.constant.is_none())
    }

    /// Parameters that are setters.
    pub fn setters(&self) -> impl Iterator<Item = &Parameter> {
        self.parameters.iter().filter(|parameter| !parameter.required)
    }
}

impl Api {
    /// The named schema, if there is one.
    pub fn schema(&self, name: &str) -> Option<&Schema> {
        let index = self.schemas.binary_search_by(|schema| schema.name.as_str().cmp(name));
        index.ok().map(|index| &self.schemas[index])
    }
}
