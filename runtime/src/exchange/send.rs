//! Methods that send a call and decode its response.

use std::borrow::Cow;

use http::StatusCode;
use serde::de::DeserializeOwned;

use super::attempt::AttemptError;
use super::attempts::{Exchange, exchange};
use super::error_code::error_code;
use super::span::{CallSpan, in_span};
use crate::errors::{Cause, DocumentedError, Error, Failure};
use crate::request::{Call, PreparedCall};
use crate::response::{BodyStream, ByStatus, DecodeError, Decoded, Received, Response};
use crate::secrets::RawBody;

impl Call {
    /// Sends the request and decodes the body of a success as JSON.
    ///
    /// # Errors
    /// See [`ErrorKind`](crate::errors::ErrorKind).
    pub async fn send_json<T: DeserializeOwned, E: DocumentedError>(
        self,
    ) -> Result<Response<T>, Error<E>> {
        self.send(|received, _| received.json()).await
    }

    /// Sends the request and ignores the body of a success, which is still available raw.
    ///
    /// # Errors
    /// See [`ErrorKind`](crate::errors::ErrorKind).
    pub async fn send_empty<E: DocumentedError>(self) -> Result<Response<()>, Error<E>> {
        self.send(|_, _| Ok(().into())).await
    }

    /// Sends the request and returns the body of a success as bytes.
    ///
    /// # Errors
    /// See [`ErrorKind`](crate::errors::ErrorKind).
    pub async fn send_raw<E: DocumentedError>(self) -> Result<Response<RawBody>, Error<E>> {
        self.send(|received, _| Ok(received.body.clone().into())).await
    }

    /// Sends the request and returns the body of a success as a stream.
    ///
    /// Returns once the head of the response has arrived. Errors that occur later are those of the
    /// stream.
    ///
    /// # Errors
    /// See [`ErrorKind`](crate::errors::ErrorKind).
    pub async fn send_streaming<E: DocumentedError>(
        mut self,
    ) -> Result<Response<BodyStream>, Error<E>> {
        self.stream_success();
        self.send(|_, stream| Ok(stream.unwrap_or_else(BodyStream::empty).into())).await
    }

    /// Sends the request and decodes the body of a success by its status code.
    ///
    /// # Errors
    /// See [`ErrorKind`](crate::errors::ErrorKind).
    pub async fn send_by_status<T: ByStatus, E: DocumentedError>(
        self,
    ) -> Result<Response<T>, Error<E>> {
        self.send(|received, _| T::by_status(received)).await
    }

    async fn send<T, E: DocumentedError>(self, decode: Decode<T>) -> Result<Response<T>, Error<E>> {
        let operation = self.operation();
        match self.prepare() {
            Ok(prepared) => send_prepared(&prepared, decode).await,
            Err(invalid) => {
                Err(Error::new(Failure::unsent(operation, Cause::InvalidRequest(invalid))))
            }
        }
    }
}

/// Decodes a success from the response, and from its stream if the caller reads the body.
pub(crate) type Decode<T> = fn(&Received, Option<BodyStream>) -> Result<Decoded<T>, DecodeError>;

/// Sends a request whose values are all valid.
pub(crate) async fn send_prepared<T, E: DocumentedError>(
    prepared: &PreparedCall,
    decode: Decode<T>,
) -> Result<Response<T>, Error<E>> {
    let operation = prepared.operation;
    let span = CallSpan::of(operation);
    let Exchange { result, stream, attempts, sent } = in_span(&span, exchange(prepared)).await;
    let (cause, received) = match result {
        // An incomplete body does not change the meaning of the status code.
        Err((AttemptError::Sent(cause), Some(received)))
            if !operation.succeeds_with(received.status) =>
        {
            let documented = E::by_status(&received).map(Cause::Documented);
            (documented.unwrap_or_else(|| cause.widen()), Some(received))
        }
        Err((error, received)) => (error.into_cause(), received),
        Ok(received) if !operation.succeeds_with(received.status) => {
            let cause = E::by_status(&received).map_or(Cause::Undocumented, Cause::Documented);
            (cause, Some(received))
        }
        Ok(received) => match decode(&received, stream) {
            Ok(value) => {
                span.record_outcome(Some(&received), None, attempts);
                return Ok(Response::new(value, received, attempts));
            }
            Err(error) => (Cause::Undecodable(error), Some(received)),
        },
    };
    let is_refused =
        received.as_ref().is_some_and(|received| received.status == StatusCode::UNAUTHORIZED);
    let refused_credential = is_refused.then(|| {
        prepared
            .credential
            .as_ref()
            .map_or(Cow::Borrowed(""), |credential| credential.description())
    });
    let code = match (&cause, &received) {
        (Cause::Documented(error), Some(received)) => {
            let code = error_code(received.body.expose_bytes(), error.code_pointer());
            code.filter(|code| !received.repeats_request(code.as_bytes()))
        }
        _ => None,
    };
    let error = Error::new(Failure {
        operation,
        cause,
        received,
        code,
        refused_credential,
        attempts,
        sent,
    });
    span.record_outcome(error.received(), Some(error.kind()), attempts);
    Err(error)
}
