//! Points in time as they came over the wire.

use std::fmt;
use std::time::SystemTime;

use serde::{Deserialize, Serialize};

use super::rfc3339;

/// A date and time, kept as the text that was received, so that an odd one fails nothing else.
///
/// ```
/// use oauth_token_clients_runtime::DateTime;
///
/// let expires = DateTime::from("2022-07-14T19:22:50.3080223Z");
/// assert_eq!(expires.as_str(), "2022-07-14T19:22:50.3080223Z");
/// assert!(expires.to_system_time().is_ok());
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DateTime(String);

impl DateTime {
    /// The text as it was received.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Reads the text as RFC 3339 asks for it.
    ///
    /// # Errors
    /// [`InvalidDateTime`] when the text is no RFC 3339 date and time, or out of range.
    pub fn to_system_time(&self) -> Result<SystemTime, InvalidDateTime> {
        rfc3339::read(&self.0).ok_or(InvalidDateTime)
    }
}

impl From<&str> for DateTime {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl From<String> for DateTime {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl fmt::Display for DateTime {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// A text that is no RFC 3339 date and time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidDateTime;

impl fmt::Display for InvalidDateTime {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("not an RFC 3339 date and time")
    }
}

impl std::error::Error for InvalidDateTime {}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Result<f64, InvalidDateTime>) {
        let seconds =
            DateTime::from(text).to_system_time().map(|time| match time.duration_since(SystemTime::UNIX_EPOCH) {
                Ok(after) => after.as_secs_f64(),
                Err(before) => -before.duration().as_secs_f64(),
            });
        assert_eq!(seconds, expected);
    }

    #[test]
    fn reads_fractions_offsets_and_times_before_the_epoch() {
        check("1970-01-01T00:00:01.5Z", Ok(1.5));
        check("1970-01-01T02:00:00+02:00", Ok(0.0));
        check("1969-12-31T23:59:58.5Z", Ok(-1.5));
    }

    #[test]
    fn refuses_other_texts() {
        check("", Err(InvalidDateTime));
        check("yesterday", Err(InvalidDateTime));
        check("2022-02-30T00:00:00Z", Err(InvalidDateTime));
    }
}
