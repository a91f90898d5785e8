//! Sources of tokens.

use std::fmt;
use std::sync::Arc;

use crate::secrets::SecretString;
use crate::transport::{BoxError, BoxFuture};

/// A source of tokens: a constant, a cache, a token endpoint.
///
/// ```
/// use oauth_token_clients_runtime::{SecretString, TokenSource, TokenSourceError};
///
/// /// Reads the token again for every request.
/// struct FromEnvironment;
///
/// impl TokenSource for FromEnvironment {
///     async fn token(&self) -> Result<SecretString, TokenSourceError> {
///         let token = std::env::var("TOKEN").map_err(TokenSourceError::new)?;
///         Ok(SecretString::from(token))
///     }
/// }
/// ```
pub trait TokenSource: Send + Sync {
    /// Returns a token that is valid now. Called for each attempt of a call, so a source that asks
    /// a server should cache its token.
    ///
    /// # Errors
    /// [`TokenSourceError`] if the source has no token.
    fn token(&self) -> impl Future<Output = Result<SecretString, TokenSourceError>> + Send;

    /// Called after a 401: drop any cached token.
    fn refused(&self) {}

    /// Returns true if the source can return another token after [`refused`](Self::refused). A call
    /// whose token was refused is then sent once more. By default it returns false.
    fn can_refresh(&self) -> bool {
        false
    }
}

/// A token that never changes.
impl TokenSource for SecretString {
    async fn token(&self) -> Result<SecretString, TokenSourceError> {
        Ok(self.clone())
    }
}

/// A source that several credentials share.
impl<S: TokenSource + ?Sized> TokenSource for Arc<S> {
    fn token(&self) -> impl Future<Output = Result<SecretString, TokenSourceError>> + Send {
        (**self).token()
    }

    fn refused(&self) {
        (**self).refused();
    }

    fn can_refresh(&self) -> bool {
        (**self).can_refresh()
    }
}

/// A [`TokenSource`] of any type.
pub(super) trait AnyTokenSource: Send + Sync {
    fn token(&self) -> BoxFuture<'_, Result<SecretString, TokenSourceError>>;
    fn refused(&self);
    fn can_refresh(&self) -> bool;
}

impl<S: TokenSource> AnyTokenSource for S {
    fn token(&self) -> BoxFuture<'_, Result<SecretString, TokenSourceError>> {
        Box::pin(TokenSource::token(self))
    }

    fn refused(&self) {
        TokenSource::refused(self);
    }

    fn can_refresh(&self) -> bool {
        TokenSource::can_refresh(self)
    }
}

/// The reason why a [`TokenSource`] returned no token.
///
/// The source's own error may contain secrets, so it is neither printed nor part of the error
/// chain; read it with [`expose`](Self::expose). The [`Error`](crate::Error) of the call returns it
/// by [`token_source_error`](crate::Error::token_source_error).
pub struct TokenSourceError(BoxError);

impl TokenSourceError {
    /// Wraps the error of a source.
    pub fn new(error: impl Into<BoxError>) -> Self {
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
