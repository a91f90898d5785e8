//! Values that can be checked against constraints.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use serde::Serialize;

use super::Constraint;
use super::decimal::Decimal;
use crate::secrets::{SecretString, exposing_secrets};

/// A value that can be checked against a [`Constraint`].
pub trait Constrained {
    /// Returns true if the value satisfies `constraint`, or if the constraint is for another type
    /// of value.
    fn satisfies(&self, constraint: &Constraint) -> bool;
}

impl Constrained for str {
    fn satisfies(&self, constraint: &Constraint) -> bool {
        match constraint {
            Constraint::MinLength(length) => self.chars().count() >= *length,
            Constraint::MaxLength(length) => self.chars().count() <= *length,
            #[cfg(feature = "pattern")]
            Constraint::Pattern(pattern) => pattern.is_match(self),
            Constraint::Uuid => is_uuid(self),
            _ => true,
        }
    }
}

/// Returns true for five groups of hexadecimal digits (RFC 9562, section 4).
fn is_uuid(string: &str) -> bool {
    let groups: Vec<&str> = string.split('-').collect();
    groups.iter().map(|group| group.len()).eq([8, 4, 4, 4, 12])
        && groups.iter().all(|group| group.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

impl Constrained for String {
    fn satisfies(&self, constraint: &Constraint) -> bool {
        self.as_str().satisfies(constraint)
    }
}

impl Constrained for SecretString {
    fn satisfies(&self, constraint: &Constraint) -> bool {
        self.expose_secret().satisfies(constraint)
    }
}

/// Compares a number with the bounds that `bound` reads. NaN and infinity satisfy nothing, since
/// JSON cannot write them.
fn number_satisfies(
    value: Option<Decimal>,
    constraint: &Constraint,
    bound: impl Fn(&str) -> Option<Decimal>,
) -> bool {
    let compare =
        |text: &str| value.as_ref().zip(bound(text)).map(|(value, bound)| value.cmp(&bound));
    match constraint {
        Constraint::Minimum(bound) => compare(bound).is_some_and(Ordering::is_ge),
        Constraint::ExclusiveMinimum(bound) => compare(bound).is_some_and(Ordering::is_gt),
        Constraint::Maximum(bound) => compare(bound).is_some_and(Ordering::is_le),
        Constraint::ExclusiveMaximum(bound) => compare(bound).is_some_and(Ordering::is_lt),
        Constraint::Enum(values) => {
            values.iter().any(|one| compare(one).is_some_and(Ordering::is_eq))
        }
        Constraint::MultipleOf(divisor) => value
            .zip(Decimal::parse(divisor))
            .is_some_and(|(value, divisor)| value.is_multiple_of(&divisor)),
        _ => true,
    }
}

impl Constrained for f64 {
    fn satisfies(&self, constraint: &Constraint) -> bool {
        number_satisfies(Decimal::shortest(self), constraint, Decimal::parse)
    }
}

/// A bound is rounded as the value is: 0.1 is at most 0.1 in single precision, too.
impl Constrained for f32 {
    fn satisfies(&self, constraint: &Constraint) -> bool {
        number_satisfies(Decimal::shortest(self), constraint, |bound| {
            Decimal::shortest(bound.parse::<Self>().ok()?)
        })
    }
}

macro_rules! constrained_integers {
    ($($integer:ty),*) => {$(
        impl Constrained for $integer {
            fn satisfies(&self, constraint: &Constraint) -> bool {
                number_satisfies(Decimal::parse(&self.to_string()), constraint, Decimal::parse)
            }
        }
    )*};
}
constrained_integers!(i32, i64, u32, u64);

impl Constrained for bool {
    fn satisfies(&self, _: &Constraint) -> bool {
        true
    }
}

impl<T: Serialize> Constrained for [T] {
    fn satisfies(&self, constraint: &Constraint) -> bool {
        match constraint {
            Constraint::MinItems(count) => self.len() >= *count,
            Constraint::MaxItems(count) => self.len() <= *count,
            Constraint::UniqueItems => exposing_secrets(|| has_unique_items(self)),
            _ => true,
        }
    }
}

/// Compares items as JSON, as JSON Schema requires.
fn has_unique_items<T: Serialize>(items: &[T]) -> bool {
    let items: Vec<_> = items.iter().map(|item| serde_json::to_value(item).ok()).collect();
    items.iter().enumerate().all(|(index, item)| !items[..index].contains(item))
}

impl<T: Serialize> Constrained for Vec<T> {
    fn satisfies(&self, constraint: &Constraint) -> bool {
        self.as_slice().satisfies(constraint)
    }
}

impl<T> Constrained for BTreeMap<String, T> {
    fn satisfies(&self, constraint: &Constraint) -> bool {
        match constraint {
            Constraint::MinProperties(count) => self.len() >= *count,
            Constraint::MaxProperties(count) => self.len() <= *count,
            _ => true,
        }
    }
}

impl Constrained for serde_json::Map<String, serde_json::Value> {
    fn satisfies(&self, constraint: &Constraint) -> bool {
        match constraint {
            Constraint::MinProperties(count) => self.len() >= *count,
            Constraint::MaxProperties(count) => self.len() <= *count,
            _ => true,
        }
    }
}

/// An absent value satisfies every constraint.
impl<T: Constrained> Constrained for Option<T> {
    fn satisfies(&self, constraint: &Constraint) -> bool {
        self.as_ref().is_none_or(|value| value.satisfies(constraint))
    }
}

impl<T: Constrained + ?Sized> Constrained for &T {
    fn satisfies(&self, constraint: &Constraint) -> bool {
        (**self).satisfies(constraint)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(constraint: Constraint, valid: &[&dyn Constrained], invalid: &[&dyn Constrained]) {
        assert!(
            valid.iter().all(|value| value.satisfies(&constraint)),
            "{constraint:?} is satisfied"
        );
        assert!(
            invalid.iter().all(|value| !value.satisfies(&constraint)),
            "{constraint:?} is violated"
        );
    }

    #[test]
    fn lengths_are_in_characters() {
        check(Constraint::MinLength(3), &[&"äöü"], &[&"äö"]);
        check(Constraint::MaxLength(3), &[&"äöü", &""], &[&"äöüß"]);
    }

    #[test]
    fn uuids_have_five_groups_of_digits() {
        let valid = "12345678-1234-1234-1234-123456789012";
        check(
            Constraint::Uuid,
            &[&valid],
            &[&"", &"12345678123412341234123456789012", &"1234567g-1234-1234-1234-123456789012"],
        );
    }

    #[test]
    fn bounds_are_inclusive_unless_exclusive() {
        check(Constraint::Minimum("1"), &[&1_i64, &1.5], &[&0_i64, &f64::NAN, &f64::INFINITY]);
        check(Constraint::ExclusiveMinimum("1"), &[&2_i64], &[&1_i64]);
        check(Constraint::Maximum("100"), &[&100_i64], &[&101_i64]);
        check(Constraint::ExclusiveMaximum("100"), &[&99_i64], &[&100_i64]);
        check(Constraint::Enum(&["1", "2.5"]), &[&1_i64, &2.5], &[&2_i64]);
    }

    #[test]
    fn multiples_are_those_of_the_decimals() {
        check(Constraint::MultipleOf("0.1"), &[&0.3, &7_i64, &0.3_f32], &[&0.35, &(0.1 + 0.2)]);
        let prices: [&dyn Constrained; 4] = [&1_234_567.89, &158_267.8, &0.07, &4.35];
        check(Constraint::MultipleOf("0.01"), &prices, &[&1_234_567.891]);
    }

    #[test]
    fn single_precision_is_compared_in_single_precision() {
        for bound in ["0.1", "0.10000000149011612"] {
            check(Constraint::Maximum(bound), &[&0.1_f32], &[&0.11_f32]);
            check(Constraint::Minimum(bound), &[&0.1_f32], &[&0.09_f32]);
            check(Constraint::ExclusiveMaximum(bound), &[&0.09_f32], &[&0.1_f32]);
        }
        check(Constraint::Enum(&["0.10000000149011612"]), &[&0.1_f32], &[&0.2_f32]);
    }

    #[test]
    fn integers_are_compared_as_integers() {
        let bound = "9007199254740993";
        let (below, at, above) =
            (9_007_199_254_740_992_i64, 9_007_199_254_740_993_i64, 9_007_199_254_740_994_u64);
        check(Constraint::Maximum(bound), &[&below, &at], &[&above]);
        check(Constraint::Minimum(bound), &[&at, &above], &[&below]);
        check(Constraint::Maximum("18446744073709551614"), &[&(u64::MAX - 1)], &[&u64::MAX]);
        check(Constraint::Minimum("-9223372036854775807"), &[&(i64::MIN + 1)], &[&i64::MIN]);
        check(Constraint::Enum(&["18446744073709551615"]), &[&u64::MAX], &[&(u64::MAX - 1)]);
        check(Constraint::Minimum("0.5"), &[&1_i32], &[&0_u32]);
    }

    #[test]
    fn arrays_and_maps_are_counted() {
        let (none, two): (Vec<i64>, Vec<i64>) = (vec![], vec![1, 1]);
        check(Constraint::MinItems(1), &[&two], &[&none]);
        check(Constraint::MaxItems(1), &[&none], &[&two]);
        check(Constraint::UniqueItems, &[&none], &[&two]);
        let secrets = |values: [&str; 2]| values.map(SecretString::from).to_vec();
        check(Constraint::UniqueItems, &[&secrets(["a", "b"])], &[&secrets(["a", "a"])]);
        let map = BTreeMap::from([(String::new(), 1)]);
        check(Constraint::MinProperties(1), &[&map], &[&BTreeMap::<String, i64>::new()]);
        check(Constraint::MaxProperties(0), &[&BTreeMap::<String, i64>::new()], &[&map]);
    }
}
