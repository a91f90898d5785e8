//! The wait that a server asks for.

use std::time::{Duration, SystemTime};

use http::header::{DATE, HeaderMap, RETRY_AFTER};

/// Returns the wait that the server asks for: `Retry-After` (RFC 9110, section 10.2.3), or the time
/// until an exhausted rate limit is reset.
pub(crate) fn requested_wait(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let reset = || Some(until(rate_limit_reset(headers)?, headers, now));
    retry_after(headers, now).or_else(reset)
}

/// Reads `Retry-After`, or returns `None` if it is absent or invalid. A number that overflows is
/// the longest wait.
pub(super) fn retry_after(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let value = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(value.parse().map_or(Duration::MAX, Duration::from_secs));
    }
    Some(until(httpdate::parse_http_date(value).ok()?, headers, now))
}

fn until(time: SystemTime, headers: &HeaderMap, now: SystemTime) -> Duration {
    time.duration_since(server_time(headers).unwrap_or(now)).unwrap_or_default()
}

/// Reads the server's clock, which its other dates are relative to.
fn server_time(headers: &HeaderMap) -> Option<SystemTime> {
    httpdate::parse_http_date(headers.get(DATE)?.to_str().ok()?).ok()
}

/// Reads the reset time of an exhausted rate limit from GitHub's headers, which give it in seconds
/// since 1970.
pub(super) fn rate_limit_reset(headers: &HeaderMap) -> Option<SystemTime> {
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    header("x-ratelimit-remaining").filter(|remaining| *remaining == "0")?;
    let seconds = header("x-ratelimit-reset")?.parse().ok()?;
    SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(seconds))
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use http::header::{HeaderName, HeaderValue};

    pub(crate) fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        let pairs = pairs
            .iter()
            .map(|&(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)));
        pairs.collect()
    }

    #[test]
    fn reads_all_forms_of_requested_waits() {
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000);
        let date = ("date", "Thu, 01 Jan 1970 00:00:10 GMT");
        for (pairs, expected) in [
            (vec![("retry-after", "7")], Some(7)),
            (vec![("retry-after", "Thu, 01 Jan 1970 00:00:30 GMT"), date], Some(20)),
            (vec![("retry-after", "Thu, 01 Jan 1970 00:00:05 GMT"), date], Some(0)),
            (vec![("retry-after", "soon")], None),
            (vec![("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", "1005")], Some(5)),
            (vec![("x-ratelimit-remaining", "1"), ("x-ratelimit-reset", "1005")], None),
        ] {
            assert_eq!(
                requested_wait(&headers(&pairs), now),
                expected.map(Duration::from_secs),
                "{pairs:?}"
            );
        }
    }
}
