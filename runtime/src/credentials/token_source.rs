//! Where the tokens come from that a client sends.

use std::fmt;

use super::BoxFuture;
use crate::secrets::SecretString;

/// Where tokens come from: a constant, a cache, a token endpoint.
///
/// ```
/// use oauth_token_clients_runtime::{BoxFuture, SecretString, TokenSource, TokenSourceError};
///
/// /// Reads the token anew for every request.
/// struct FromEnvironment;
///
/// impl TokenSource for FromEnvironment {
///     fn token(&self) -> BoxFuture<'_, Result<SecretString, TokenSourceError>> {
///         Box::pin(async {
///             let token = std::env::var("TOKEN").map_err(TokenSourceError::new)?;
///             Ok(SecretString::from(token))
///         })
///     }
/// }
/// ```
pub trait TokenSource: Send + Sync {
    /// A token that is valid now.
    fn token(&self) -> BoxFuture<'_, Result<SecretString, TokenSourceError>>;

    /// Hears that the server answered 401, so that a token that is kept can be dropped.
    fn refused(&self) {}
}

/// A token that stays the same.
impl TokenSource for SecretString {
    fn token(&self) -> BoxFuture<'_, Result<SecretString, TokenSourceError>> {
        let token = self.clone();
        Box::pin(std::future::ready(Ok(token)))
    }
}

/// Why a [`TokenSource`] gave no token. What the source says about it may hold secrets, so it is read on purpose only.
pub struct TokenSourceError(Box<dyn std::error::Error + Send + Sync>);

impl TokenSourceError {
    /// Wraps what the source says.
    pub fn new(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self(error.into())
    }

    /// What the source says. Whoever calls this answers for where it goes.
    #[must_use]
    pub fn expose(&self) -> &(dyn std::error::Error + Send + Sync + 'static) {
        &*self.0
    }
}

impl fmt::Debug for TokenSourceError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("TokenSourceError([redacted])")
    }
}
