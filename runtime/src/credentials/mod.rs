//! Credentials, and the sources of their tokens.

mod api_key;
#[cfg(feature = "azure_core")]
mod azure;
mod basic;
mod bearer;
mod credential;
mod sensitive_header;
mod token_source;

pub use api_key::ApiKey;
#[cfg(feature = "azure_core")]
pub use azure::AzureTokenSource;
pub use basic::Basic;
pub use bearer::Bearer;
pub use credential::{Authorizes, Credential, CredentialError};
pub use token_source::{TokenSource, TokenSourceError};
