//! What a client proves its right to call with.

use std::borrow::Cow;
use std::fmt;
use std::pin::Pin;

use reqwest::Request;

use super::TokenSourceError;

/// A future that can be sent to another thread.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Writes a credential into a request.
pub trait Credential: fmt::Debug + Send + Sync {
    /// Adds what carries the credential to a request that is complete but for it, so that it can also be a signature of the
    /// request. It is called for every try of a call, so that a token can be new.
    ///
    /// # Errors
    /// [`CredentialError`] when there is no credential, or none that its scheme can carry.
    fn apply<'a>(&'a self, request: &'a mut Request) -> BoxFuture<'a, Result<(), CredentialError>>;

    /// Hears that the server answered 401, so that a token that is kept can be dropped.
    fn refused(&self) {}

    /// What is sent, in words that stand in a message, such as `the bearer token`. It is never a value, and empty where
    /// nothing is sent.
    fn description(&self) -> Cow<'static, str> {
        Cow::Borrowed("the credential")
    }
}

/// A holder of credentials that satisfies the security requirement `R` of an operation.
#[diagnostic::on_unimplemented(
    message = "this operation needs the credential `{R}`, which `{Self}` does not hold",
    label = "called on a client that holds `{Self}`",
    note = "make the client with a `{R}`"
)]
pub trait Authorizes<R> {
    /// The credential that the operation sends.
    fn credential(&self) -> &dyn Credential;
}

/// No credential, where a document makes it one of the alternatives.
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
        /// All of them at once.
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
                let words = [$(self.$index.description()),*];
                let sent: Vec<&str> = words.iter().map(|words| &**words).filter(|words| !words.is_empty()).collect();
                Cow::Owned(sent.join(" or "))
            }
        }
    };
}
combined!(A 0, B 1);
combined!(A 0, B 1, C 2);

/// Why a credential cannot be sent. The credential itself is not part of it.
#[derive(Debug)]
#[non_exhaustive]
pub enum CredentialError {
    /// The user id of HTTP Basic authentication holds a colon.
    Colon,
    /// The credential holds characters that a header cannot carry.
    UnprintableHeader,
    /// The token is empty, which is a missing one.
    Empty,
    /// The token source gave no token.
    Source(TokenSourceError),
}

impl fmt::Display for CredentialError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Colon => "the user id of HTTP Basic authentication holds a colon",
            Self::UnprintableHeader => "the credential holds characters that a header cannot carry",
            Self::Empty => "the token is empty",
            Self::Source(_) => "the token source gave no token",
        })
    }
}

impl std::error::Error for CredentialError {}
