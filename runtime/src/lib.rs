//! Runtime support for the generated clients of `oauth-token-clients`.
//!
//! A generated method fills in a [`Call`], which checks every value before anything is sent.
//! Sending it returns a [`Response`] or an [`Error`]; both carry the status code, the headers and
//! the raw body of the response. Applications use this crate as `oauth_token_clients::runtime`.

#![cfg_attr(docsrs, feature(doc_cfg))]

// The rooms in order: a room refers only to itself and to the rooms above it.

mod objects;

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

pub use connection::{
    BaseUrl, BuildError, CallOptions, Connection, ConnectionBuilder, InvalidBaseUrl,
};
#[cfg(feature = "azure_core")]
pub use credentials::AzureTokenSource;
pub use credentials::{
    ApiKey, Authorizes, Basic, Bearer, BoxFuture, Credential, CredentialError, TokenSource,
    TokenSourceError,
};
pub use errors::{DocumentedError, Error, ErrorKind};
pub use paging::{Items, PageNumber, Pages};
#[cfg(feature = "pattern")]
#[cfg_attr(docsrs, doc(cfg(feature = "pattern")))]
pub use request::Pattern;
pub use request::{
    Call, Constrained, Constraint, Encoding, Explode, FilePart, InvalidRequest, Nullable,
    Operation, ParameterValue, RequestPart, StatusPattern, Style, Upload, Validate, Validator,
    alternative, fitting, present,
};
pub use reqwest::{Method, Request, StatusCode, header};
pub use response::{
    BodyStream, ByStatus, DateTime, DecodeError, Decoded, Found, HeaderField, InvalidDateTime,
    MissingProperty, Payload, Received, Response, StreamError, required, required_secret,
};
pub use retry::RetryPolicy;
pub use secrets::{AdditionalProperties, RawBody, SecretString, exposing_secrets};
