//! What a document says, typed: the one source of everything that is emitted about operations.

mod parameters;
mod read;
mod responses;
mod rules;
mod security;
mod types;

use serde_json::Value;

pub use read::{METHODS, escape, read};
pub use rules::{Rule, rules, rules_in_words};
pub use types::{RustType, schema_name, type_of};

/// One API, as its document states it.
#[derive(Clone, Debug)]
pub struct Api {
    /// Module and Cargo feature.
    pub name: String,
    pub title: String,
    pub version: String,
    pub description: String,
    pub source: Source,
    pub servers: Vec<Server>,
    pub schemes: Vec<Scheme>,
    pub operations: Vec<Operation>,
    /// Named schemas, sorted by name.
    pub schemas: Vec<Schema>,
}

/// Where the facts come from (`x-source`).
#[derive(Clone, Debug, Default)]
pub struct Source {
    pub title: String,
    pub vendor: String,
    pub version: String,
    pub document: String,
}

#[derive(Clone, Debug)]
pub struct Server {
    pub url: String,
    pub description: String,
    /// Name, default, description and allowed values of each variable.
    pub variables: Vec<ServerVariable>,
}

#[derive(Clone, Debug)]
pub struct ServerVariable {
    pub name: String,
    pub default: String,
    pub description: String,
    pub allowed: Vec<String>,
}

/// A security scheme.
#[derive(Clone, Debug)]
pub struct Scheme {
    /// Key in the document.
    pub name: String,
    /// Name of the credential's type.
    pub rust_name: String,
    pub description: String,
    pub kind: SchemeKind,
    /// All the rest that the document says of it, for review.
    pub facts: String,
}

#[derive(Clone, Debug)]
pub enum SchemeKind {
    /// HTTP Basic; the names of its two parts.
    Basic { user_id: String, password: String },
    /// A token in a header, after a prefix.
    Token { header: String, prefix: String },
}

#[derive(Clone, Debug)]
pub struct Operation {
    pub id: String,
    /// Client method.
    pub rust_name: String,
    /// JSON pointer to the operation.
    pub pointer: String,
    pub method: String,
    pub path: String,
    pub summary: String,
    pub description: String,
    pub deprecated: bool,
    pub parameters: Vec<Parameter>,
    pub body: Option<Body>,
    pub accept: String,
    pub responses: Vec<Response>,
    /// Alternatives; each names the schemes that it combines, with their scopes.
    pub security: Vec<Vec<(String, Vec<String>)>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    Path,
    Query,
    Header,
}

#[derive(Clone, Debug)]
pub struct Parameter {
    pub name: String,
    pub rust_name: String,
    pub place: Place,
    pub required: bool,
    pub deprecated: bool,
    pub description: String,
    pub schema: Value,
    pub rust_type: RustType,
    pub explode: bool,
    /// The only value that it can have; then it is no argument.
    pub constant: Option<String>,
    pub samples: Vec<Sample>,
}

#[derive(Clone, Debug)]
pub struct Body {
    pub required: bool,
    pub description: String,
    pub media_type: String,
    pub schema: Value,
    pub rust_type: RustType,
    pub samples: Vec<Sample>,
}

/// A key of the responses object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    Code(u16),
    /// The first digit.
    Range(u16),
    Default,
}

#[derive(Clone, Debug)]
pub struct Response {
    pub status: Status,
    pub description: String,
    pub headers: Vec<Header>,
    pub body: Option<ResponseBody>,
}

#[derive(Clone, Debug)]
pub struct ResponseBody {
    pub media_type: String,
    pub schema: Value,
    pub rust_type: RustType,
    pub samples: Vec<Sample>,
}

#[derive(Clone, Debug)]
pub struct Header {
    pub name: String,
    pub required: bool,
    pub description: String,
    pub schema: Value,
    pub samples: Vec<Sample>,
}

#[derive(Clone, Debug)]
pub struct Sample {
    pub name: String,
    pub summary: String,
    pub value: Value,
}

/// A named schema.
#[derive(Clone, Debug)]
pub struct Schema {
    /// Key in the lowered document, and name of the Rust type.
    pub name: String,
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

impl Status {
    /// Whether it counts as success.
    pub fn is_success(self) -> bool {
        matches!(self, Self::Code(200..=299) | Self::Range(2))
    }
}

impl Server {
    /// The URL with the default of each variable.
    pub fn example(&self) -> String {
        let fill = |url: String, variable: &ServerVariable| url.replace(&format!("{{{}}}", variable.name), &variable.default);
        self.variables.iter().fold(self.url.clone(), fill)
    }
}

impl Operation {
    /// Responses that count as success. A document with nothing but `default` means it for success as well.
    pub fn successes(&self) -> impl Iterator<Item = &Response> {
        let only_default = !self.responses.iter().any(|response| response.status.is_success());
        self.responses
            .iter()
            .filter(move |response| response.status.is_success() || (only_default && response.status == Status::Default))
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
        self.schemas.iter().find(|schema| schema.name == name)
    }
}
