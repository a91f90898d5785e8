//! What a client proves its right to call with.

use std::borrow::Cow;
use std::fmt;
use std::pin::Pin;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use reqwest::Request;
use reqwest::header::{AUTHORIZATION, HeaderName, HeaderValue};
use zeroize::Zeroizing;

use crate::{SecretString, TokenSource, TokenSourceError};

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
    fn in_words(&self) -> Cow<'static, str> {
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

    fn in_words(&self) -> Cow<'static, str> {
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

            fn in_words(&self) -> Cow<'static, str> {
                let words = [$(self.$index.in_words()),*];
                let sent: Vec<&str> = words.iter().map(|words| &**words).filter(|words| !words.is_empty()).collect();
                Cow::Owned(sent.join(" or "))
            }
        }
    };
}
combined!(A 0, B 1);
combined!(A 0, B 1, C 2);

/// HTTP Basic authentication (RFC 7617).
#[derive(Clone, Debug)]
pub struct Basic {
    /// What is sent, encoded once for all calls; nothing if the user id has a colon. It is not printed.
    header: Option<HeaderValue>,
    words: &'static str,
}

impl Basic {
    /// A user id, which has no colon, and its password.
    pub fn new(user_id: impl Into<String>, password: impl Into<SecretString>) -> Self {
        // Some services take a token in the place of the user id.
        let (user_id, password) = (SecretString::from(user_id.into()), password.into());
        Self { header: Self::header(user_id.expose_secret(), &password), words: "the user id or the password" }
    }

    /// Calls the two in messages what a document calls them, such as `the client ID or the client secret`.
    #[must_use]
    pub fn called(mut self, words: &'static str) -> Self {
        self.words = words;
        self
    }

    fn header(user_id: &str, password: &SecretString) -> Option<HeaderValue> {
        if user_id.contains(':') {
            return None;
        }
        let pair = Zeroizing::new([user_id, ":", password.expose_secret()].concat());
        sensitive(&["Basic ", &Zeroizing::new(STANDARD.encode(pair.as_bytes()))]).ok()
    }
}

impl Credential for Basic {
    fn apply<'a>(&'a self, request: &'a mut Request) -> BoxFuture<'a, Result<(), CredentialError>> {
        let header = self.header.clone().ok_or(CredentialError::Colon);
        let applied = header.map(|value| drop(request.headers_mut().insert(AUTHORIZATION, value)));
        Box::pin(std::future::ready(applied))
    }

    fn in_words(&self) -> Cow<'static, str> {
        Cow::Borrowed(self.words)
    }
}

/// A token that is sent in a header, by default `Authorization: Bearer …` (RFC 6750).
#[derive(Clone)]
pub struct Bearer {
    header: HeaderName,
    prefix: &'static str,
    source: Arc<dyn TokenSource>,
}

impl Bearer {
    /// A bearer token in `Authorization`.
    pub fn new(source: impl TokenSource + 'static) -> Self {
        Self::in_header(AUTHORIZATION, "Bearer ", source)
    }

    /// A token in another header, or after another prefix.
    pub fn in_header(header: HeaderName, prefix: &'static str, source: impl TokenSource + 'static) -> Self {
        Self { header, prefix, source: Arc::new(source) }
    }
}

impl fmt::Debug for Bearer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Bearer").field("header", &self.header).finish_non_exhaustive()
    }
}

impl Credential for Bearer {
    fn apply<'a>(&'a self, request: &'a mut Request) -> BoxFuture<'a, Result<(), CredentialError>> {
        Box::pin(async move {
            let token = self.source.token().await.map_err(CredentialError::Source)?;
            if token.expose_secret().is_empty() {
                return Err(CredentialError::Empty);
            }
            request.headers_mut().insert(self.header.clone(), sensitive(&[self.prefix, token.expose_secret()])?);
            Ok(())
        })
    }

    fn refused(&self) {
        self.source.refused();
    }

    fn in_words(&self) -> Cow<'static, str> {
        match self.header == AUTHORIZATION && self.prefix == "Bearer " {
            true => Cow::Borrowed("the bearer token"),
            false => Cow::Owned(format!("the token in header `{}`", self.header)),
        }
    }
}

/// A header value that is never printed, and wiped when it is no longer used.
fn sensitive(parts: &[&str]) -> Result<HeaderValue, CredentialError> {
    let bytes = Zeroizing::new(parts.concat().into_bytes());
    let mut value =
        HeaderValue::from_maybe_shared(Bytes::from_owner(bytes)).map_err(|_| CredentialError::UnprintableHeader)?;
    value.set_sensitive(true);
    Ok(value)
}

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
