//! Bearer tokens, and tokens in other headers.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use http::Request;
use http::header::{AUTHORIZATION, HeaderName};

use super::sensitive_header::sensitive;
use super::token_source::AnyTokenSource;
use super::{Credential, CredentialError, TokenSource};
use crate::transport::{Body, BoxFuture};

/// A token in a header, by default `Authorization: Bearer …` (RFC 6750).
#[derive(Clone)]
pub struct Bearer {
    header: HeaderName,
    prefix: &'static str,
    source: Arc<dyn AnyTokenSource>,
}

impl Bearer {
    /// Creates a bearer token in `Authorization`.
    pub fn new(source: impl TokenSource + 'static) -> Self {
        Self::in_header(AUTHORIZATION, "Bearer ", source)
    }

    /// Creates a token in another header or with another prefix.
    pub fn in_header(
        header: HeaderName,
        prefix: &'static str,
        source: impl TokenSource + 'static,
    ) -> Self {
        Self { header, prefix, source: Arc::new(source) }
    }
}

impl fmt::Debug for Bearer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Bearer").field("header", &self.header).finish_non_exhaustive()
    }
}

impl Credential for Bearer {
    fn apply<'a>(
        &'a self,
        request: &'a mut Request<Body>,
    ) -> BoxFuture<'a, Result<(), CredentialError>> {
        Box::pin(async move {
            let token = self.source.token().await.map_err(CredentialError::Source)?;
            if token.expose_secret().is_empty() {
                return Err(CredentialError::Empty);
            }
            request
                .headers_mut()
                .insert(self.header.clone(), sensitive(&[self.prefix, token.expose_secret()])?);
            Ok(())
        })
    }

    fn refused(&self) {
        self.source.refused();
    }

    fn can_refresh(&self) -> bool {
        self.source.can_refresh()
    }

    fn description(&self) -> Cow<'static, str> {
        match self.header == AUTHORIZATION && self.prefix == "Bearer " {
            true => Cow::Borrowed("the bearer token"),
            false => Cow::Owned(format!("the token in header `{}`", self.header)),
        }
    }
}
