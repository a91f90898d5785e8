//! Dates and times in responses.

use std::fmt;
use std::time::SystemTime;

use serde::{Deserialize, Serialize};

use super::rfc3339;

/// A date and time, kept as the string that was received, so that an invalid one does not fail the
/// whole response. Nothing of it is checked before it is converted.
///
/// With the features `jiff`, `time` and `chrono` it converts to a point in time of these crates:
/// `jiff::Timestamp::try_from(&string)`, and likewise `time::OffsetDateTime` and
/// `chrono::DateTime<chrono::Utc>`.
///
/// ```
/// use oauth_token_clients_runtime::DateTimeString;
///
/// let expires = DateTimeString::from("2022-07-14T19:22:50.3080223Z");
/// assert_eq!(expires.as_str(), "2022-07-14T19:22:50.3080223Z");
/// assert!(expires.to_system_time().is_ok());
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DateTimeString(String);

impl DateTimeString {
    /// Returns the string that was received.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Parses the string as an RFC 3339 date and time.
    ///
    /// # Errors
    /// [`InvalidDateTimeError`] if the string is not an RFC 3339 date and time, or out of range.
    pub fn to_system_time(&self) -> Result<SystemTime, InvalidDateTimeError> {
        rfc3339::parse(&self.0).ok_or(InvalidDateTimeError)
    }
}

impl TryFrom<&DateTimeString> for SystemTime {
    type Error = InvalidDateTimeError;

    fn try_from(string: &DateTimeString) -> Result<Self, InvalidDateTimeError> {
        string.to_system_time()
    }
}

/// The offset of the string is not kept.
#[cfg(feature = "jiff")]
impl TryFrom<&DateTimeString> for jiff::Timestamp {
    type Error = InvalidDateTimeError;

    fn try_from(string: &DateTimeString) -> Result<Self, InvalidDateTimeError> {
        Self::try_from(string.to_system_time()?).map_err(|_| InvalidDateTimeError)
    }
}

/// The offset is that of UTC.
#[cfg(feature = "time")]
impl TryFrom<&DateTimeString> for time::OffsetDateTime {
    type Error = InvalidDateTimeError;

    fn try_from(string: &DateTimeString) -> Result<Self, InvalidDateTimeError> {
        // Its conversion from `SystemTime` panics in the year 10000, to which an offset can lead.
        let time = match string.to_system_time()?.duration_since(SystemTime::UNIX_EPOCH) {
            Ok(after) => {
                after.try_into().ok().and_then(|after| Self::UNIX_EPOCH.checked_add(after))
            }
            Err(before) => before
                .duration()
                .try_into()
                .ok()
                .and_then(|before| Self::UNIX_EPOCH.checked_sub(before)),
        };
        time.ok_or(InvalidDateTimeError)
    }
}

/// The offset of the string is not kept.
#[cfg(feature = "chrono")]
impl TryFrom<&DateTimeString> for chrono::DateTime<chrono::Utc> {
    type Error = InvalidDateTimeError;

    fn try_from(string: &DateTimeString) -> Result<Self, InvalidDateTimeError> {
        Ok(Self::from(string.to_system_time()?))
    }
}

impl From<&str> for DateTimeString {
    fn from(string: &str) -> Self {
        Self(string.to_owned())
    }
}

impl From<String> for DateTimeString {
    fn from(string: String) -> Self {
        Self(string)
    }
}

impl fmt::Display for DateTimeString {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// The error for a string that is not an RFC 3339 date and time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidDateTimeError;

impl fmt::Display for InvalidDateTimeError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("not an RFC 3339 date and time")
    }
}

impl std::error::Error for InvalidDateTimeError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(string: &str, expected: Result<f64, InvalidDateTimeError>) {
        let seconds = DateTimeString::from(string).to_system_time().map(|time| {
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
        check("", Err(InvalidDateTimeError));
        check("yesterday", Err(InvalidDateTimeError));
        check("2022-02-30T00:00:00Z", Err(InvalidDateTimeError));
    }

    #[cfg(all(feature = "jiff", feature = "time", feature = "chrono"))]
    #[test]
    fn converts_to_the_types_of_other_crates() {
        for (string, seconds) in [
            ("2022-07-14T19:22:50.308Z", 1_657_826_570),
            ("1969-12-31T23:59:58+00:00", -2),
            ("0000-01-01T00:00:00+23:59", -62_167_305_540),
            ("9999-12-30T00:00:00Z", 253_402_128_000),
        ] {
            let string = DateTimeString::from(string);
            let jiff = jiff::Timestamp::try_from(&string).map(|time| time.as_second());
            let time = time::OffsetDateTime::try_from(&string).map(|time| time.unix_timestamp());
            let chrono = chrono::DateTime::try_from(&string).map(|time| time.timestamp());
            assert_eq!((jiff, time, chrono), (Ok(seconds), Ok(seconds), Ok(seconds)));
        }
        let latest = DateTimeString::from("9999-12-31T23:59:59-23:59");
        assert_eq!(time::OffsetDateTime::try_from(&latest), Err(InvalidDateTimeError));
        assert!(chrono::DateTime::try_from(&latest).is_ok());
        assert_eq!(jiff::Timestamp::try_from(&latest), Err(InvalidDateTimeError));
        let invalid = DateTimeString::from("soon");
        assert_eq!(jiff::Timestamp::try_from(&invalid), Err(InvalidDateTimeError));
        assert_eq!(time::OffsetDateTime::try_from(&invalid), Err(InvalidDateTimeError));
        assert_eq!(chrono::DateTime::try_from(&invalid), Err(InvalidDateTimeError));
    }
}
