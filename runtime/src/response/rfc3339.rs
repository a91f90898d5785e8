//! Dates and times as RFC 3339 writes them.

use std::time::{Duration, SystemTime};

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// Reads `2022-07-14T19:22:50.3080223Z`, or nothing if the text is no such time.
///
/// What servers write beside the standard is understood, too: a comma before the fraction, an offset without colon. A leap
/// second is the one before it, since the system's clock has none.
pub(crate) fn read(text: &str) -> Option<SystemTime> {
    let (date, time) = text.as_bytes().split_first_chunk::<10>()?;
    let (time, behind) = time.split_first_chunk::<9>()?;
    let [year @ .., b'-', _, _, b'-', _, _] = date else { return None };
    let [b'T' | b't' | b' ', _, _, b':', _, _, b':', _, _] = time else { return None };
    let (year, month, day) = (number(year)?, number(&date[5..7])?, number(&date[8..])?);
    let (hour, minute, second) = (number(&time[1..3])?, number(&time[4..6])?, number(&time[7..])?);
    if !(1..=days_of_month(year, month)?).contains(&day) || hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    let (nanoseconds, zone) = fraction(behind)?;
    let day = days_since_epoch(year, month, day);
    let seconds = day * DAY + hour * HOUR + minute * MINUTE + second.min(59) - offset(zone)?;
    let whole = Duration::from_secs(seconds.unsigned_abs());
    let whole = match seconds < 0 {
        true => SystemTime::UNIX_EPOCH.checked_sub(whole),
        false => SystemTime::UNIX_EPOCH.checked_add(whole),
    };
    whole?.checked_add(Duration::from_nanos(nanoseconds))
}

/// A number of digits alone.
fn number(digits: &[u8]) -> Option<i64> {
    digits.iter().try_fold(0, |number, digit| digit.is_ascii_digit().then(|| 10 * number + i64::from(digit - b'0')))
}

/// Nanoseconds, and what stands behind them.
fn fraction(text: &[u8]) -> Option<(u64, &[u8])> {
    let Some(digits) = text.strip_prefix(b".").or_else(|| text.strip_prefix(b",")) else { return Some((0, text)) };
    let count = digits.iter().take_while(|digit| digit.is_ascii_digit()).count();
    let (digits, behind) = digits.split_at(count);
    let nine = digits.iter().copied().chain(std::iter::repeat(b'0')).take(9);
    (count > 0).then(|| (nine.fold(0, |number, digit| 10 * number + u64::from(digit - b'0')), behind))
}

/// Seconds that the zone is ahead of UTC.
fn offset(zone: &[u8]) -> Option<i64> {
    let (sign, digits) = match zone {
        b"Z" | b"z" => return Some(0),
        [b'+', digits @ ..] => (1, digits),
        [b'-', digits @ ..] => (-1, digits),
        _ => return None,
    };
    let ([_, _, b':', minutes @ ..] | [_, _, minutes @ ..]) = digits else { return None };
    let (hours, minutes) =
        (number(&digits[..2])?, Some(minutes).filter(|minutes| minutes.len() == 2).and_then(number)?);
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

/// Days from 1970-01-01 in the calendar that is used today. Years start in March here, so that a leap day ends one.
fn days_since_epoch(year: i64, month: i64, day: i64) -> i64 {
    let (year, month) = if month < 3 { (year - 1, month + 9) } else { (year, month - 3) };
    let days_of_years = 365 * year + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    days_of_years + (153 * month + 2) / 5 + day - 719_469
}

#[cfg(test)]
mod tests {
    use std::time::SystemTime;

    use jiff::Timestamp;
    use proptest::prelude::*;

    use super::read;

    /// What another reader makes of the text.
    fn expected(text: &str) -> Option<SystemTime> {
        text.parse::<Timestamp>().ok().map(SystemTime::from)
    }

    #[test]
    fn the_ends_of_months_are_read_as_by_others() {
        for year in [0, 1, 4, 100, 400, 9998].into_iter().chain(1890..=2110) {
            for month in 0..=13 {
                for day in [0, 1, 28, 29, 30, 31, 32] {
                    let text = format!("{year:04}-{month:02}-{day:02}T01:02:03Z");
                    assert_eq!(read(&text), expected(&text), "{text}");
                }
            }
        }
    }

    #[test]
    fn what_never_ends_is_read() {
        let last = read("9999-12-31T23:59:59.5Z").expect("it is a time");
        assert_eq!(last.duration_since(SystemTime::UNIX_EPOCH).expect("it is later").as_millis(), 253_402_300_799_500);
    }

    #[test]
    fn what_is_no_time_is_refused() {
        for text in [
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
            assert_eq!(read(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn times_are_read_as_by_others(
            text in "[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])[Tt ]([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.,][0-9]{1,9})?([Zz]|[+-](0[0-9]|1[0-9]):?[0-5][0-9])"
        ) {
            prop_assert_eq!(read(&text), expected(&text), "{}", text);
        }

        #[test]
        fn no_text_makes_it_panic(text in any::<String>(), odd in "[0-9TZ:.,+ -]{0,30}") {
            let _ = (read(&text), read(&odd));
        }
    }
}
