//! The transport that uses reqwest.

use std::error::Error as _;
use std::fmt;

use http::{Request, Response};

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
        let request = converted(request).map(|request| self.0.execute(request));
        Box::pin(async move {
            let response = request?.await.map_err(described)?;
            Ok(Response::from(response).map(Body::received))
        })
    }
}

/// The URL of a request, parsed already.
#[derive(Clone)]
pub(crate) struct ParsedUrl(pub(crate) reqwest::Url);

fn converted(request: Request<Body>) -> Result<reqwest::Request, TransportError> {
    let (mut parts, body) = request.into_parts();
    let url = match parts.extensions.remove() {
        Some(ParsedUrl(url)) => url,
        None => reqwest::Url::parse(&parts.uri.to_string()).map_err(TransportError::unsendable)?,
    };
    let mut converted = reqwest::Request::new(parts.method, url);
    *converted.headers_mut() = parts.headers;
    *converted.version_mut() = parts.version;
    *converted.body_mut() = body.into_sent();
    Ok(converted)
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
