//! Support code that the generated clients of `oauth-token-clients` stand on.
//!
//! A generated method fills in a [`Call`], which checks every value before anything is sent; sending it gives
//! a [`Response`] or an [`Error`], both of which carry the status, the headers and the raw body that arrived.
//! Applications use this crate through `oauth_token_clients::runtime`.

mod base_url;
mod body;
mod call;
mod connection;
mod credential;
mod date_time;
mod error;
mod operation;
mod parameter;
mod response;
mod rule;
mod secret;
mod validate;

pub use base_url::{BaseUrl, InvalidBaseUrl};
pub use body::{DecodeError, Payload, RawBody};
pub use call::Call;
pub use connection::{BuildError, Connection};
pub use credential::{Authorizes, Basic, Bearer, Credential, InvalidCredential};
pub use date_time::{DateTime, InvalidDateTime};
pub use error::{DocumentedError, Error, ErrorKind, InvalidRequest, Place};
pub use operation::{Operation, StatusPattern};
pub use parameter::{Explode, ParameterValue};
pub use reqwest::{Method, StatusCode, header};
pub use response::{ByStatus, Received, Response};
pub use rule::{Constrained, Rule};
pub use secret::{SecretString, exposing_secrets};
pub use validate::{Validate, Validator};
