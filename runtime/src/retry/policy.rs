//! The retry policy.

use std::time::{Duration, SystemTime};

use super::Answer;

/// The number of attempts of a call, and the waits between them.
///
/// The policy does not decide which calls are safe to send again. A call that is not idempotent is
/// sent again only if it cannot have reached the server, if the server says that it did not process
/// it (`REFUSED_STREAM` in HTTP/2), or if it answers 429 or 503 with a `Retry-After` header.
/// Nothing beneath the policy sends a request again.
///
/// After a 401 a call is sent once more, at once, if its credential can be another one
/// ([`Credential::can_refresh`](crate::Credential::can_refresh)). A call that is not idempotent is
/// then sent again only if the response has a `WWW-Authenticate` header: such a request has not
/// been applied (RFC 9110, section 15.5.2). This counts as an attempt.
///
/// If the document states how the server tells of an exceeded rate limit, an idempotent call waits
/// for its reset, or as long as the document says. That may be longer than `max_wait`, and then the
/// call fails.
///
/// # Tests with a paused clock
///
/// Waits and timeouts use `tokio::time`, so after `tokio::time::pause` they take no real time.
/// Dates in a response are compared with the response's own `Date`, or, if it has none, with the
/// system clock, which cannot be paused.
///
/// A paused clock jumps to the next timer whenever the runtime is idle. The runtime is also idle
/// while bytes travel through a socket, so the attempt would time out. On a single-threaded runtime
/// the clock stands still while a `spawn_blocking` task runs. Start such a task in your
/// [`TokenSource`](crate::credentials::TokenSource), which is asked for a token at the start of
/// each attempt, and end it once the test's server has sent its response and seen the client close
/// the connection:
///
/// ```
/// /// Stops the clock until the sender is dropped.
/// fn hold_clock() -> std::sync::mpsc::Sender<()> {
///     let (held, released) = std::sync::mpsc::channel();
///     tokio::task::spawn_blocking(move || released.recv());
///     held
/// }
/// # let runtime = tokio::runtime::Builder::new_current_thread()
/// #     .enable_all()
/// #     .start_paused(true)
/// #     .build()?;
/// # runtime.block_on(async {
/// #     let (start, held) = (tokio::time::Instant::now(), hold_clock());
/// #     std::thread::spawn(move || drop(held));
/// #     tokio::time::sleep(std::time::Duration::from_secs(30)).await;
/// #     assert_eq!(start.elapsed().as_secs(), 30);
/// # });
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RetryPolicy {
    pub(crate) max_attempts: u32,
    first_backoff: Duration,
    max_wait: Duration,
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self {
            max_attempts: 3,
            first_backoff: Duration::from_millis(500),
            max_wait: Duration::from_secs(30),
        }
    }
}

impl RetryPolicy {
    /// Returns a policy that never sends anything twice.
    #[must_use]
    pub fn never() -> Self {
        Self { max_attempts: 1, ..Self::default() }
    }

    /// Sets the maximum number of attempts, including the first; 3 by default.
    #[must_use]
    pub fn max_attempts(mut self, attempts: u32) -> Self {
        self.max_attempts = attempts;
        self
    }

    /// Sets the upper bound of the first wait, doubled for each further wait; 500 milliseconds by
    /// default. The wait itself is a random time between zero and the bound.
    #[must_use]
    pub fn first_backoff(mut self, wait: Duration) -> Self {
        self.first_backoff = wait;
        self
    }

    /// Sets the longest single wait; 30 seconds by default. If the server asks for a longer wait,
    /// the call fails.
    #[must_use]
    pub fn max_wait(mut self, wait: Duration) -> Self {
        self.max_wait = wait;
        self
    }

    /// Returns the wait before the next attempt, or `None` if there is none. `attempt` counts from
    /// 1.
    pub(crate) fn wait(
        &self,
        attempt: u32,
        idempotent: bool,
        outcome: &AttemptOutcome<'_>,
        now: SystemTime,
    ) -> Option<Duration> {
        if attempt >= self.max_attempts || !Self::is_retryable(idempotent, outcome) {
            return None;
        }
        let requested = match outcome {
            AttemptOutcome::Response(answer) => answer.requested_wait(now),
            AttemptOutcome::NotSent | AttemptOutcome::Incomplete => None,
        };
        match requested {
            Some(requested) => Some(requested).filter(|wait| *wait <= self.max_wait),
            None => Some(self.backoff(attempt).mul_f64(fastrand::f64())),
        }
    }

    /// Returns the upper bound of the wait after `attempt`.
    fn backoff(&self, attempt: u32) -> Duration {
        let doubled = 2_u32.saturating_pow(attempt - 1);
        self.first_backoff.saturating_mul(doubled).min(self.max_wait)
    }

    /// Returns true if sending a call again is safe and may help.
    pub(crate) fn is_retryable(idempotent: bool, outcome: &AttemptOutcome<'_>) -> bool {
        match outcome {
            AttemptOutcome::NotSent => true,
            AttemptOutcome::Incomplete => idempotent,
            AttemptOutcome::Response(answer) => match answer.status.as_u16() {
                429 | 503 => idempotent || answer.has_retry_after(),
                408 | 500 | 502 | 504 => idempotent,
                _ => idempotent && answer.is_rate_limited(),
            },
        }
    }
}

/// The outcome of one attempt.
pub(crate) enum AttemptOutcome<'r> {
    /// The server was not reached, or it said that it did not process the request.
    NotSent,
    /// The request was or may have been sent, but no complete response arrived.
    Incomplete,
    /// A complete response arrived.
    Response(Answer<'r>),
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::StatusCode;

    use crate::retry::retry_after::tests::headers;

    fn answer(status: StatusCode, headers: &http::HeaderMap) -> Answer<'_> {
        Answer { status, headers, body: &[], rate_limit: None }
    }

    /// Checks whether a second attempt follows a first one that ended with `status`.
    #[track_caller]
    fn check(status: u16, pairs: &[(&'static str, &'static str)], idempotent: bool, retried: bool) {
        let (status, headers) = (StatusCode::from_u16(status).expect("a status"), headers(pairs));
        let wait = RetryPolicy::default().wait(
            1,
            idempotent,
            &AttemptOutcome::Response(answer(status, &headers)),
            SystemTime::now(),
        );
        assert_eq!(wait.is_some(), retried, "{status} {headers:?}");
    }

    #[test]
    fn calls_that_are_not_idempotent_are_retried_only_if_the_server_asks_for_it() {
        for status in [408, 429, 500, 502, 503, 504] {
            check(status, &[], false, false);
            check(status, &[], true, true);
        }
        check(429, &[("retry-after", "soon")], false, false);
        check(429, &[("retry-after", "99999999999999999999")], false, false);
        check(429, &[("retry-after", "1")], false, true);
        check(503, &[("retry-after", "1")], false, true);
        check(500, &[("retry-after", "1")], false, false);
        check(404, &[("retry-after", "1")], true, false);
        check(403, &[], true, false);
    }

    #[test]
    fn idempotent_calls_are_retried_after_lost_connections_and_all_calls_after_refused_ones() {
        let policy = RetryPolicy::default();
        let now = SystemTime::now();
        assert!(policy.wait(1, false, &AttemptOutcome::NotSent, now).is_some());
        assert!(policy.wait(1, false, &AttemptOutcome::Incomplete, now).is_none());
        assert!(policy.wait(1, true, &AttemptOutcome::Incomplete, now).is_some());
        assert!(policy.wait(3, true, &AttemptOutcome::NotSent, now).is_none());
        assert!(RetryPolicy::never().wait(1, true, &AttemptOutcome::NotSent, now).is_none());
    }

    #[test]
    fn a_requested_wait_that_is_too_long_ends_the_call() {
        let headers = headers(&[("retry-after", "31")]);
        let outcome = AttemptOutcome::Response(answer(StatusCode::SERVICE_UNAVAILABLE, &headers));
        assert_eq!(RetryPolicy::default().wait(1, true, &outcome, SystemTime::now()), None);
    }

    #[test]
    fn backoff_doubles_up_to_its_bound_with_full_jitter() {
        let policy = RetryPolicy::default().max_attempts(100);
        let bounds: Vec<u128> =
            [1, 2, 3, 50].map(|attempt| policy.backoff(attempt).as_millis()).to_vec();
        assert_eq!(bounds, [500, 1_000, 2_000, 30_000]);
        let now = SystemTime::now();
        let waits: Vec<_> = (0..50)
            .filter_map(|_| policy.wait(1, true, &AttemptOutcome::Incomplete, now))
            .collect();
        assert!(
            waits.iter().all(|wait| *wait <= policy.first_backoff)
                && waits.iter().any(|wait| *wait != waits[0])
        );
    }
}
