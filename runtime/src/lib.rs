//! Support code that the generated clients of `oauth-token-clients` stand on.
//!
//! A generated method fills in a [`Call`], which checks every value before anything is sent; sending it gives
//! a [`Response`] or an [`Error`], both of which carry the status, the headers and the raw body that arrived.
//! Applications use this crate through `oauth_token_clients::runtime`.

mod api_key;
#[cfg(feature = "azure_core")]
mod azure;
mod base_url;
mod body;
mod body_stream;
mod call;
mod call_options;
mod connection;
mod credential;
mod date_time;
mod error;
mod file_part;
mod form;
mod header_field;
mod header_list;
mod invalid_request;
mod link;
mod message;
mod missing_value;
mod multipart;
mod observe;
mod operation;
mod page_number;
mod pages;
mod pairs;
mod parameter;
mod response;
mod retry;
mod rfc3339;
mod rule;
mod secret;
mod send;
mod style;
mod token_source;
mod upload;
mod validate;
mod walk;
mod wiped;

pub use api_key::ApiKey;
#[cfg(feature = "azure_core")]
pub use azure::AzureTokenSource;
pub use base_url::{BaseUrl, InvalidBaseUrl};
pub use body::{DecodeError, Payload, RawBody};
pub use body_stream::{BodyStream, StreamError};
pub use call::Call;
pub use call_options::CallOptions;
pub use connection::{BuildError, Connection, ConnectionBuilder};
pub use credential::{Authorizes, Basic, Bearer, BoxFuture, Credential, CredentialError};
pub use date_time::{DateTime, InvalidDateTime};
pub use error::{DocumentedError, Error, ErrorKind};
pub use file_part::FilePart;
pub use header_field::HeaderField;
pub use invalid_request::{InvalidRequest, Place};
pub use missing_value::{Found, MissingValue, required, required_secret};
pub use operation::{Operation, StatusPattern};
pub use page_number::PageNumber;
pub use pages::{Items, Pages};
pub use parameter::{Explode, ParameterValue};
pub use reqwest::{Method, Request, StatusCode, header};
pub use response::{ByStatus, Received, Response};
pub use retry::RetryPolicy;
pub use rule::{Constrained, Rule};
pub use secret::{SecretString, exposing_secrets};
pub use style::Style;
pub use token_source::{TokenSource, TokenSourceError};
pub use upload::Upload;
pub use validate::{Validate, Validator};
