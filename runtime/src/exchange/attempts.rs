//! All attempts of a call.

use std::time::{Duration, SystemTime};

use http::StatusCode;
use http::header::WWW_AUTHENTICATE;

use super::attempt::{AttemptError, AttemptResult, attempt};
use crate::errors::{Cause, TimeLimit};
use crate::request::{PreparedCall, RequestBody};
use crate::response::{BodyStream, claims_challenge};
use crate::retry::{AttemptOutcome, RetryPolicy};

/// The outcome of all attempts.
pub(super) struct Exchange {
    /// The result of the last attempt.
    pub(super) result: AttemptResult,
    /// The body of a success, if the caller reads it.
    pub(super) stream: Option<BodyStream>,
    pub(super) attempts: u32,
    /// True if an attempt reached or may have reached the server.
    pub(super) sent: bool,
}

/// Sends the request until an attempt succeeds, or until another one would be unsafe, useless or
/// too late.
pub(super) async fn exchange(prepared: &PreparedCall) -> Exchange {
    let settings = prepared.connection.settings();
    let retry: RetryPolicy = prepared.options.retry.unwrap_or(settings.retry);
    let total = TimeLimit::Total(prepared.options.total_timeout.unwrap_or(settings.total_timeout))
        .starting_now();
    let per_attempt =
        TimeLimit::Attempt(prepared.options.attempt_timeout.unwrap_or(settings.attempt_timeout));
    let (mut attempts, mut sent) = (0, false);
    let mut can_refresh = prepared.credential.as_ref().is_some_and(|one| one.can_refresh());
    loop {
        attempts += 1;
        let mut stream = None;
        let deadline = total.earlier(per_attempt.starting_now());
        let result = attempt(prepared, attempts, deadline, &mut stream).await;
        sent |= !matches!(result, Err((AttemptError::NotSent(_), _)));
        if let (Ok(received) | Err((_, Some(received))), Some(credential)) =
            (&result, &prepared.credential)
            && received.status == StatusCode::UNAUTHORIZED
        {
            credential.refused();
        }
        if can_refresh
            && attempts < retry.max_attempts
            && !total.remaining().is_zero()
            && helps_to_refresh(prepared, &result)
        {
            can_refresh = false;
            continue;
        }
        let Some(wait) =
            wait(&retry, attempts, prepared, &result).filter(|wait| *wait < total.remaining())
        else {
            let (TimeLimit::Attempt(timeout) | TimeLimit::Total(timeout)) = per_attempt;
            let stream = stream.map(|body| BodyStream::new(body, timeout));
            return Exchange { result, stream, attempts, sent };
        };
        tokio::time::sleep(wait).await;
    }
}

/// Returns true if the credential was refused, and sending the call again with another one is safe
/// and may help.
///
/// A request that is refused with a 401 "has not been applied" (RFC 9110, section 15.5.2), but
/// only a server that keeps to this section, and so sends `WWW-Authenticate`, is trusted in that
/// for a call that is not idempotent. A claims challenge asks for a token of another kind.
fn helps_to_refresh(prepared: &PreparedCall, result: &AttemptResult) -> bool {
    let (Ok(received) | Err((_, Some(received)))) = result else { return false };
    received.status == StatusCode::UNAUTHORIZED
        && is_repeatable(prepared)
        && (prepared.operation.idempotent || received.headers.contains_key(WWW_AUTHENTICATE))
        && claims_challenge(&received.headers).is_none()
}

/// Returns true if the body, if there is one, can be sent again.
fn is_repeatable(prepared: &PreparedCall) -> bool {
    prepared.body.as_ref().is_none_or(RequestBody::is_repeatable)
}

/// Returns the wait before the next attempt, or `None` if there is none.
fn wait(
    retry: &RetryPolicy,
    attempt: u32,
    prepared: &PreparedCall,
    result: &AttemptResult,
) -> Option<Duration> {
    if !is_repeatable(prepared) {
        return None;
    }
    let outcome = match result {
        Ok(received) => AttemptOutcome::Response(received.answer(prepared.operation.rate_limit)),
        Err((AttemptError::NotSent(Cause::Connect { .. }), _)) => AttemptOutcome::NotSent,
        Err((AttemptError::NotSent(_), _)) => return None,
        Err((AttemptError::Sent(Cause::BodyTooLarge { .. }), _)) => return None,
        Err((AttemptError::Sent(Cause::Transport(error)), None)) if error.is_refused() => {
            AttemptOutcome::NotSent
        }
        Err((AttemptError::Sent(_), _)) => AttemptOutcome::Incomplete,
    };
    retry.wait(attempt, prepared.operation.idempotent, &outcome, SystemTime::now())
}
