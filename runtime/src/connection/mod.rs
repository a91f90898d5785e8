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

use url::Url;

use crate::hooks::Hooks;
use crate::retry::RetryPolicy;
use crate::transport::Transport;
use origins::Origins;

/// The `User-Agent`, which some servers require.
const USER_AGENT: &str = concat!("oauth-token-clients/", env!("CARGO_PKG_VERSION"));

/// An HTTP connection pool with the base URL of an API and the settings of calls. Clones share the
/// pool.
#[derive(Clone)]
pub struct Connection(Arc<Inner>);

struct Inner {
    transport: Arc<dyn Transport>,
    base_url: BaseUrl,
    origins: Origins,
    settings: Settings,
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

    pub(crate) fn transport(&self) -> &dyn Transport {
        &*self.0.transport
    }

    pub(crate) fn settings(&self) -> &Settings {
        &self.0.settings
    }
}

impl fmt::Debug for Connection {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Connection")
            .field("base_url", &self.0.base_url.as_str())
            .finish_non_exhaustive()
    }
}
