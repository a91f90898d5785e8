//! The builder of a connection.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::base_url::PlainHttp;
use super::{BaseUrl, Connection, Inner, InvalidBaseUrl, Settings};
use crate::retry::RetryPolicy;

/// Settings of a [`Connection`] in the making.
#[must_use = "nothing is connected until it is built"]
pub struct ConnectionBuilder {
    pub(super) base_url: String,
    pub(super) path: &'static str,
    pub(super) plain_http: PlainHttp,
    pub(super) http: reqwest::ClientBuilder,
    pub(super) connect_timeout: Duration,
    pub(super) settings: Settings,
}

/// Prints no base URL, which may hold a password until it is checked.
impl fmt::Debug for ConnectionBuilder {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("ConnectionBuilder").field("settings", &self.settings).finish_non_exhaustive()
    }
}

impl ConnectionBuilder {
    /// Adds `path` to the base URL, unless it ends with it already.
    pub fn path(mut self, path: &'static str) -> Self {
        self.path = path;
        self
    }

    /// Longest time to connect, TLS included; 10 seconds by default.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// Longest time for one try, from connecting to the end of the body; 30 seconds by default.
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.settings.attempt_timeout = timeout;
        self
    }

    /// Longest time for a call, all tries and the waits between them included; 100 seconds by default.
    pub fn total_timeout(mut self, timeout: Duration) -> Self {
        self.settings.total_timeout = timeout;
        self
    }

    /// How often a call is tried.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.settings.retry = policy;
        self
    }

    /// Largest response body that is read, in bytes; 10 MiB by default.
    pub fn body_limit(mut self, bytes: usize) -> Self {
        self.settings.body_limit = bytes;
        self
    }

    /// Allows `http` to hosts that are not loopback. Credentials and tokens then cross the network unencrypted.
    pub fn allow_plain_http(mut self) -> Self {
        self.plain_http = PlainHttp::Everywhere;
        self
    }

    /// Uses an HTTP client of one's own making: proxy, private CA, client certificate, pool and `User-Agent` are its.
    ///
    /// Redirects, referers and the connect timeout are always set by [`build`](Self::build).
    pub fn http(mut self, http: reqwest::ClientBuilder) -> Self {
        self.http = http;
        self
    }

    /// Makes the connection; nothing is connected yet.
    ///
    /// The HTTP client follows no redirect and sends no referer: a redirect is an outcome like any other, since a followed
    /// one would carry secrets to another host.
    ///
    /// # Errors
    /// [`BuildError`] when the base URL is not acceptable (see [`BaseUrl::parse`]) or no TLS backend can be set up.
    pub fn build(self) -> Result<Connection, BuildError> {
        let base_url = BaseUrl::parse_with(&self.base_url, self.path, self.plain_http).map_err(BuildError::BaseUrl)?;
        // A proxy would carry what is meant for this machine over the network, and unencrypted.
        let http = if base_url.is_plain_loopback() { self.http.no_proxy() } else { self.http };
        let http = http
            .redirect(reqwest::redirect::Policy::none())
            .referer(false)
            .connect_timeout(self.connect_timeout)
            .build()
            .map_err(BuildError::Http)?;
        Ok(Connection(Arc::new(Inner { http, base_url, settings: self.settings })))
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
