//! A parser for RFC 3339 dates and times.

use std::time::{Duration, SystemTime};

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// Parses a string such as `2022-07-14T19:22:50.3080223Z`, or returns `None` if it is invalid.
///
/// Accepts common deviations from the standard: a comma before the fraction, and an offset without
/// a colon. A leap second is read as the second before it, since the system clock has none.
pub(crate) fn parse(string: &str) -> Option<SystemTime> {
    let (date, time) = string.as_bytes().split_first_chunk::<10>()?;
    let (time, rest) = time.split_first_chunk::<9>()?;
    let [year @ .., b'-', _, _, b'-', _, _] = date else { return None };
    let [b'T' | b't' | b' ', _, _, b':', _, _, b':', _, _] = time else { return None };
    let (year, month, day) = (number(year)?, number(&date[5..7])?, number(&date[8..])?);
    let (hour, minute, second) = (number(&time[1..3])?, number(&time[4..6])?, number(&time[7..])?);
    if !(1..=days_of_month(year, month)?).contains(&day) || hour > 23 || minute > 59 || second > 60
    {
        return None;
    }
    let (nanoseconds, zone) = fraction(rest)?;
    let day = days_since_epoch(year, month, day);
    let seconds = day * DAY + hour * HOUR + minute * MINUTE + second.min(59) - offset(zone)?;
    let whole = Duration::from_secs(seconds.unsigned_abs());
    let whole = match seconds < 0 {
        true => SystemTime::UNIX_EPOCH.checked_sub(whole),
        false => SystemTime::UNIX_EPOCH.checked_add(whole),
    };
    whole?.checked_add(Duration::from_nanos(nanoseconds))
}

/// Reads a number that consists of digits only.
fn number(digits: &[u8]) -> Option<i64> {
    digits.iter().try_fold(0, |number, digit| {
        digit.is_ascii_digit().then(|| 10 * number + i64::from(digit - b'0'))
    })
}

/// Reads the nanoseconds, and returns the rest after them.
fn fraction(string: &[u8]) -> Option<(u64, &[u8])> {
    let Some(digits) = string.strip_prefix(b".").or_else(|| string.strip_prefix(b",")) else {
        return Some((0, string));
    };
    let count = digits.iter().take_while(|digit| digit.is_ascii_digit()).count();
    let (digits, rest) = digits.split_at(count);
    let nine = digits.iter().copied().chain(std::iter::repeat(b'0')).take(9);
    (count > 0).then(|| (nine.fold(0, |number, digit| 10 * number + u64::from(digit - b'0')), rest))
}

/// Reads the offset from UTC in seconds.
fn offset(zone: &[u8]) -> Option<i64> {
    let (sign, digits) = match zone {
        b"Z" | b"z" => return Some(0),
        [b'+', digits @ ..] => (1, digits),
        [b'-', digits @ ..] => (-1, digits),
        _ => return None,
    };
    let ([_, _, b':', minutes @ ..] | [_, _, minutes @ ..]) = digits else { return None };
    let (hours, minutes) = (
        number(&digits[..2])?,
        Some(minutes).filter(|minutes| minutes.len() == 2).and_then(number)?,
    );
    (hours <= 23 && minutes <= 59).then_some(sign * (hours * HOUR + minutes * MINUTE))
}

fn days_of_month(year: i64, month: i64) -> Option<i64> {
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    Some(match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 => 28 + i64::from(is_leap),
        _ => return None,
    })
}

/// Returns the days since 1970-01-01 in the Gregorian calendar. Years start in March here, so a
/// leap day is the last day.
fn days_since_epoch(year: i64, month: i64, day: i64) -> i64 {
    let (year, month) = if month < 3 { (year - 1, month + 9) } else { (year, month - 3) };
    let days_of_years =
        365 * year + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    days_of_years + (153 * month + 2) / 5 + day - 719_469
}

#[cfg(test)]
mod tests {
    use std::time::SystemTime;

    use jiff::Timestamp;
    use proptest::prelude::*;

    use super::parse;

    /// Parses the string with jiff.
    fn expected(string: &str) -> Option<SystemTime> {
        string.parse::<Timestamp>().ok().map(SystemTime::from)
    }

    #[test]
    fn the_ends_of_months_are_parsed_as_by_jiff() {
        for year in [0, 1, 4, 100, 400, 9998].into_iter().chain(1890..=2110) {
            for month in 0..=13 {
                for day in [0, 1, 28, 29, 30, 31, 32] {
                    let string = format!("{year:04}-{month:02}-{day:02}T01:02:03Z");
                    assert_eq!(parse(&string), expected(&string), "{string}");
                }
            }
        }
    }

    #[test]
    fn the_year_9999_is_parsed() {
        let last = parse("9999-12-31T23:59:59.5Z").expect("it is a time");
        assert_eq!(
            last.duration_since(SystemTime::UNIX_EPOCH).expect("it is later").as_millis(),
            253_402_300_799_500
        );
    }

    #[test]
    fn invalid_strings_are_refused() {
        for string in [
            "",
            "2022-07-14",
            "2022-07-14T19:22:50",
            "2022-07-14T19:22:50.Z",
            "2022-07-14T19:22:50+2",
            "2022-07-14T19:22:50+02:0",
            "2022-07-14T19:22:50Z ",
            "2022-07-14T24:00:00Z",
            "2022-07-14T19:60:00Z",
            "2022-07-14T19:22:61Z",
            "+022-07-14T19:22:50Z",
            "2022-07-14T19:22:5０Z",
        ] {
            assert_eq!(parse(string), None, "{string}");
        }
    }

    proptest! {
        #[test]
        fn times_are_parsed_as_by_jiff(
            string in "[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])[Tt ]([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.,][0-9]{1,9})?([Zz]|[+-](0[0-9]|1[0-9]):?[0-5][0-9])"
        ) {
            prop_assert_eq!(parse(&string), expected(&string), "{}", string);
        }

        #[test]
        fn no_string_makes_it_panic(string in any::<String>(), odd in "[0-9TZ:.,+ -]{0,30}") {
            let _ = (parse(&string), parse(&odd));
        }
    }
}
