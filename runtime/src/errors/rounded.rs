//! Durations in messages.

use std::fmt;
use std::time::Duration;

/// A duration, rounded up to what a reader needs: `1.5 s`, `30 s`, `2 h`.
pub(super) struct Rounded(pub(super) Duration);

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;

impl fmt::Display for Rounded {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(duration) = self;
        let seconds = duration.as_secs().saturating_add(u64::from(duration.subsec_nanos() > 0));
        let (unit, name) = match seconds {
            ..=10 => return short(*duration, formatter),
            11..=120 => (1, "s"),
            _ if seconds <= 2 * HOUR => (MINUTE, "min"),
            _ if seconds <= 2 * DAY => (HOUR, "h"),
            _ => (DAY, "days"),
        };
        write!(formatter, "{} {name}", seconds.div_ceil(unit))
    }
}

/// Writes a duration of a few seconds with at most two decimals.
fn short(duration: Duration, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
    let milliseconds = duration.as_nanos().div_ceil(1_000_000);
    if milliseconds < 10 {
        return write!(formatter, "{milliseconds} ms");
    }
    let step = if milliseconds < 1_000 { 10 } else { 100 };
    let rounded = milliseconds.div_ceil(step) * step;
    let (whole, rest) = (rounded / 1_000, rounded % 1_000 / 10);
    match (rest, rest % 10) {
        (0, _) => write!(formatter, "{whole} s"),
        (_, 0) => write!(formatter, "{whole}.{} s", rest / 10),
        _ => write!(formatter, "{whole}.{rest:02} s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_rounded_up_to_what_a_reader_needs() {
        for (seconds, expected) in [
            (0.0, "0 ms"),
            (0.000_1, "1 ms"),
            (0.05, "0.05 s"),
            (0.3, "0.3 s"),
            (0.9991, "1 s"),
            (1.5, "1.5 s"),
            (1.234, "1.3 s"),
            (9.99, "10 s"),
            (10.01, "11 s"),
            (29.2, "30 s"),
            (30.0, "30 s"),
            (60.0, "60 s"),
            (120.0, "120 s"),
            (121.0, "3 min"),
            (3_599.3, "60 min"),
            (7_200.0, "120 min"),
            (7_201.0, "3 h"),
            (172_800.0, "48 h"),
            (172_801.0, "3 days"),
            (2_306_681_040.076_113_7, "26698 days"),
        ] {
            assert_eq!(Rounded(Duration::from_secs_f64(seconds)).to_string(), expected);
        }
        assert_eq!(Rounded(Duration::MAX).to_string(), "213503982334602 days");
    }
}
