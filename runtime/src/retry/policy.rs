//! When a call is sent again, and how long it waits before.

use std::time::{Duration, SystemTime};

use reqwest::StatusCode;
use reqwest::header::HeaderMap;

use super::requested_wait;
use super::retry_after::{rate_limit_reset, retry_after};

/// How often a call is tried, and how long it waits between tries.
///
/// What is safe to send again is not a matter of policy: a call that is not idempotent is repeated only if it cannot have
/// reached the server, or if the server answers 429 or 503 and says when to come back.
///
/// # Tests with a paused clock
///
/// Waits and timeouts are those of `tokio::time`, so after `tokio::time::pause` they take no real time. Dates in responses
/// are held against the response's own `Date`, and without one against the clock of the system, which nothing pauses.
///
/// A paused clock jumps to the next timer whenever the runtime has nothing to do, and it has not while bytes are on their
/// way through a socket: the try would time out. On a runtime of one thread the clock stands still while a task of
/// `spawn_blocking` runs. So let one run from where a [`TokenSource`](crate::credentials::TokenSource) is asked for the token, which
/// starts a try, until the test's server has sent all it will and seen the client hang up:
///
/// ```
/// /// Holds the clock until the sender is dropped.
/// fn hold_clock() -> std::sync::mpsc::Sender<()> {
///     let (held, released) = std::sync::mpsc::channel();
///     tokio::task::spawn_blocking(move || released.recv());
///     held
/// }
/// # let runtime = tokio::runtime::Builder::new_current_thread().enable_all().start_paused(true).build()?;
/// # runtime.block_on(async {
/// #     let (start, held) = (tokio::time::Instant::now(), hold_clock());
/// #     std::thread::spawn(move || drop(held));
/// #     tokio::time::sleep(std::time::Duration::from_secs(30)).await;
/// #     assert_eq!(start.elapsed().as_secs(), 30);
/// # });
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RetryPolicy {
    /// Tries in all, the first one included; 3 by default.
    pub max_attempts: u32,
    /// Upper bound of the first wait, doubled for each further one; 500 milliseconds by default. The wait itself is
    /// drawn at random between zero and the bound.
    pub first_backoff: Duration,
    /// Longest single wait; 30 seconds by default. A server that asks for a longer one ends the call.
    pub max_wait: Duration,
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self { max_attempts: 3, first_backoff: Duration::from_millis(500), max_wait: Duration::from_secs(30) }
    }
}

impl RetryPolicy {
    /// Never sends anything twice.
    #[must_use]
    pub fn never() -> Self {
        Self { max_attempts: 1, ..Self::default() }
    }

    /// With another number of tries in all, the first one included.
    #[must_use]
    pub fn max_attempts(mut self, attempts: u32) -> Self {
        self.max_attempts = attempts;
        self
    }

    /// With another upper bound of the first wait.
    #[must_use]
    pub fn first_backoff(mut self, wait: Duration) -> Self {
        self.first_backoff = wait;
        self
    }

    /// With another longest single wait.
    #[must_use]
    pub fn max_wait(mut self, wait: Duration) -> Self {
        self.max_wait = wait;
        self
    }

    /// How long to wait before the next try, or nothing if there is none; `attempt` counts from 1.
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
        let asked = match outcome {
            AttemptOutcome::Response(_, headers) => requested_wait(headers, now),
            AttemptOutcome::NotSent | AttemptOutcome::Incomplete => None,
        };
        match asked {
            Some(asked) => Some(asked).filter(|asked| *asked <= self.max_wait),
            None => Some(self.backoff(attempt).mul_f64(fastrand::f64())),
        }
    }

    /// Upper bound of the wait behind `attempt`.
    fn backoff(&self, attempt: u32) -> Duration {
        let doubled = 2_u32.saturating_pow(attempt - 1);
        self.first_backoff.saturating_mul(doubled).min(self.max_wait)
    }

    /// Whether a call can be sent again without harm, and with hope.
    pub(crate) fn is_retryable(idempotent: bool, outcome: &AttemptOutcome<'_>) -> bool {
        match outcome {
            AttemptOutcome::NotSent => true,
            AttemptOutcome::Incomplete => idempotent,
            AttemptOutcome::Response(status, headers) => match status.as_u16() {
                429 | 503 => idempotent || retry_after(headers, SystemTime::UNIX_EPOCH).is_some(),
                408 | 500 | 502 | 504 => idempotent,
                403 => idempotent && rate_limit_reset(headers).is_some(),
                _ => false,
            },
        }
    }
}

/// What a try came to.
pub(crate) enum AttemptOutcome<'r> {
    /// The server was not reached.
    NotSent,
    /// The connection failed after the request had been, or may have been, sent.
    Incomplete,
    /// A response arrived.
    Response(StatusCode, &'r HeaderMap),
}

#[cfg(test)]
mod tests {
    use super::*;
    use reqwest::header::{HeaderName, HeaderValue};

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        let pairs = pairs.iter().map(|&(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)));
        pairs.collect()
    }

    /// Whether a first try that ended with `status` is followed by a second one.
    #[track_caller]
    fn check(status: u16, pairs: &[(&'static str, &'static str)], idempotent: bool, again: bool) {
        let (status, headers) = (StatusCode::from_u16(status).expect("a status"), headers(pairs));
        let wait =
            RetryPolicy::default().wait(1, idempotent, &AttemptOutcome::Response(status, &headers), SystemTime::now());
        assert_eq!(wait.is_some(), again, "{status} {headers:?}");
    }

    #[test]
    fn only_an_invitation_repeats_what_is_not_idempotent() {
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
    fn broken_connections_repeat_what_is_idempotent_and_refused_ones_everything() {
        let policy = RetryPolicy::default();
        let now = SystemTime::now();
        assert!(policy.wait(1, false, &AttemptOutcome::NotSent, now).is_some());
        assert!(policy.wait(1, false, &AttemptOutcome::Incomplete, now).is_none());
        assert!(policy.wait(1, true, &AttemptOutcome::Incomplete, now).is_some());
        assert!(policy.wait(3, true, &AttemptOutcome::NotSent, now).is_none());
        assert!(RetryPolicy::never().wait(1, true, &AttemptOutcome::NotSent, now).is_none());
    }

    #[test]
    fn a_wait_that_is_too_long_ends_the_call() {
        let headers = headers(&[("retry-after", "31")]);
        let outcome = AttemptOutcome::Response(StatusCode::SERVICE_UNAVAILABLE, &headers);
        assert_eq!(RetryPolicy::default().wait(1, true, &outcome, SystemTime::now()), None);
    }

    #[test]
    fn backoff_doubles_up_to_its_bound_and_jitters_below_it() {
        let policy = RetryPolicy::default().max_attempts(100);
        let bounds: Vec<u128> = [1, 2, 3, 50].map(|attempt| policy.backoff(attempt).as_millis()).to_vec();
        assert_eq!(bounds, [500, 1_000, 2_000, 30_000]);
        let now = SystemTime::now();
        let waits: Vec<_> = (0..50).filter_map(|_| policy.wait(1, true, &AttemptOutcome::Incomplete, now)).collect();
        assert!(waits.iter().all(|wait| *wait <= policy.first_backoff) && waits.iter().any(|wait| *wait != waits[0]));
    }
}
