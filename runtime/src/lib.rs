//! Support code that the generated clients of `oauth-token-clients` stand on.
//!
//! A generated method fills in a [`Call`], which checks every value before anything is sent; sending it gives
//! a [`Response`] or an [`Error`], both of which carry the status, the headers and the raw body that arrived.
//! Applications use this crate through `oauth_token_clients::runtime`.

// The rooms in order: each refers to itself and to those above it.

mod secrets;

mod url_encoding;

mod credentials;

mod retry;

mod connection;

mod request;

mod response;

mod errors;

mod exchange;

mod paging;

pub use connection::{BaseUrl, BuildError, CallOptions, Connection, ConnectionBuilder, InvalidBaseUrl};
#[cfg(feature = "azure_core")]
pub use credentials::AzureTokenSource;
pub use credentials::{
    ApiKey, Authorizes, Basic, Bearer, BoxFuture, Credential, CredentialError, TokenSource, TokenSourceError,
};
pub use errors::{DocumentedError, Error, ErrorKind};
pub use paging::{Items, PageNumber, Pages};
pub use request::{
    Call, Constrained, Constraint, Explode, FilePart, InvalidRequest, Operation, ParameterValue, RequestPart,
    StatusPattern, Style, Upload, Validate, Validator,
};
pub use reqwest::{Method, Request, StatusCode, header};
pub use response::{
    BodyStream, ByStatus, DateTime, DecodeError, Found, HeaderField, InvalidDateTime, MissingProperty, Payload,
    Received, Response, StreamError, required, required_secret,
};
pub use retry::RetryPolicy;
pub use secrets::{RawBody, SecretString, exposing_secrets};
