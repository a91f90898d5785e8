//! The builder of clients and connections.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use super::base_url::PlainHttp;
use super::origins::Origins;
use super::{
    BaseUrl, ChosenTransport, Connection, Inner, InvalidBaseUrlError, Settings, USER_AGENT,
};
use crate::hooks::AttemptHook;
use crate::retry::RetryPolicy;
use crate::transport::{HttpClient, Transport, TransportError};

/// A builder for a client, or for a [`Connection`] that several clients share.
///
/// `A` is the API of the client; a generated client's `builder` sets it.
#[must_use = "a builder does nothing until it is built"]
pub struct ClientBuilder<A = ()> {
    base_url: String,
    path: &'static str,
    plain_http: PlainHttp,
    /// Pairs of an allowed origin and the server that gets its requests instead, if there is one.
    origins: Vec<(String, Option<String>)>,
    transport: Chosen,
    connect_timeout: Duration,
    settings: Settings,
    api: PhantomData<fn() -> A>,
}

/// The API of a generated client.
pub trait ClientOf {
    /// The client with credentials of type `C`.
    type Client<C>;

    /// The path that is appended to the base URL unless the URL already ends with it.
    const PATH: &'static str;

    /// The other servers that the document lists, to which the path is not appended.
    const OTHER_SERVERS: &'static [&'static str];

    /// Creates a client with `credentials` that uses `connection`.
    fn with_connection<C>(connection: Connection, credentials: C) -> Self::Client<C>;
}

/// The transport that a caller has chosen.
enum Chosen {
    Default(Box<reqwest::ClientBuilder>),
    Other(Arc<dyn Transport>),
}

/// Leaves out the base URL, which may contain a password until it is checked.
impl<A> fmt::Debug for ClientBuilder<A> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("ClientBuilder")
            .field("settings", &self.settings)
            .finish_non_exhaustive()
    }
}

impl<A> ClientBuilder<A> {
    /// Creates a builder with default settings.
    pub(super) fn at(base_url: &str) -> Self {
        Self {
            base_url: base_url.to_owned(),
            path: "",
            plain_http: PlainHttp::LoopbackOnly,
            origins: Vec::new(),
            transport: Chosen::Default(Box::new(reqwest::Client::builder().user_agent(USER_AGENT))),
            connect_timeout: Duration::from_secs(10),
            settings: Settings::default(),
            api: PhantomData,
        }
    }

    /// Appends `path` to the base URL unless the URL already ends with it.
    pub fn path(mut self, path: &'static str) -> Self {
        self.path = path;
        self
    }

    /// Sets the time limit for connecting, including TLS; 10 seconds by default.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// Sets the time limit for one attempt, from connecting to the end of the body; 30 seconds by
    /// default.
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.settings.attempt_timeout = timeout;
        self
    }

    /// Sets the time limit for a call, including all attempts and the waits between them; 100
    /// seconds by default.
    pub fn total_timeout(mut self, timeout: Duration) -> Self {
        self.settings.total_timeout = timeout;
        self
    }

    /// Sets the retry policy.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.settings.retry = policy;
        self
    }

    /// Sets the size limit of response bodies, in bytes; 10 MiB by default.
    pub fn body_limit(mut self, bytes: usize) -> Self {
        self.settings.body_limit = bytes;
        self
    }

    /// Adds a hook, which is called before and after each attempt of every call. Hooks are called
    /// in the order in which they were added.
    pub fn hook(mut self, hook: impl AttemptHook + 'static) -> Self {
        self.settings.hooks.add(hook);
        self
    }

    /// Allows `http` to hosts other than loopback. Credentials and tokens then cross the network
    /// unencrypted.
    pub fn allow_plain_http(mut self) -> Self {
        self.plain_http = PlainHttp::Everywhere;
        self
    }

    /// Allows requests to another origin than that of the base URL, such as
    /// `https://files.example.com`.
    ///
    /// Operations with a server of their own are sent there, and links to the next page are
    /// followed there, each with the credential of its operation.
    pub fn allow_origin(mut self, origin: &str) -> Self {
        self.origins.push((origin.to_owned(), None));
        self
    }

    /// Sends requests that are meant for another origin to `server`, such as one on loopback in a
    /// test. Paths are appended to that of `server`.
    pub fn replace_origin(mut self, origin: &str, server: &str) -> Self {
        self.origins.push((origin.to_owned(), Some(server.to_owned())));
        self
    }

    /// Sets the HTTP client, with its proxy, private CA, client certificate, pool and `User-Agent`.
    ///
    /// [`build`](Self::build) overrides its settings for redirects, retries and the
    /// connect timeout.
    pub fn http(mut self, http: reqwest::ClientBuilder) -> Self {
        self.transport = Chosen::Default(Box::new(http));
        self
    }

    /// Sends requests by `transport` instead of the HTTP client. Settings of connecting, such as
    /// the connect timeout, are then up to the transport.
    pub fn transport(mut self, transport: impl Transport + 'static) -> Self {
        self.transport = Chosen::Other(Arc::new(transport));
        self
    }

    /// Creates a connection, which several clients of one server can share. It connects when the
    /// first call is sent.
    ///
    /// The HTTP client follows no redirects and sends no referer, since a redirect could carry
    /// secrets to another host. A redirect is returned like any other response. It sends no request
    /// twice by itself either: the [`RetryPolicy`] alone decides that.
    ///
    /// # Errors
    /// [`BuildError`] if the base URL or an allowed origin is not valid (see [`BaseUrl::parse`]) or
    /// no TLS backend can be set up.
    pub fn build_connection(self) -> Result<Connection, BuildError> {
        let base_url = BaseUrl::parse_with(&self.base_url, self.path, self.plain_http)
            .map_err(BuildError::BaseUrl)?;
        let origins = Origins::parse(&self.origins, self.plain_http).map_err(BuildError::Origin)?;
        // Through a proxy, a request to this machine would cross the network unencrypted.
        let is_local =
            base_url.is_plain_loopback() || origins.servers().any(BaseUrl::is_plain_loopback);
        let transport = match self.transport {
            Chosen::Other(transport) => ChosenTransport::Other(transport),
            Chosen::Default(http) => {
                let http = if is_local { http.no_proxy() } else { *http };
                let http = http.connect_timeout(self.connect_timeout);
                ChosenTransport::Http(HttpClient::new(http).map_err(BuildError::Http)?)
            }
        };
        Ok(Connection(Arc::new(Inner { transport, base_url, origins, settings: self.settings })))
    }
}

impl ClientBuilder {
    /// Creates the connection; see [`build_connection`](Self::build_connection).
    ///
    /// # Errors
    /// Those of [`build_connection`](Self::build_connection).
    pub fn build(self) -> Result<Connection, BuildError> {
        self.build_connection()
    }
}

impl<A: ClientOf> ClientBuilder<A> {
    /// Creates a builder for a client of the API at `server`. A host name alone means `https`.
    pub fn new(server: &str) -> Self {
        let is_other = BaseUrl::parse(server).is_ok_and(|given| {
            let others = A::OTHER_SERVERS.iter().filter_map(|other| BaseUrl::parse(other).ok());
            others.into_iter().any(|other| other.origin() == given.origin())
        });
        let path = if is_other { "" } else { A::PATH };
        Self::at(server).path(path)
    }

    /// Creates the client. It connects when the first call is sent; see
    /// [`build_connection`](Self::build_connection).
    ///
    /// # Errors
    /// Those of [`build_connection`](Self::build_connection).
    pub fn build<C>(self, credentials: C) -> Result<A::Client<C>, BuildError> {
        Ok(A::with_connection(self.build_connection()?, credentials))
    }
}

/// The reason why a client or a connection could not be created.
#[derive(Debug)]
#[non_exhaustive]
pub enum BuildError {
    /// The base URL is not valid.
    BaseUrl(InvalidBaseUrlError),
    /// An origin that is to be allowed, or the server that replaces it, is not valid.
    Origin(InvalidBaseUrlError),
    /// The HTTP client could not be set up.
    Http(TransportError),
}

impl fmt::Display for BuildError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BaseUrl(error) => error.fmt(formatter),
            Self::Origin(error) => write!(formatter, "an allowed origin is not valid: {error}"),
            Self::Http(_) => formatter.write_str("the HTTP client could not be set up"),
        }
    }
}

impl std::error::Error for BuildError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::BaseUrl(_) | Self::Origin(_) => None,
            Self::Http(error) => Some(error),
        }
    }
}
