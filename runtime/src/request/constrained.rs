//! Values that can be checked against constraints.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Constraint;
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
            Constraint::Pattern(pattern) => matches_pattern(pattern, self),
            Constraint::Uuid => is_uuid(self),
            _ => true,
        }
    }
}

/// Matches nothing if the pattern does not parse. The generator refuses such patterns.
#[cfg(feature = "pattern")]
fn matches_pattern(pattern: &str, string: &str) -> bool {
    regress::Regex::new(pattern).is_ok_and(|regex| regex.find(string).is_some())
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

impl Constrained for f64 {
    fn satisfies(&self, constraint: &Constraint) -> bool {
        match constraint {
            Constraint::Minimum(bound) => self >= bound,
            Constraint::ExclusiveMinimum(bound) => self > bound,
            Constraint::Maximum(bound) => self <= bound,
            Constraint::ExclusiveMaximum(bound) => self < bound,
            Constraint::Enum(values) => values.contains(self),
            Constraint::MultipleOf(divisor) => {
                let quotient = self / divisor;
                (quotient - quotient.round()).abs() < 1e-9
            }
            _ => true,
        }
    }
}

macro_rules! constrained_as_f64 {
    ($($number:ty),*) => {$(
        impl Constrained for $number {
            fn satisfies(&self, constraint: &Constraint) -> bool {
                (*self as f64).satisfies(constraint)
            }
        }
    )*};
}
constrained_as_f64!(f32, i32, i64, u32, u64);

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

    #[cfg(feature = "pattern")]
    #[test]
    fn patterns_use_ecma_262_syntax() {
        check(Constraint::Pattern("^[a-z]+(?!x)$"), &[&"abc"], &[&"ABC", &""]);
    }

    #[test]
    fn bounds_are_inclusive_unless_exclusive() {
        check(Constraint::Minimum(1.0), &[&1_i64, &1.5], &[&0_i64, &f64::NAN]);
        check(Constraint::ExclusiveMinimum(1.0), &[&2_i64], &[&1_i64]);
        check(Constraint::Maximum(100.0), &[&100_i64], &[&101_i64]);
        check(Constraint::ExclusiveMaximum(100.0), &[&99_i64], &[&100_i64]);
        check(Constraint::MultipleOf(0.1), &[&0.3, &7_i64], &[&0.35]);
        check(Constraint::Enum(&[1.0, 2.5]), &[&1_i64, &2.5], &[&2_i64]);
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
