//! Runtime support for the generated clients of `oauth-token-clients`.
//!
//! A generated method fills in a call, which checks every value before anything is sent.
//! Sending it returns a [`Response`] or an [`Error`]; both carry the status code, the headers and
//! the raw body of the response. Applications use this crate as `oauth_token_clients::runtime`.

#![cfg_attr(docsrs, feature(doc_cfg))]

// The rooms in order: a room refers only to itself and to the rooms above it.

mod objects;

mod secrets;

mod url_encoding;

pub mod transport;

mod credentials;

mod retry;

mod hooks;

mod connection;

mod request;

mod response;

mod errors;

mod exchange;

mod paging;

#[cfg(feature = "blocking")]
pub mod blocking;

pub use connection::{
    BaseUrl, BuildError, CallOptions, ClientBuilder, Connection, InvalidBaseUrlError,
};
#[cfg(feature = "azure_core")]
pub use credentials::AzureTokenSource;
pub use credentials::{
    ApiKey, Authorizes, Basic, Bearer, Credential, CredentialError, TokenSource, TokenSourceError,
};
pub use errors::{DocumentedError, Error, ErrorKind};
pub use hooks::{AttemptHook, FinishedAttempt, StartedAttempt};
pub use http;
pub use http::{StatusCode, header};
pub use paging::{Items, Pages};
pub use request::{FilePart, InvalidRequestError, Nullable, RequestPart, Upload};
pub use reqwest;
pub use response::{
    BodyStream, DateTimeString, DecodeError, Decoded, Found, HeaderField, InvalidDateTimeError,
    MissingPropertyError, Notices, Payload, Response, StreamError,
};
pub use retry::RetryPolicy;
pub use secrets::{AdditionalProperties, RawBody, SecretString, exposing_secrets};

/// The support that generated code stands on. It changes with the generator, in any release.
#[doc(hidden)]
pub mod __codegen {
    pub use crate::connection::ClientOf;
    pub use crate::errors::FromStatus;
    pub use crate::paging::PageNumber;
    #[cfg(feature = "pattern")]
    pub use crate::request::Pattern;
    pub use crate::request::{
        Call, Constrained, Constraint, Encoding, Explode, Operation, ParameterValue, StatusPattern,
        Style, Validate, Validator, alternative, fitting, present,
    };
    pub use crate::response::{ByStatus, Received, required, required_secret};
    pub use crate::retry::RateLimit;
    pub use http::Method;
}
