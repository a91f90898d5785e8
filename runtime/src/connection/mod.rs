//! Connections: the HTTP client, the base URL and the settings that calls share.

mod base_url;
mod builder;
mod call_options;
mod origins;

pub use base_url::{BaseUrl, InvalidBaseUrlError};
pub use builder::{BuildError, ClientBuilder, ClientOf};
pub use call_options::CallOptions;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::{Request, Response, Uri};
use url::Url;

use crate::hooks::Hooks;
use crate::retry::RetryPolicy;
use crate::transport::{Body, BoxFuture, HttpClient, Transport, TransportError};
use origins::Origins;

/// The `User-Agent`, which some servers require.
const USER_AGENT: &str = concat!("oauth-token-clients/", env!("CARGO_PKG_VERSION"));

/// An HTTP connection pool with the base URL of an API and the settings of calls. Clones share the
/// pool.
#[derive(Clone)]
pub struct Connection(Arc<Inner>);

struct Inner {
    transport: ChosenTransport,
    base_url: BaseUrl,
    origins: Origins,
    settings: Settings,
}

/// The transport that a caller has chosen.
enum ChosenTransport {
    Http(HttpClient),
    Other(Arc<dyn Transport>),
}

/// The settings of all calls on a connection, some of which [`CallOptions`] override.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    pub(crate) attempt_timeout: Duration,
    pub(crate) total_timeout: Duration,
    pub(crate) retry: RetryPolicy,
    pub(crate) body_limit: usize,
    pub(crate) hooks: Hooks,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            attempt_timeout: Duration::from_secs(30),
            total_timeout: Duration::from_secs(100),
            retry: RetryPolicy::default(),
            body_limit: 10 * 1024 * 1024,
            hooks: Hooks::default(),
        }
    }
}

impl Connection {
    /// Creates a connection with default settings. It connects when the first call is sent.
    ///
    /// # Errors
    /// [`BuildError`] if `base_url` is not valid (see [`BaseUrl::parse`]) or no TLS backend can be
    /// set up.
    pub fn new(base_url: &str) -> Result<Self, BuildError> {
        Self::builder(base_url).build()
    }

    /// Returns a builder for a connection with other settings.
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// use oauth_token_clients_runtime::{Connection, RetryPolicy};
    ///
    /// let connection = Connection::builder("https://github.example.com/api/v3")
    ///     .total_timeout(Duration::from_secs(20))
    ///     .retry(RetryPolicy::never())
    ///     .build()?;
    /// # Ok::<(), oauth_token_clients_runtime::BuildError>(())
    /// ```
    pub fn builder(base_url: &str) -> ClientBuilder {
        ClientBuilder::at(base_url)
    }

    /// Returns the base URL, to which the paths of operations are appended.
    #[must_use]
    pub fn base_url(&self) -> &BaseUrl {
        &self.0.base_url
    }

    /// Returns the URL that a request is sent to instead of `url`: the same one within the origin
    /// of the base URL, and `None` if the caller has not allowed its origin.
    pub(crate) fn allowed(&self, url: &Url) -> Option<Url> {
        if url.origin().ascii_serialization() == self.base_url().origin() {
            return Some(url.clone());
        }
        self.0.origins.instead_of(url)
    }

    /// Sends a request. `url` is its URL, unless a credential has changed that.
    pub(crate) fn send(
        &self,
        url: &Url,
        request: Request<Body>,
    ) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        match &self.0.transport {
            // This spares the HTTP library to parse the URL again.
            ChosenTransport::Http(http) if is_unchanged(url, request.uri()) => {
                Box::pin(http.send_to(url.clone(), request))
            }
            ChosenTransport::Http(http) => http.send(request),
            ChosenTransport::Other(transport) => transport.send(request),
        }
    }

    pub(crate) fn settings(&self) -> &Settings {
        &self.0.settings
    }
}

/// Returns true if `uri` has the path and the query of `url`. A credential cannot change the rest
/// without changing the server, which it must not.
fn is_unchanged(url: &Url, uri: &Uri) -> bool {
    uri.path() == url.path() && uri.query() == url.query()
}

impl fmt::Debug for Connection {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Connection")
            .field("base_url", &self.0.base_url.as_str())
            .finish_non_exhaustive()
    }
}
