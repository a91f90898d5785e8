//! Bodies of requests and responses.

use std::error::Error;
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http_body::{Frame, SizeHint};

use super::http_client::described;
use crate::secrets::RawBody;

/// An error of any type that can be sent to another thread.
pub type BoxError = Box<dyn Error + Send + Sync>;

type BoxBody = Pin<Box<dyn http_body::Body<Data = Bytes, Error = BoxError> + Send + Sync>>;

/// The body of a request or a response: bytes, or a stream of them.
///
/// `Debug` does not print the content.
#[derive(Default)]
pub struct Body(Content);

#[derive(Default)]
enum Content {
    #[default]
    Empty,
    Bytes(Bytes),
    Stream(BoxBody),
    /// The body of a response of the HTTP library, without an allocation of its own.
    Received(reqwest::Body),
}

impl Body {
    /// Creates a body without content.
    #[must_use]
    pub fn empty() -> Self {
        Self::default()
    }

    /// Creates a body that is read while it arrives or is sent.
    pub fn stream<B>(body: B) -> Self
    where
        B: http_body::Body<Data = Bytes, Error = BoxError> + Send + Sync + 'static,
    {
        Self(Content::Stream(Box::pin(body)))
    }

    /// Returns the bytes, for a credential that signs them, or `None` if the body is a stream. The
    /// caller is responsible for keeping them secret.
    #[must_use]
    pub fn expose_bytes(&self) -> Option<&[u8]> {
        match &self.0 {
            Content::Empty => Some(&[]),
            Content::Bytes(bytes) => Some(bytes),
            Content::Stream(_) | Content::Received(_) => None,
        }
    }

    /// Creates the body of a response of the HTTP library.
    pub(super) fn received(body: reqwest::Body) -> Self {
        Self(Content::Received(body))
    }

    /// Returns the bytes, or none if the body is a stream.
    pub(crate) fn bytes(&self) -> Bytes {
        match &self.0 {
            Content::Bytes(bytes) => bytes.clone(),
            _ => Bytes::new(),
        }
    }

    /// Converts to the body of the HTTP library, or `None` if there is no content.
    pub(super) fn into_sent(self) -> Option<reqwest::Body> {
        match self.0 {
            Content::Empty => None,
            Content::Bytes(bytes) => Some(bytes.into()),
            Content::Received(body) => Some(body),
            stream @ Content::Stream(_) => Some(reqwest::Body::wrap(Self(stream))),
        }
    }
}

impl From<Bytes> for Body {
    fn from(bytes: Bytes) -> Self {
        Self(Content::Bytes(bytes))
    }
}

impl From<Vec<u8>> for Body {
    fn from(bytes: Vec<u8>) -> Self {
        RawBody::from(bytes).bytes().into()
    }
}

impl From<String> for Body {
    fn from(string: String) -> Self {
        string.into_bytes().into()
    }
}

impl From<&str> for Body {
    fn from(string: &str) -> Self {
        string.to_owned().into()
    }
}

impl http_body::Body for Body {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        match &mut self.0 {
            Content::Empty => Poll::Ready(None),
            Content::Bytes(bytes) => {
                let bytes = std::mem::take(bytes);
                self.0 = Content::Empty;
                Poll::Ready(Some(Ok(Frame::data(bytes))))
            }
            Content::Stream(body) => body.as_mut().poll_frame(context),
            Content::Received(body) => {
                let frame = ready!(Pin::new(body).poll_frame(context));
                Poll::Ready(frame.map(|frame| frame.map_err(|error| described(error).into())))
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        match &self.0 {
            Content::Empty => true,
            Content::Bytes(_) => false,
            Content::Stream(body) => body.is_end_stream(),
            Content::Received(body) => body.is_end_stream(),
        }
    }

    fn size_hint(&self) -> SizeHint {
        match &self.0 {
            Content::Empty => SizeHint::with_exact(0),
            Content::Bytes(bytes) => SizeHint::with_exact(bytes.len() as u64),
            Content::Stream(body) => body.size_hint(),
            Content::Received(body) => body.size_hint(),
        }
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.expose_bytes() {
            Some(bytes) => write!(formatter, "[{} bytes]", bytes.len()),
            None => formatter.write_str("[a stream]"),
        }
    }
}
