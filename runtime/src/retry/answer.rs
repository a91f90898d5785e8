//! A complete response, as the retry policy sees it.

use std::time::{Duration, SystemTime};

use http::StatusCode;
use http::header::HeaderMap;

use super::RateLimit;
use super::retry_after::{retry_after, until};

/// The parts of a response that say if and when to try again.
#[derive(Clone, Copy)]
pub(crate) struct Answer<'r> {
    pub(crate) status: StatusCode,
    pub(crate) headers: &'r HeaderMap,
    pub(crate) body: &'r [u8],
    /// The documented rate limit of the API.
    pub(crate) rate_limit: Option<&'static RateLimit>,
}

impl Answer<'_> {
    /// Returns the wait that the server asks for: `Retry-After` (RFC 9110, section 10.2.3), or that
    /// of an exceeded rate limit.
    pub(crate) fn requested_wait(&self, now: SystemTime) -> Option<Duration> {
        retry_after(self.headers, now).or_else(|| {
            let limit = self.possible_limit()?;
            match self.reset(limit) {
                Some(reset) => Some(until(reset, self.headers, now)),
                None => self.is_named(limit).then(|| Duration::from_secs(limit.wait)),
            }
        })
    }

    /// Returns true if `Retry-After` is present and valid.
    pub(super) fn has_retry_after(&self) -> bool {
        retry_after(self.headers, SystemTime::UNIX_EPOCH).is_some()
    }

    /// Returns true if a rate limit is exceeded, as the document says that it is told.
    pub(crate) fn is_rate_limited(&self) -> bool {
        self.possible_limit().is_some_and(|limit| {
            self.has_retry_after() || self.reset(limit).is_some() || self.is_named(limit)
        })
    }

    /// Returns the limit that the status code may be about.
    fn possible_limit(&self) -> Option<&'static RateLimit> {
        self.rate_limit.filter(|limit| limit.status_codes.contains(&self.status.as_u16()))
    }

    /// Returns the time at which an exhausted limit is reset.
    fn reset(&self, limit: &RateLimit) -> Option<SystemTime> {
        let header = |name: &str| self.headers.get(name).and_then(|value| value.to_str().ok());
        header(limit.remaining).filter(|remaining| *remaining == "0")?;
        let seconds = header(limit.reset)?.parse().ok()?;
        SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(seconds))
    }

    /// Returns true if the body names an exceeded limit.
    fn is_named(&self, limit: &RateLimit) -> bool {
        let words = limit.message.as_bytes();
        let is_named = |window: &[u8]| window.eq_ignore_ascii_case(words);
        !words.is_empty() && self.body.windows(words.len()).any(is_named)
    }
}
