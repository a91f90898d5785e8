//! A call is tried as often as it is safe and sensible.

use std::time::{Duration, SystemTime};

use reqwest::StatusCode;

use super::attempt::{AttemptError, AttemptResult, attempt};
use crate::errors::{Cause, TimeLimit};
use crate::request::PreparedCall;
use crate::response::BodyStream;
use crate::retry::{AttemptOutcome, RetryPolicy};

/// What all tries came to.
pub(super) struct Exchange {
    /// The last try.
    pub(super) tried: AttemptResult,
    /// The body of a success that the caller reads.
    pub(super) rest: Option<BodyStream>,
    pub(super) attempts: u32,
    /// Whether one of them reached, or may have reached, the server.
    pub(super) sent: bool,
}

/// Sends the request as often as it is safe and sensible.
pub(super) async fn exchange(prepared: &PreparedCall<'_>) -> Exchange {
    let settings = prepared.connection.settings();
    let retry: RetryPolicy = prepared.options.retry.unwrap_or(settings.retry);
    let total = TimeLimit::Total(prepared.options.total_timeout.unwrap_or(settings.total_timeout)).starting_now();
    let of_one = TimeLimit::Attempt(prepared.options.attempt_timeout.unwrap_or(settings.attempt_timeout));
    let (mut attempts, mut sent) = (0, false);
    loop {
        attempts += 1;
        let mut rest = None;
        let tried = attempt(prepared, total.earlier(of_one.starting_now()), &mut rest).await;
        sent |= !matches!(tried, Err((AttemptError::NotSent(_), _)));
        if let (Ok(received) | Err((_, Some(received))), Some(credential)) = (&tried, prepared.credential)
            && received.status == StatusCode::UNAUTHORIZED
        {
            credential.refused();
        }
        let Some(wait) = wait(&retry, attempts, prepared, &tried).filter(|wait| *wait < total.remaining()) else {
            let (TimeLimit::Attempt(timeout) | TimeLimit::Total(timeout)) = of_one;
            let rest = rest.map(|rest| BodyStream::new(rest, timeout));
            return Exchange { tried, rest, attempts, sent };
        };
        tokio::time::sleep(wait).await;
    }
}

fn wait(retry: &RetryPolicy, attempt: u32, prepared: &PreparedCall<'_>, tried: &AttemptResult) -> Option<Duration> {
    if prepared.body.as_ref().is_some_and(|body| !body.is_repeatable()) {
        return None;
    }
    let outcome = match tried {
        Ok(received) => AttemptOutcome::Response(received.status, &received.headers),
        Err((AttemptError::NotSent(Cause::Connect { .. }), _)) => AttemptOutcome::NotSent,
        Err((AttemptError::NotSent(_), _)) => return None,
        Err((AttemptError::Sent(Cause::BodyTooLarge { .. }), _)) => return None,
        Err((AttemptError::Sent(_), _)) => AttemptOutcome::Incomplete,
    };
    retry.wait(attempt, prepared.operation.idempotent, &outcome, SystemTime::now())
}
