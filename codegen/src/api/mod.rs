//! The typed model of a document: the only source of the code that is emitted for operations.

mod constraints;
mod encodings;
mod media_types;
mod operation;
mod read;
mod response;
mod styles;
mod types;

use std::collections::BTreeMap;

use serde_json::Value;

pub use constraints::{Constraint, constraints, constraints_in_words};
pub use encodings::Encoding;
pub use media_types::Coding;
pub use operation::{Body, Operation, Parameter, ParameterLocation, ValueSource};
pub use read::{PASS, read};
pub use response::{Header, Response, ResponseBody, Status};
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
    /// The way in which the server tells of an exceeded rate limit (`x-rate-limit`).
    pub rate_limit: Option<RateLimit>,
    /// Security schemes, sorted by name.
    pub schemes: Vec<Scheme>,
    /// Operations, sorted by path, then in OpenAPI's order of methods.
    pub operations: Vec<Operation>,
    /// Named schemas, sorted by name.
    pub schemas: Vec<Schema>,
    /// Values that the document accepts, by the JSON pointers to parameters, bodies and responses.
    pub samples: BTreeMap<String, Value>,
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

/// The way in which a server tells of an exceeded rate limit (`x-rate-limit`).
#[derive(Clone, Debug)]
pub struct RateLimit {
    /// The status codes that can mean an exceeded limit.
    pub status_codes: Vec<u16>,
    /// The header with the number of requests that remain, in lower case, or an empty string.
    pub remaining: String,
    /// The header with the time of the reset, in lower case, or an empty string.
    pub reset: String,
    /// The words of the body.
    pub message: String,
    /// The wait in seconds if only the body tells it.
    pub wait: u64,
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

/// An example in the document.
#[derive(Clone, Debug)]
pub struct Example {
    /// The key of the example, or `example`.
    pub name: String,
    /// The summary.
    pub summary: String,
    /// The value.
    pub value: Value,
    /// The extent to which the value is one of its schema.
    pub fit: Fit,
}

/// The extent to which an example is a value of its schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fit {
    /// It is one.
    Whole,
    /// Something within the example is of another type than documented.
    InPart,
    /// The example as a whole is no such value.
    Not,
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

impl Server {
    /// Returns the host in [`example`](Self::example).
    pub fn host(&self) -> String {
        let example = self.example();
        let behind_scheme = example.split_once("://").map_or(example.as_str(), |(_, rest)| rest);
        behind_scheme.split('/').next().unwrap_or_default().to_owned()
    }

    /// Returns the URL with the default of each variable.
    pub fn example(&self) -> String {
        let fill = |url: String, variable: &ServerVariable| {
            url.replace(&format!("{{{}}}", variable.name), &variable.default)
        };
        self.variables.iter().fold(self.url.clone(), fill)
    }
}

impl Api {
    /// Returns a value that a parameter accepts, if there is one.
    pub fn sample_of_parameter(&self, parameter: &Parameter) -> Option<&Value> {
        self.samples.get(&parameter.pointer)
    }

    /// Returns a value that the body of an operation accepts, if there is one.
    pub fn sample_of_body(&self, operation: &Operation) -> Option<&Value> {
        self.samples.get(&operation.body_pointer())
    }

    /// Returns a body that the document accepts as one of a response, if there is one.
    pub fn sample_of_response(&self, response: &Response) -> Option<&Value> {
        self.samples.get(&response.pointer)
    }

    /// Returns the named schema, if there is one.
    pub fn schema(&self, name: &str) -> Option<&Schema> {
        let index = self.schemas.binary_search_by(|schema| schema.name.as_str().cmp(name));
        index.ok().map(|index| &self.schemas[index])
    }
}
