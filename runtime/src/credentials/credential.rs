//! The traits of credentials, and their combinations.

use std::borrow::Cow;
use std::fmt;
use std::pin::Pin;

use reqwest::Request;

use super::TokenSourceError;

/// A boxed future that can be sent to another thread.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Writes a credential into a request.
pub trait Credential: fmt::Debug + Send + Sync {
    /// Adds the credential to a request that is otherwise complete, so a credential can also sign
    /// the request.
    ///
    /// Called for each attempt of a call, so each attempt can use a fresh token.
    ///
    /// # Errors
    /// [`CredentialError`] if there is no credential, or if it cannot be written to a request.
    fn apply<'a>(&'a self, request: &'a mut Request) -> BoxFuture<'a, Result<(), CredentialError>>;

    /// Called after a 401: drop any cached token.
    fn refused(&self) {}

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
    fn credential(&self) -> &dyn Credential;
}

/// No credential, for operations whose document makes credentials optional.
impl Credential for () {
    fn apply<'a>(&'a self, _: &'a mut Request) -> BoxFuture<'a, Result<(), CredentialError>> {
        Box::pin(std::future::ready(Ok(())))
    }

    fn description(&self) -> Cow<'static, str> {
        Cow::Borrowed("")
    }
}

macro_rules! combined {
    ($($name:ident $index:tt),*) => {
        /// All of these credentials at once.
        impl<$($name: Credential),*> Credential for ($($name),*) {
            fn apply<'a>(&'a self, request: &'a mut Request) -> BoxFuture<'a, Result<(), CredentialError>> {
                Box::pin(async move {
                    $(self.$index.apply(request).await?;)*
                    Ok(())
                })
            }

            fn refused(&self) {
                $(self.$index.refused();)*
            }

            fn description(&self) -> Cow<'static, str> {
                let all = [$(self.$index.description()),*];
                let sent: Vec<&str> = all.iter().map(|one| &**one).filter(|one| !one.is_empty()).collect();
                Cow::Owned(sent.join(" or "))
            }
        }
    };
}
combined!(A 0, B 1);
combined!(A 0, B 1, C 2);

/// The reason why a credential cannot be sent. It does not contain the credential.
#[derive(Debug)]
#[non_exhaustive]
pub enum CredentialError {
    /// The user ID for HTTP Basic authentication contains a colon.
    Colon,
    /// The credential contains characters that a header cannot carry.
    UnprintableHeader,
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
            Self::Empty => "the token is empty",
            Self::Source(_) => "the token source returned no token",
        })
    }
}

impl std::error::Error for CredentialError {}
