//! The origins that a connection may send requests to.

use url::Url;

use super::base_url::PlainHttp;
use super::{BaseUrl, InvalidBaseUrlError};

/// The origins beside that of the base URL that the caller has allowed.
#[derive(Debug, Default)]
pub(super) struct Origins(Vec<Allowed>);

#[derive(Debug)]
struct Allowed {
    /// The origin as documents and links name it.
    origin: String,
    /// The server that gets its requests.
    server: BaseUrl,
}

impl Origins {
    /// Parses pairs of an origin and the server that gets its requests instead, if there is one.
    pub(super) fn parse(
        pairs: &[(String, Option<String>)],
        plain_http: PlainHttp,
    ) -> Result<Self, InvalidBaseUrlError> {
        let allowed = pairs.iter().map(|(origin, server)| {
            // Nothing is sent to the origin itself if another server gets its requests.
            let origin = BaseUrl::parse_with(origin, "", PlainHttp::Everywhere)?.origin();
            let server = server.as_ref().unwrap_or(&origin);
            let server = BaseUrl::parse_with(server, "", plain_http)?;
            Ok(Allowed { origin, server })
        });
        allowed.collect::<Result<_, _>>().map(Self)
    }

    /// Returns the servers that get requests.
    pub(super) fn servers(&self) -> impl Iterator<Item = &BaseUrl> {
        self.0.iter().map(|allowed| &allowed.server)
    }

    /// Returns the URL that takes the place of one of another origin than the base URL, or `None`
    /// if the caller has not allowed its origin.
    pub(super) fn instead_of(&self, url: &Url) -> Option<Url> {
        let origin = url.origin().ascii_serialization();
        let Allowed { server, .. } = self.0.iter().find(|allowed| allowed.origin == origin)?;
        let path = [server.path(), url.path()].concat();
        Some(server.join(&path, url.query().unwrap_or_default()))
    }
}
