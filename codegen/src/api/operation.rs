//! Operations with their parameters and request bodies.

use serde_json::Value;

use openapi::servers::split_origin;

use super::{Coding, Encoding, Example, Header, Response, RustType, Status, Style};

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
    /// The URLs of servers of its own, if it has any. Those within the origin of the API's own
    /// server are relative.
    pub servers: Vec<String>,
    /// The summary.
    pub summary: String,
    /// The description.
    pub description: String,
    /// True if the operation is deprecated.
    pub deprecated: bool,
    /// True if sending the operation twice has the same effect as sending it once, by its HTTP
    /// method or by `x-idempotent`.
    pub idempotent: bool,
    /// The query parameter that counts pages, by `x-paging`.
    pub page_parameter: Option<String>,
    /// The parameters in the order of the document.
    pub parameters: Vec<Parameter>,
    /// The request body.
    pub body: Option<Body>,
    /// The value of the `Accept` header.
    pub accept: String,
    /// The responses, sorted by status code.
    pub responses: Vec<Response>,
    /// The alternative security requirements. Each one names the schemes that it combines, with
    /// their scopes.
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
    /// True if the parameter is required.
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
    /// The source of its values. Only those from the caller are arguments.
    pub source: ValueSource,
    /// The examples in the document.
    pub examples: Vec<Example>,
}

/// The source of the values of a parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ValueSource {
    /// The caller of the method.
    Caller,
    /// The document, which allows this value alone.
    Constant(String),
    /// The user ID of the credential for basic authentication.
    UserId,
}

/// A request body.
#[derive(Clone, Debug)]
pub struct Body {
    /// True if the body is always sent.
    pub required: bool,
    /// The description in the document.
    pub description: String,
    /// `Content-Type`, or a sample of it if the caller chooses.
    pub media_type: String,
    /// The media types and ranges that the caller chooses from. If there are none, there is no
    /// choice.
    pub media_type_choices: Vec<String>,
    /// The encoding of the body.
    pub coding: Coding,
    /// The encodings of properties that do not have the default one, by their names.
    pub encodings: Vec<(String, Encoding)>,
    /// The schema of the body.
    pub schema: Value,
    /// The type of the body.
    pub rust_type: RustType,
    /// The examples in the document.
    pub examples: Vec<Example>,
}

impl Operation {
    /// Returns the JSON pointer to the body, or to the reference to it.
    pub fn body_pointer(&self) -> String {
        format!("{}/requestBody", self.pointer)
    }

    /// Returns the origins of its own servers, which a caller has to allow.
    pub fn origins(&self) -> impl Iterator<Item = &str> {
        let origins = self.servers.iter().map(|server| split_origin(server).0);
        origins.filter(|origin| !origin.is_empty())
    }

    /// Returns the type of the items, if every success is the same array.
    pub fn list_item(&self) -> Option<&RustType> {
        let mut bodies =
            self.successes().map(|response| response.body.as_ref().map(|body| &body.rust_type));
        match bodies.next()?? {
            list @ RustType::List(item) if bodies.all(|body| body == Some(list)) => Some(item),
            _ => None,
        }
    }

    /// Returns true if its array is paged: a success documents a `Link` header, or a parameter
    /// counts the pages.
    pub fn is_paged(&self) -> bool {
        let is_link = |header: &Header| header.name.eq_ignore_ascii_case("link");
        let links = || self.successes().any(|response| response.headers.iter().any(is_link));
        self.list_item().is_some() && (self.page_parameter.is_some() || links())
    }

    /// Returns the responses that count as success. If a document has only `default`, that is meant
    /// for success as well.
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
        self.parameters
            .iter()
            .filter(|parameter| parameter.required && parameter.source == ValueSource::Caller)
    }

    /// Returns the parameters that are setters.
    pub fn setters(&self) -> impl Iterator<Item = &Parameter> {
        self.parameters.iter().filter(|parameter| !parameter.required)
    }
}
