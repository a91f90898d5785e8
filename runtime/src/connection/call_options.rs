//! Settings of a single call.

use std::time::Duration;

use http::header::{HeaderMap, HeaderName, HeaderValue};

use crate::retry::RetryPolicy;

/// Settings of one call. Settings that are left out are those of the connection.
///
/// ```
/// use std::time::Duration;
///
/// use oauth_token_clients_runtime::{CallOptions, RetryPolicy};
///
/// let options = CallOptions::new()
///     .total_timeout(Duration::from_secs(5))
///     .retry(RetryPolicy::never());
/// # let _ = options;
/// ```
#[derive(Clone, Debug, Default)]
#[must_use = "options do nothing until they are passed to a call"]
pub struct CallOptions {
    pub(crate) attempt_timeout: Option<Duration>,
    pub(crate) total_timeout: Option<Duration>,
    pub(crate) retry: Option<RetryPolicy>,
    pub(crate) headers: HeaderMap,
}

impl CallOptions {
    /// Creates options with nothing set.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the time limit for one attempt, from connecting to the end of the body.
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.attempt_timeout = Some(timeout);
        self
    }

    /// Sets the time limit for the call, including all attempts and the waits between them.
    pub fn total_timeout(mut self, timeout: Duration) -> Self {
        self.total_timeout = Some(timeout);
        self
    }

    /// Sets the retry policy.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = Some(policy);
        self
    }

    /// Adds a header, such as a correlation ID. Its value is not printed. Headers that the document
    /// defines take precedence, including credentials.
    pub fn header(mut self, name: HeaderName, mut value: HeaderValue) -> Self {
        value.set_sensitive(true);
        self.headers.insert(name, value);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn header_values_are_not_printed() {
        let options = CallOptions::new()
            .header(HeaderName::from_static("x-otp"), HeaderValue::from_static("canary"));
        let printed = format!("{options:?} {options:#?}");
        assert!(printed.contains("x-otp") && !printed.contains("canary"), "{printed}");
    }
}
