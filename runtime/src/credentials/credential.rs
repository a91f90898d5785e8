//! The traits of credentials, and their combinations.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use http::Request;

use super::TokenSourceError;
use crate::secrets::SecretString;
use crate::transport::{Body, BoxFuture};

/// Writes a credential into a request.
pub trait Credential: fmt::Debug + Send + Sync {
    /// Adds the credential to a request that is otherwise complete, so a credential can also sign
    /// the request.
    ///
    /// Called for each attempt of a call, so each attempt can use a fresh token.
    ///
    /// # Errors
    /// [`CredentialError`] if there is no credential, or if it cannot be written to a request.
    fn apply<'a>(
        &'a self,
        request: &'a mut Request<Body>,
    ) -> BoxFuture<'a, Result<(), CredentialError>>;

    /// Called after a 401: drop any cached token.
    fn refused(&self) {}

    /// Returns true if the credential can be another one after [`refused`](Self::refused). A call
    /// whose credential was refused is then sent once more. By default it returns false.
    fn can_refresh(&self) -> bool {
        false
    }

    /// Returns the user ID, for operations that have it in their path too, or `None` if the
    /// credential has none.
    fn user_id(&self) -> Option<SecretString> {
        None
    }

    /// Returns a description for error messages, such as `the bearer token`. It contains no secret,
    /// and it is empty if nothing is sent.
    fn description(&self) -> Cow<'static, str> {
        Cow::Borrowed("the credential")
    }
}

/// Credentials that satisfy the security requirement `R` of an operation.
#[diagnostic::on_unimplemented(
    message = "this operation needs the credential `{R}`, which `{Self}` does not hold",
    label = "called on a client that holds `{Self}`",
    note = "create the client with `{R}`"
)]
pub trait Authorizes<R> {
    /// Returns the credential that the operation sends.
    fn credential(&self) -> Arc<dyn Credential>;
}

/// Credentials that several clients share.
impl<R, C: Authorizes<R>> Authorizes<R> for Arc<C> {
    fn credential(&self) -> Arc<dyn Credential> {
        (**self).credential()
    }
}

/// No credential, for operations whose document makes credentials optional.
impl Credential for () {
    fn apply<'a>(&'a self, _: &'a mut Request<Body>) -> BoxFuture<'a, Result<(), CredentialError>> {
        Box::pin(std::future::ready(Ok(())))
    }

    fn description(&self) -> Cow<'static, str> {
        Cow::Borrowed("")
    }
}

/// Both credentials at once.
impl<A: Credential, B: Credential> Credential for (A, B) {
    fn apply<'a>(
        &'a self,
        request: &'a mut Request<Body>,
    ) -> BoxFuture<'a, Result<(), CredentialError>> {
        Box::pin(async move {
            self.0.apply(request).await?;
            self.1.apply(request).await
        })
    }

    fn refused(&self) {
        self.0.refused();
        self.1.refused();
    }

    fn can_refresh(&self) -> bool {
        self.0.can_refresh() || self.1.can_refresh()
    }

    fn user_id(&self) -> Option<SecretString> {
        self.0.user_id().or_else(|| self.1.user_id())
    }

    fn description(&self) -> Cow<'static, str> {
        match (self.0.description(), self.1.description()) {
            (one, other) if other.is_empty() => one,
            (one, other) if one.is_empty() => other,
            (one, other) => Cow::Owned(format!("{one} or {other}")),
        }
    }
}

/// Three credentials satisfy what a pair of the first two with the third satisfies.
impl<R, A: Clone, B: Clone, C: Clone> Authorizes<R> for (A, B, C)
where
    ((A, B), C): Authorizes<R>,
{
    fn credential(&self) -> Arc<dyn Credential> {
        let (a, b, c) = self.clone();
        ((a, b), c).credential()
    }
}

/// Four credentials satisfy what a pair of the first three with the fourth satisfies.
impl<R, A: Clone, B: Clone, C: Clone, D: Clone> Authorizes<R> for (A, B, C, D)
where
    (((A, B), C), D): Authorizes<R>,
{
    fn credential(&self) -> Arc<dyn Credential> {
        let (a, b, c, d) = self.clone();
        (((a, b), c), d).credential()
    }
}

/// The reason why a credential cannot be sent. It does not contain the credential.
#[derive(Debug)]
#[non_exhaustive]
pub enum CredentialError {
    /// The user ID for HTTP Basic authentication contains a colon.
    Colon,
    /// The credential contains characters that a header cannot carry.
    UnprintableHeader,
    /// The URL is too long with the credential in it.
    TooLong,
    /// The token is empty, which counts as missing.
    Empty,
    /// The token source returned no token.
    Source(TokenSourceError),
}

impl fmt::Display for CredentialError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Colon => "the user ID for HTTP Basic authentication contains a colon",
            Self::UnprintableHeader => {
                "the credential contains characters that a header cannot carry"
            }
            Self::TooLong => "the URL is too long with the credential in it",
            Self::Empty => "the token is empty",
            Self::Source(_) => {
                "the token source returned no token; `token_source_error` returns its error"
            }
        })
    }
}

impl std::error::Error for CredentialError {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::credentials::{Basic, Bearer, TokenSource};
    use crate::secrets::SecretString;

    struct Refreshing;

    impl TokenSource for Refreshing {
        async fn token(&self) -> Result<SecretString, TokenSourceError> {
            Ok(SecretString::from("token"))
        }

        fn can_refresh(&self) -> bool {
            true
        }
    }

    #[test]
    fn a_pair_has_what_either_of_its_credentials_has() {
        let (basic, bearer) = (Basic::new("app", "secret"), Bearer::new(Refreshing));
        let pairs: [&dyn Credential; 2] =
            [&(basic.clone(), bearer.clone()), &(bearer.clone(), basic.clone())];
        for pair in pairs {
            assert!(pair.can_refresh());
            assert_eq!(pair.user_id(), Some(SecretString::from("app")));
        }
        assert!(!(basic.clone(), basic).can_refresh());
        assert_eq!((bearer.clone(), bearer).user_id(), None);
    }
}
