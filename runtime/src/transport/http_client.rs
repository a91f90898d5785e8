//! The transport that uses reqwest.

use std::error::Error as _;
use std::fmt;
use std::future::ready;

use http::{Request, Response};
use url::Url;

use super::{Body, BoxFuture, Transport, TransportError};

/// The default transport, which is a [`reqwest::Client`].
///
/// It follows no redirects, so it sends no referer, and it never sends a request twice, whatever
/// the builder says.
#[derive(Clone)]
pub struct HttpClient(reqwest::Client);

impl HttpClient {
    /// Creates the transport from the settings for TLS, proxies, pool and `User-Agent`.
    ///
    /// # Errors
    /// [`TransportError`] if no TLS backend can be set up.
    pub fn new(settings: reqwest::ClientBuilder) -> Result<Self, TransportError> {
        settings
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .build()
            .map(Self)
            .map_err(TransportError::unsendable)
    }

    /// Sends a request to its URL, which is parsed already.
    ///
    /// The future holds neither, since it is moved several times.
    pub(crate) fn send_to(
        &self,
        url: Url,
        request: Request<Body>,
    ) -> impl Future<Output = Result<Response<Body>, TransportError>> + Send + use<> {
        let response = self.0.execute(converted(url, request));
        async { Ok(Response::from(response.await.map_err(described)?).map(Body::received)) }
    }
}

impl fmt::Debug for HttpClient {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("HttpClient").finish_non_exhaustive()
    }
}

impl Transport for HttpClient {
    fn send(
        &self,
        request: Request<Body>,
    ) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        match Url::parse(&request.uri().to_string()) {
            Ok(url) => Box::pin(self.send_to(url, request)),
            Err(error) => Box::pin(ready(Err(TransportError::unsendable(error)))),
        }
    }
}

/// Returns the same request for the HTTP library.
fn converted(url: Url, request: Request<Body>) -> reqwest::Request {
    let (parts, body) = request.into_parts();
    let mut converted = reqwest::Request::new(parts.method, url);
    *converted.headers_mut() = parts.headers;
    *converted.version_mut() = parts.version;
    *converted.body_mut() = body.into_sent();
    converted
}

/// Says how far the request came, and removes the URL, which may contain a token.
pub(super) fn described(error: reqwest::Error) -> TransportError {
    let (is_timeout, is_connect) = (error.is_timeout(), error.is_connect());
    // The URL is longer than `http::Uri` allows.
    let is_builder = error.is_builder();
    let error = error.without_url();
    let described = match () {
        () if is_builder => TransportError::unsendable(error),
        () if is_connect => TransportError::unreachable(error),
        () if error.is_request() && is_unprocessed(&error) => TransportError::refused(error),
        () => TransportError::interrupted(error),
    };
    if is_timeout { described.timed_out() } else { described }
}

/// Returns true if the server said that it did not process the request. After a head it cannot say
/// that any more, and such an error is one of the body.
fn is_unprocessed(error: &reqwest::Error) -> bool {
    let mut cause = error.source();
    while let Some(error) = cause {
        if let Some(error) = error.downcast_ref::<h2::Error>() {
            let reason = error.reason();
            return error.is_remote()
                && ((error.is_reset() && reason == Some(h2::Reason::REFUSED_STREAM))
                    || (error.is_go_away() && reason == Some(h2::Reason::NO_ERROR)));
        }
        cause = error.source();
    }
    false
}
