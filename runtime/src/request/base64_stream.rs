//! A stream of bytes in base64.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use futures_core::Stream;
use zeroize::Zeroizing;

use super::upload::Chunks;
use crate::secrets::ZeroizingBuffer;
use crate::transport::BoxError;

/// Encodes bytes in base64 (RFC 4648, section 4).
pub(crate) fn encode(bytes: &[u8]) -> ZeroizingBuffer {
    let mut encoded = ZeroizingBuffer::default();
    encoded.push([Zeroizing::new(STANDARD.encode(bytes)).as_str()]);
    encoded
}

/// A stream that encodes its chunks, whose boundaries do not matter.
pub(crate) struct Base64Stream {
    chunks: Option<Chunks>,
    /// The last bytes that are not a group of three yet.
    rest: Vec<u8>,
}

impl Base64Stream {
    pub(crate) fn new(chunks: Chunks) -> Self {
        Self { chunks: Some(chunks), rest: Vec::new() }
    }
}

impl Stream for Base64Stream {
    type Item = Result<Bytes, BoxError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let Some(chunks) = &mut self.chunks else { return Poll::Ready(None) };
        let chunk = ready!(chunks.as_mut().poll_next(context)).transpose()?;
        let whole = match chunk {
            Some(chunk) => {
                self.rest.extend_from_slice(&chunk);
                self.rest.len() / 3 * 3
            }
            None => {
                self.chunks = None;
                self.rest.len()
            }
        };
        let encoded = encode(&self.rest[..whole]);
        self.rest.drain(..whole);
        Poll::Ready(Some(Ok(Bytes::from_owner(encoded))))
    }
}
