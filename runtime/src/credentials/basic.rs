//! HTTP Basic authentication.

use std::borrow::Cow;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::Request;
use http::header::{AUTHORIZATION, HeaderValue};
use zeroize::Zeroizing;

use super::sensitive_header::sensitive;
use super::{Credential, CredentialError};
use crate::secrets::SecretString;
use crate::transport::{Body, BoxFuture};

/// HTTP Basic authentication (RFC 7617).
#[derive(Clone, Debug)]
pub struct Basic {
    /// The header value, encoded once for all calls; `None` if the user ID contains a colon. It is
    /// not printed.
    header: Option<HeaderValue>,
    user_id: SecretString,
    description: &'static str,
}

impl Basic {
    /// Creates a credential from a user ID, which must not contain a colon, and its password.
    pub fn new(user_id: impl Into<String>, password: impl Into<SecretString>) -> Self {
        // Some services take a token as the user ID.
        let (user_id, password) = (SecretString::from(user_id.into()), password.into());
        Self {
            header: Self::header(user_id.expose_secret(), &password),
            user_id,
            description: "the user ID or the password",
        }
    }

    /// Sets the description for error messages, such as `the client ID or the client secret`.
    #[must_use]
    pub fn described_as(mut self, description: &'static str) -> Self {
        self.description = description;
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
    fn apply<'a>(
        &'a self,
        request: &'a mut Request<Body>,
    ) -> BoxFuture<'a, Result<(), CredentialError>> {
        let header = self.header.clone().ok_or(CredentialError::Colon);
        let applied = header.map(|value| drop(request.headers_mut().insert(AUTHORIZATION, value)));
        Box::pin(std::future::ready(applied))
    }

    fn user_id(&self) -> Option<SecretString> {
        Some(self.user_id.clone())
    }

    fn description(&self) -> Cow<'static, str> {
        Cow::Borrowed(self.description)
    }
}
