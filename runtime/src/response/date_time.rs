//! Dates and times in responses.

use std::fmt;
use std::time::SystemTime;

use serde::{Deserialize, Serialize};

use super::rfc3339;

/// A date and time, kept as the string that was received, so that an invalid one does not fail the
/// whole response.
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
    /// Returns the string that was received.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Parses the string as an RFC 3339 date and time.
    ///
    /// # Errors
    /// [`InvalidDateTime`] if the string is not an RFC 3339 date and time, or out of range.
    pub fn to_system_time(&self) -> Result<SystemTime, InvalidDateTime> {
        rfc3339::parse(&self.0).ok_or(InvalidDateTime)
    }
}

impl From<&str> for DateTime {
    fn from(string: &str) -> Self {
        Self(string.to_owned())
    }
}

impl From<String> for DateTime {
    fn from(string: String) -> Self {
        Self(string)
    }
}

impl fmt::Display for DateTime {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// The error for a string that is not an RFC 3339 date and time.
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
    fn check(string: &str, expected: Result<f64, InvalidDateTime>) {
        let seconds = DateTime::from(string).to_system_time().map(|time| {
            match time.duration_since(SystemTime::UNIX_EPOCH) {
                Ok(after) => after.as_secs_f64(),
                Err(before) => -before.duration().as_secs_f64(),
            }
        });
        assert_eq!(seconds, expected);
    }

    #[test]
    fn parses_fractions_offsets_and_times_before_the_epoch() {
        check("1970-01-01T00:00:01.5Z", Ok(1.5));
        check("1970-01-01T02:00:00+02:00", Ok(0.0));
        check("1969-12-31T23:59:58.5Z", Ok(-1.5));
    }

    #[test]
    fn refuses_other_strings() {
        check("", Err(InvalidDateTime));
        check("yesterday", Err(InvalidDateTime));
        check("2022-02-30T00:00:00Z", Err(InvalidDateTime));
    }
}
