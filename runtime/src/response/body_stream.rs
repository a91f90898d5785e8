//! Response bodies that are read while they arrive.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use http_body::Body as _;
use tokio::time::{Sleep, sleep};

use crate::transport::{Body, TransportError};

/// The body of a success as a stream of chunks, to be read while it arrives.
///
/// The size is not limited. Each chunk must arrive within the timeout of one attempt. The timeout
/// of the call covers only the head of the response. Dropping the stream closes the connection.
pub struct BodyStream {
    body: Body,
    timeout: Duration,
    /// The time at which the next chunk is too late.
    deadline: Pin<Box<Sleep>>,
}

impl BodyStream {
    pub(crate) fn new(body: Body, timeout: Duration) -> Self {
        Self { body, timeout, deadline: Box::pin(sleep(timeout)) }
    }

    /// Creates a stream without chunks.
    pub(crate) fn empty() -> Self {
        Self {
            body: Body::empty(),
            timeout: Duration::ZERO,
            deadline: Box::pin(sleep(Duration::ZERO)),
        }
    }

    /// Returns the next chunk, or `None` at the end of the body.
    ///
    /// # Errors
    /// [`StreamError`] if the connection fails or no chunk arrives in time.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, StreamError> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await.transpose()
    }
}

impl Stream for BodyStream {
    type Item = Result<Bytes, StreamError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            let Poll::Ready(frame) = Pin::new(&mut self.body).poll_frame(context) else {
                ready!(self.deadline.as_mut().poll(context));
                return Poll::Ready(Some(Err(StreamError::Timeout(self.timeout))));
            };
            self.deadline = Box::pin(sleep(self.timeout));
            match frame {
                None => return Poll::Ready(None),
                Some(Err(error)) => {
                    return Poll::Ready(Some(Err(StreamError::Transport(
                        TransportError::of_body(error),
                    ))));
                }
                Some(Ok(frame)) => {
                    // Trailers are not part of the body.
                    if let Ok(data) = frame.into_data() {
                        return Poll::Ready(Some(Ok(data)));
                    }
                }
            }
        }
    }
}

impl fmt::Debug for BodyStream {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("[a stream]")
    }
}

/// The reason why a body stream ended too early.
#[derive(Debug)]
#[non_exhaustive]
pub enum StreamError {
    /// The connection failed.
    Transport(TransportError),
    /// No data arrived for this long.
    Timeout(Duration),
}

impl fmt::Display for StreamError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Transport(_) => {
                formatter.write_str("the connection failed while the body was being received")
            }
            Self::Timeout(limit) => {
                let seconds = limit.as_secs_f64();
                write!(
                    formatter,
                    "no data arrived for {seconds} s; raise the limit with `attempt_timeout`"
                )
            }
        }
    }
}

impl std::error::Error for StreamError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Transport(error) => Some(error),
            Self::Timeout(_) => None,
        }
    }
}
