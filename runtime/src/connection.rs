//! The HTTP client and the base URL that the calls of one client share.

use std::fmt;
use std::sync::Arc;

use crate::{BaseUrl, InvalidBaseUrl};

/// Sent as `User-Agent`, which some servers insist on.
const USER_AGENT: &str = concat!("oauth-token-clients/", env!("CARGO_PKG_VERSION"));

/// An HTTP connection pool and the base URL that it is used for. Clones share the pool.
#[derive(Clone)]
pub struct Connection(Arc<Inner>);

struct Inner {
    http: reqwest::Client,
    base_url: BaseUrl,
}

impl Connection {
    /// Makes the HTTP client; nothing is connected yet.
    ///
    /// It follows no redirect and sends no referer: a redirect is an outcome like any other, since a followed one
    /// would carry secrets to another host.
    ///
    /// # Errors
    /// [`BuildError`] when `base_url` is not acceptable (see [`BaseUrl::parse`]) or no TLS backend can be set up.
    pub fn new(base_url: &str) -> Result<Self, BuildError> {
        let base_url = BaseUrl::parse(base_url).map_err(BuildError::BaseUrl)?;
        let http = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .referer(false)
            .user_agent(USER_AGENT)
            .build()
            .map_err(BuildError::Http)?;
        Ok(Self(Arc::new(Inner { http, base_url })))
    }

    /// The base URL that paths are appended to.
    #[must_use]
    pub fn base_url(&self) -> &BaseUrl {
        &self.0.base_url
    }

    pub(crate) fn http(&self) -> &reqwest::Client {
        &self.0.http
    }
}

impl fmt::Debug for Connection {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Connection").field("base_url", &self.0.base_url.as_str()).finish_non_exhaustive()
    }
}

/// Why a client could not be made.
#[derive(Debug)]
#[non_exhaustive]
pub enum BuildError {
    /// The base URL is not acceptable.
    BaseUrl(InvalidBaseUrl),
    /// The HTTP client could not be set up.
    Http(reqwest::Error),
}

impl fmt::Display for BuildError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BaseUrl(error) => error.fmt(formatter),
            Self::Http(_) => formatter.write_str("the HTTP client could not be set up"),
        }
    }
}

impl std::error::Error for BuildError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::BaseUrl(_) => None,
            Self::Http(error) => Some(error),
        }
    }
}
