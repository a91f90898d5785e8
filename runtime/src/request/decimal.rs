//! Decimal numbers of any size, which are compared and divided without rounding.
//!
//! Documents and JSON write numbers in decimal, and most decimals have no exact binary value: in
//! floating point, 1234567.89 is no multiple of 0.01.

use std::cmp::Ordering;
use std::fmt::LowerExp;

/// The power of ten from which a number of this module is divisible by whatever power of 2 and of 5
/// its divisor has.
const MOST_ZEROS: i64 = u128::BITS as i64;

/// A decimal number: `0.digits` times a power of ten.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Decimal {
    is_negative: bool,
    /// Digits without zeros at either end; none if the number is zero.
    digits: Vec<u8>,
    power: i64,
}

impl Decimal {
    /// Reads a number as JSON writes it.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (is_negative, text) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
        let (mantissa, power) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let digits: Vec<u8> = whole.bytes().chain(fraction.bytes()).collect();
        if digits.is_empty() || !digits.iter().all(u8::is_ascii_digit) {
            return None;
        }
        let zeros = digits.iter().take_while(|digit| **digit == b'0').count();
        let end = digits.iter().rposition(|digit| *digit != b'0').map_or(zeros, |last| last + 1);
        let point = i64::try_from(whole.len()).ok()? - i64::try_from(zeros).ok()?;
        let power = power.parse::<i64>().ok()?.checked_add(point)?;
        let digits = digits[zeros..end].iter().map(|digit| digit - b'0').collect::<Vec<_>>();
        let is_zero = digits.is_empty();
        Some(Self {
            is_negative: is_negative && !is_zero,
            power: if is_zero { 0 } else { power },
            digits,
        })
    }

    /// Returns the shortest decimal that stands for a floating-point number.
    pub(super) fn shortest(number: impl LowerExp) -> Option<Self> {
        Self::parse(&format!("{number:e}"))
    }

    /// Returns true if the number is an integer times `divisor`, or if the divisor has more digits
    /// than any document writes.
    pub(super) fn is_multiple_of(&self, divisor: &Self) -> bool {
        let Some(by) = divisor.integer().filter(|by| *by < u128::MAX / 10 - 1) else { return true };
        if self.digits.is_empty() || by == 0 {
            return self.digits.is_empty();
        }
        // Both as integers without zeros at the end, times a power of ten.
        let power =
            |decimal: &Self| decimal.power.saturating_sub_unsigned(decimal.digits.len() as u64);
        let zeros = power(self).saturating_sub(power(divisor));
        let zeros = (0..zeros.min(MOST_ZEROS)).map(|_| 0);
        let digits = self.digits.iter().copied().chain(zeros);
        let rest = digits.fold(0, |rest, digit| (rest * 10 + u128::from(digit)) % by);
        // With fewer zeros than the divisor it is a fraction of it.
        power(self) >= power(divisor) && rest == 0
    }

    /// Returns the digits as an integer.
    fn integer(&self) -> Option<u128> {
        self.digits
            .iter()
            .try_fold(0_u128, |sum, digit| sum.checked_mul(10)?.checked_add(u128::from(*digit)))
    }

    /// Compares the numbers without their signs.
    fn cmp_absolute(&self, other: &Self) -> Ordering {
        let is_zero = |decimal: &Self| decimal.digits.is_empty();
        match (is_zero(self), is_zero(other)) {
            (false, false) => {
                self.power.cmp(&other.power).then_with(|| self.digits.cmp(&other.digits))
            }
            (one, another) => another.cmp(&one),
        }
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self.is_negative, other.is_negative) {
            (false, false) => self.cmp_absolute(other),
            (true, true) => other.cmp_absolute(self),
            (is_negative, _) => {
                if is_negative {
                    Ordering::Less
                } else {
                    Ordering::Greater
                }
            }
        }
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{any, proptest};

    use super::Decimal;

    fn decimal(text: &str) -> Decimal {
        Decimal::parse(text).unwrap_or_else(|| panic!("{text} is a number"))
    }

    #[test]
    fn numbers_are_read_as_json_writes_them() {
        for (one, other) in
            [("1", "1.0"), ("1e3", "1000"), ("-0", "0"), ("0.010", "1E-2"), ("12.5e+1", "125")]
        {
            assert_eq!(decimal(one), decimal(other));
        }
        for text in
            ["", "-", ".", "1e", "NaN", "inf", "1_0", "0x1", "1e99999999999999999999", "--1"]
        {
            assert_eq!(Decimal::parse(text), None, "{text}");
        }
    }

    #[test]
    fn numbers_are_in_order() {
        let ascending = [
            "-1e30",
            "-2",
            "-1.5",
            "-1e-9",
            "0",
            "1e-9",
            "0.1",
            "0.10000000000000001",
            "9.99",
            "10",
            "9007199254740992",
            "9007199254740993",
            "18446744073709551614",
            "18446744073709551615",
            "1e20",
            "1e300",
        ];
        for pair in ascending.windows(2) {
            assert!(decimal(pair[0]) < decimal(pair[1]), "{pair:?}");
        }
    }

    #[test]
    fn multiples_are_exact() {
        for (number, divisor, expected) in [
            ("1234567.89", "0.01", true),
            ("158267.8", "0.01", true),
            ("1234567.891", "0.01", false),
            ("0.3", "0.1", true),
            ("-0.3", "0.1", true),
            ("0.30000000000000004", "0.1", false),
            ("0.75", "0.25", true),
            ("7", "3", false),
            ("9", "3", true),
            ("0", "0.7", true),
            ("1e300", "3", false),
            ("3e300", "3", true),
            ("1e300", "4", true),
            ("100", "1000", false),
            ("18446744073709551615", "5", true),
            ("18446744073709551614", "5", false),
            ("1", "0", false),
            ("5e-324", "1e-5", false),
            ("1", "5e-324", true),
        ] {
            assert_eq!(
                decimal(number).is_multiple_of(&decimal(divisor)),
                expected,
                "{number} {divisor}"
            );
        }
    }

    proptest! {
        #[test]
        fn floating_point_numbers_keep_their_order(one: f64, other: f64) {
            let [a, b] = [one, other].map(|number| Decimal::shortest(number).expect("a finite number"));
            assert_eq!(a.partial_cmp(&b), one.partial_cmp(&other));
        }

        #[test]
        fn integers_have_the_multiples_that_arithmetic_says(number: i64, divisor in 1..1000_i64) {
            let is_multiple = decimal(&number.to_string()).is_multiple_of(&decimal(&divisor.to_string()));
            assert_eq!(is_multiple, number % divisor == 0);
        }

        #[test]
        fn whatever_is_a_price_is_a_multiple_of_a_cent(cents in any::<u32>()) {
            let price = f64::from(cents) / 100.0;
            let price = Decimal::shortest(price).expect("a finite number");
            assert!(price.is_multiple_of(&decimal("0.01")));
        }
    }
}
