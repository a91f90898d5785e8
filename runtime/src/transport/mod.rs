//! The seam between a call and the HTTP library that sends it.

mod body;
mod error;
mod http_client;

pub use body::{Body, BoxError};
pub use error::TransportError;
pub use http_client::HttpClient;

use std::fmt;
use std::pin::Pin;

use http::{Request, Response};

/// A boxed future that can be sent to another thread.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Sends HTTP requests. The default is [`HttpClient`]; another one can record requests, answer them
/// in a test, or use another HTTP library.
///
/// The runtime decides where a request goes, whether it is sent again, which redirects are followed
/// (none) and how large a body may be. A transport has to keep that: it sends a request once, to
/// the URL of the request, and returns whatever response arrives.
///
/// A request holds secrets: its URL, headers and body must not be logged.
///
/// ```
/// use http::{Request, Response};
/// use oauth_token_clients_runtime::Connection;
/// use oauth_token_clients_runtime::transport::{Body, BoxFuture, Transport, TransportError};
///
/// /// Answers every request with an empty object.
/// #[derive(Debug)]
/// struct Canned;
///
/// impl Transport for Canned {
///     fn send(&self, _: Request<Body>) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
///         Box::pin(async { Ok(Response::new(Body::from("{}"))) })
///     }
/// }
///
/// let connection = Connection::builder("https://example.com").transport(Canned).build()?;
/// # Ok::<(), oauth_token_clients_runtime::BuildError>(())
/// ```
pub trait Transport: fmt::Debug + Send + Sync {
    /// Sends a request once and returns the head of the response, with a body that is read later.
    ///
    /// Dropping the future cancels the request: time limits work that way.
    ///
    /// # Errors
    /// [`TransportError`] if there is no response. It says whether the server was reached.
    fn send(&self, request: Request<Body>)
    -> BoxFuture<'_, Result<Response<Body>, TransportError>>;
}
