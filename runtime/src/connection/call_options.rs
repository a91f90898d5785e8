//! What a single call can have of its own.

use std::time::Duration;

use reqwest::header::{HeaderMap, HeaderName, HeaderValue};

use crate::retry::RetryPolicy;

/// Settings of one call; what is not set is taken from the connection.
///
/// ```
/// use std::time::Duration;
///
/// use oauth_token_clients_runtime::{CallOptions, RetryPolicy};
///
/// let options = CallOptions::new().total_timeout(Duration::from_secs(5)).retry(RetryPolicy::never());
/// # let _ = options;
/// ```
#[derive(Clone, Debug, Default)]
#[must_use = "options do nothing until they are given to a call"]
pub struct CallOptions {
    pub(crate) attempt_timeout: Option<Duration>,
    pub(crate) total_timeout: Option<Duration>,
    pub(crate) retry: Option<RetryPolicy>,
    pub(crate) headers: HeaderMap,
}

impl CallOptions {
    /// With nothing set.
    pub fn new() -> Self {
        Self::default()
    }

    /// Longest time for one try, from connecting to the end of the body.
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.attempt_timeout = Some(timeout);
        self
    }

    /// Longest time for the call, all tries and the waits between them included.
    pub fn total_timeout(mut self, timeout: Duration) -> Self {
        self.total_timeout = Some(timeout);
        self
    }

    /// How often the call is tried.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = Some(policy);
        self
    }

    /// A further header, such as a correlation id; its value is not printed. Headers that the document states win over it,
    /// credentials included.
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
    fn values_of_headers_are_not_printed() {
        let options = CallOptions::new().header(HeaderName::from_static("x-otp"), HeaderValue::from_static("canary"));
        let printed = format!("{options:?} {options:#?}");
        assert!(printed.contains("x-otp") && !printed.contains("canary"), "{printed}");
    }
}
