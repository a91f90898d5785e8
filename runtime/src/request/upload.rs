//! Raw request bodies: bytes or a stream of bytes.

use std::fmt;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;
use http_body::Frame;

use super::base64_stream::{self, Base64Stream};
use crate::secrets::RawBody;
use crate::transport::{Body, BoxError};

pub(crate) type Chunks = Pin<Box<dyn Stream<Item = Result<Bytes, BoxError>> + Send>>;

/// A raw request body: bytes, or a stream that is read while it is sent.
///
/// A stream can be read only once, so a call with a stream is never retried. `Debug` does not print
/// the content.
///
/// ```
/// use oauth_token_clients_runtime::Upload;
///
/// let upload = Upload::from(vec![1, 2, 3]);
/// assert_eq!(format!("{upload:?}"), "[3 bytes]");
/// ```
pub struct Upload(Content);

enum Content {
    Bytes(RawBody),
    Stream(Chunks),
}

impl Upload {
    /// Creates a body from a stream of chunks. If the stream fails, so does the call.
    pub fn stream<B, E>(stream: impl Stream<Item = Result<B, E>> + Send + 'static) -> Self
    where
        B: Into<Bytes> + 'static,
        E: Into<BoxError> + 'static,
    {
        Self(Content::Stream(Box::pin(Converted(Box::pin(stream)))))
    }

    /// Returns the same content in base64.
    pub(crate) fn in_base64(self) -> Self {
        Self(match self.0 {
            Content::Bytes(bytes) => {
                Content::Bytes(RawBody::from_buffer(base64_stream::encode(bytes.expose_bytes())))
            }
            Content::Stream(chunks) => Content::Stream(Box::pin(Base64Stream::new(chunks))),
        })
    }

    pub(crate) fn into_body(self) -> RequestBody {
        match self.0 {
            Content::Bytes(bytes) => RequestBody::Bytes(bytes.bytes()),
            Content::Stream(chunks) => {
                let body = Body::stream(Streamed(Mutex::new(chunks)));
                RequestBody::Stream(Mutex::new(Some(body)))
            }
        }
    }
}

impl<B: Into<RawBody>> From<B> for Upload {
    fn from(bytes: B) -> Self {
        Self(Content::Bytes(bytes.into()))
    }
}

impl fmt::Debug for Upload {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Content::Bytes(bytes) => bytes.fmt(formatter),
            Content::Stream(_) => formatter.write_str("[a stream]"),
        }
    }
}

/// The body of a request.
pub(crate) enum RequestBody {
    /// Bytes, which can be sent more than once.
    Bytes(Bytes),
    /// A stream, which can be sent once.
    Stream(Mutex<Option<Body>>),
}

impl RequestBody {
    /// Returns the body for the next attempt, or `None` if a stream was sent already.
    pub(crate) fn take(&self) -> Option<Body> {
        match self {
            Self::Bytes(bytes) => Some(bytes.clone().into()),
            Self::Stream(body) => body.lock().unwrap_or_else(PoisonError::into_inner).take(),
        }
    }

    /// Returns true if the body can be sent again.
    pub(crate) fn is_repeatable(&self) -> bool {
        matches!(self, Self::Bytes(_))
    }
}

/// A stream that converts chunks and errors.
struct Converted<S>(Pin<Box<S>>);

impl<B: Into<Bytes>, E: Into<BoxError>, S: Stream<Item = Result<B, E>>> Stream for Converted<S> {
    type Item = Result<Bytes, BoxError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let chunk = ready!(self.0.as_mut().poll_next(context));
        Poll::Ready(chunk.map(|chunk| chunk.map(Into::into).map_err(Into::into)))
    }
}

/// A stream as an [`http_body::Body`]. The lock makes it `Sync`; it is never contended.
struct Streamed(Mutex<Chunks>);

impl http_body::Body for Streamed {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Self::Data>, Self::Error>>> {
        let chunks = self.get_mut().0.get_mut().unwrap_or_else(PoisonError::into_inner);
        let chunk = ready!(chunks.as_mut().poll_next(context));
        Poll::Ready(chunk.map(|chunk| chunk.map(Frame::data)))
    }
}
