//! Sources of tokens.

use std::fmt;

use super::BoxFuture;
use crate::secrets::SecretString;

/// A source of tokens: a constant, a cache, a token endpoint.
///
/// ```
/// use oauth_token_clients_runtime::{BoxFuture, SecretString, TokenSource, TokenSourceError};
///
/// /// Reads the token again for every request.
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
    /// Returns a token that is valid now.
    ///
    /// # Errors
    /// [`TokenSourceError`] if the source has no token.
    fn token(&self) -> BoxFuture<'_, Result<SecretString, TokenSourceError>>;

    /// Called after a 401: drop any cached token.
    fn refused(&self) {}
}

/// A token that never changes.
impl TokenSource for SecretString {
    fn token(&self) -> BoxFuture<'_, Result<SecretString, TokenSourceError>> {
        let token = self.clone();
        Box::pin(std::future::ready(Ok(token)))
    }
}

/// The reason why a [`TokenSource`] returned no token.
///
/// The source's own error may contain secrets, so it is neither printed nor part of the error
/// chain; read it with [`expose`](Self::expose).
pub struct TokenSourceError(Box<dyn std::error::Error + Send + Sync>);

impl TokenSourceError {
    /// Wraps the error of a source.
    pub fn new(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self(error.into())
    }

    /// Returns the error of the source. The caller is responsible for keeping it secret.
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
