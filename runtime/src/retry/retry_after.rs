//! The header `Retry-After`.

use std::time::{Duration, SystemTime};

use http::header::{DATE, HeaderMap, RETRY_AFTER};

/// Reads `Retry-After`, or returns `None` if it is absent or invalid. A number that overflows is
/// the longest wait.
pub(super) fn retry_after(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let value = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(value.parse().map_or(Duration::MAX, Duration::from_secs));
    }
    Some(until(httpdate::parse_http_date(value).ok()?, headers, now))
}

pub(super) fn until(time: SystemTime, headers: &HeaderMap, now: SystemTime) -> Duration {
    time.duration_since(server_time(headers).unwrap_or(now)).unwrap_or_default()
}

/// Reads the server's clock, which its other dates are relative to.
fn server_time(headers: &HeaderMap) -> Option<SystemTime> {
    httpdate::parse_http_date(headers.get(DATE)?.to_str().ok()?).ok()
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::retry::{Answer, RateLimit};
    use http::StatusCode;
    use http::header::{HeaderName, HeaderValue};

    pub(crate) fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        let pairs = pairs
            .iter()
            .map(|&(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)));
        pairs.collect()
    }

    #[test]
    fn reads_all_forms_of_requested_waits() {
        static LIMIT: RateLimit = RateLimit {
            status_codes: &[403],
            remaining: "x-left",
            reset: "x-reset",
            message: "Too many",
            wait: 60,
        };
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000);
        let date = ("date", "Thu, 01 Jan 1970 00:00:10 GMT");
        let exhausted = [("x-left", "0"), ("x-reset", "1005")];
        for (status, pairs, body, expected) in [
            (404, vec![("retry-after", "7")], "", Some(7)),
            (404, vec![("retry-after", "Thu, 01 Jan 1970 00:00:30 GMT"), date], "", Some(20)),
            (404, vec![("retry-after", "Thu, 01 Jan 1970 00:00:05 GMT"), date], "", Some(0)),
            (404, vec![("retry-after", "soon")], "", None),
            (403, exhausted.to_vec(), "", Some(5)),
            (404, exhausted.to_vec(), "", None),
            (403, vec![("x-left", "1"), ("x-reset", "1005")], "", None),
            (403, vec![("x-left", "1")], "that is too MANY", Some(60)),
            (403, exhausted.to_vec(), "too many", Some(5)),
            (403, vec![("retry-after", "7")], "too many", Some(7)),
            (404, vec![], "too many", None),
        ] {
            let headers = headers(&pairs);
            let answer = |rate_limit| Answer {
                status: StatusCode::from_u16(status).expect("a status"),
                headers: &headers,
                body: body.as_bytes(),
                rate_limit,
            };
            let wait = answer(Some(&LIMIT)).requested_wait(now);
            assert_eq!(wait, expected.map(Duration::from_secs), "{status} {pairs:?} {body}");
            let is_limited = status == 403 && expected.is_some();
            assert_eq!(answer(Some(&LIMIT)).is_rate_limited(), is_limited, "{pairs:?} {body}");
            assert!(!answer(None).is_rate_limited());
        }
    }
}
