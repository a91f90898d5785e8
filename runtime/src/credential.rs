//! What a client proves its right to call with.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use reqwest::header::{AUTHORIZATION, HeaderMap, HeaderName, HeaderValue};
use zeroize::Zeroizing;

use crate::SecretString;

/// Writes a credential into a request.
pub trait Credential: fmt::Debug + Send + Sync {
    /// Adds the headers that carry the credential.
    ///
    /// # Errors
    /// [`InvalidCredential`] when it holds characters that its scheme cannot carry.
    fn apply(&self, headers: &mut HeaderMap) -> Result<(), InvalidCredential>;
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

/// HTTP Basic authentication (RFC 7617).
#[derive(Clone, Debug)]
pub struct Basic {
    user_id: String,
    password: SecretString,
}

impl Basic {
    /// A user id, which has no colon, and its password.
    pub fn new(user_id: impl Into<String>, password: impl Into<SecretString>) -> Self {
        Self { user_id: user_id.into(), password: password.into() }
    }
}

impl Credential for Basic {
    fn apply(&self, headers: &mut HeaderMap) -> Result<(), InvalidCredential> {
        if self.user_id.contains(':') {
            return Err(InvalidCredential("the user id of HTTP Basic authentication holds a colon"));
        }
        let pair = Zeroizing::new(format!("{}:{}", self.user_id, self.password.expose_secret()));
        let value = Zeroizing::new(format!("Basic {}", STANDARD.encode(pair.as_bytes())));
        insert_sensitive(headers, AUTHORIZATION, &value)
    }
}

/// A token that is sent in a header, by default `Authorization: Bearer …` (RFC 6750).
#[derive(Clone, Debug)]
pub struct Bearer {
    header: HeaderName,
    prefix: &'static str,
    token: SecretString,
}

impl Bearer {
    /// A bearer token in `Authorization`.
    pub fn new(token: impl Into<SecretString>) -> Self {
        Self::in_header(AUTHORIZATION, "Bearer ", token)
    }

    /// A token in another header, or after another prefix.
    pub fn in_header(header: HeaderName, prefix: &'static str, token: impl Into<SecretString>) -> Self {
        Self { header, prefix, token: token.into() }
    }
}

impl Credential for Bearer {
    fn apply(&self, headers: &mut HeaderMap) -> Result<(), InvalidCredential> {
        let value = Zeroizing::new(format!("{}{}", self.prefix, self.token.expose_secret()));
        insert_sensitive(headers, self.header.clone(), &value)
    }
}

fn insert_sensitive(headers: &mut HeaderMap, name: HeaderName, value: &str) -> Result<(), InvalidCredential> {
    let mut value = HeaderValue::from_str(value)
        .map_err(|_| InvalidCredential("the credential holds characters that a header cannot carry"))?;
    value.set_sensitive(true);
    headers.insert(name, value);
    Ok(())
}

/// Why a credential cannot be sent. The credential itself is not part of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidCredential(&'static str);

impl fmt::Display for InvalidCredential {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.0)
    }
}

impl std::error::Error for InvalidCredential {}
