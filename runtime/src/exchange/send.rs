//! Sends a call: tries, waits in between, and what the response means.

use std::borrow::Cow;

use reqwest::StatusCode;
use serde::de::DeserializeOwned;

use super::attempt::AttemptError;
use super::attempts::{Exchange, exchange};
use super::span::{CallSpan, in_span};
use crate::errors::{Cause, DocumentedError, Error, Failure};
use crate::request::{Call, PreparedCall};
use crate::response::{BodyStream, ByStatus, DecodeError, Received, Response};
use crate::secrets::RawBody;

impl Call<'_> {
    /// Sends the request; the body of a success is JSON.
    ///
    /// # Errors
    /// See [`ErrorKind`](crate::errors::ErrorKind).
    pub async fn send_json<T: DeserializeOwned, E: DocumentedError>(self) -> Result<Response<T>, Error<E>> {
        self.send(|received, _| received.json()).await
    }

    /// Sends the request; a success has no body, and one that comes nevertheless is kept raw.
    ///
    /// # Errors
    /// See [`ErrorKind`](crate::errors::ErrorKind).
    pub async fn send_empty<E: DocumentedError>(self) -> Result<Response<()>, Error<E>> {
        self.send(|_, _| Ok(())).await
    }

    /// Sends the request; the body of a success is given as it comes.
    ///
    /// # Errors
    /// See [`ErrorKind`](crate::errors::ErrorKind).
    pub async fn send_raw<E: DocumentedError>(self) -> Result<Response<RawBody>, Error<E>> {
        self.send(|received, _| Ok(received.body.clone())).await
    }

    /// Sends the request; the body of a success is read by the caller while it arrives.
    ///
    /// # Errors
    /// See [`ErrorKind`](crate::errors::ErrorKind). The head of a success has arrived when this ends; what comes behind it has errors
    /// of its own.
    pub async fn send_streaming<E: DocumentedError>(mut self) -> Result<Response<BodyStream>, Error<E>> {
        self.stream_success();
        self.send(|_, rest| Ok(rest.unwrap_or_else(BodyStream::empty))).await
    }

    /// Sends the request; the status of a success decides what its body is.
    ///
    /// # Errors
    /// See [`ErrorKind`](crate::errors::ErrorKind).
    pub async fn send_by_status<T: ByStatus, E: DocumentedError>(self) -> Result<Response<T>, Error<E>> {
        self.send(|received, _| T::by_status(received)).await
    }

    async fn send<T, E: DocumentedError>(self, decode: Decode<T>) -> Result<Response<T>, Error<E>> {
        let operation = self.operation();
        match self.prepare() {
            Ok(prepared) => send_prepared(&prepared, decode).await,
            Err(invalid) => {
                let cause = Cause::InvalidRequest(invalid);
                Err(Error::new(Failure { operation, cause, received: None, refused: None, attempts: 0, sent: false }))
            }
        }
    }
}

/// Makes the value of a success out of what was received, and of what is still to come if it is streamed.
pub(crate) type Decode<T> = fn(&Received, Option<BodyStream>) -> Result<T, DecodeError>;

/// Sends a request whose values are all allowed.
pub(crate) async fn send_prepared<T, E: DocumentedError>(
    prepared: &PreparedCall<'_>,
    decode: Decode<T>,
) -> Result<Response<T>, Error<E>> {
    let operation = prepared.operation;
    let span = CallSpan::of(operation);
    let Exchange { tried, rest, attempts, sent } = in_span(&span, exchange(prepared)).await;
    let (cause, received) = match tried {
        // A body that breaks off does not change what the status says.
        Err((AttemptError::Sent(cause), Some(received))) if !operation.succeeds_with(received.status) => {
            let documented = E::by_status(&received).map(Cause::Documented);
            (documented.unwrap_or_else(|| cause.without_document()), Some(received))
        }
        Err((broken, received)) => (broken.into_cause(), received),
        Ok(received) if !operation.succeeds_with(received.status) => {
            let cause = E::by_status(&received).map_or(Cause::Undocumented, Cause::Documented);
            (cause, Some(received))
        }
        Ok(received) => match decode(&received, rest) {
            Ok(value) => {
                span.record_outcome(Some(&received), None, attempts);
                return Ok(Response::new(value, received, attempts));
            }
            Err(error) => (Cause::Undecodable(error), Some(received)),
        },
    };
    let refused = received.as_ref().is_some_and(|received| received.status == StatusCode::UNAUTHORIZED);
    let refused = refused.then(|| prepared.credential.map_or(Cow::Borrowed(""), |credential| credential.description()));
    let error = Error::new(Failure { operation, cause, received, refused, attempts, sent });
    span.record_outcome(error.received(), Some(error.kind()), attempts);
    Err(error)
}
