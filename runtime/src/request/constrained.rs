//! Values that constraints are checked on.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Rule;
use crate::secrets::{SecretString, exposing_secrets};

/// A value that [`Rule`]s can be held against. A rule for another type of value is always kept.
pub trait Constrained {
    /// Whether the value keeps `rule`.
    fn keeps(&self, rule: &Rule) -> bool;
}

impl Constrained for str {
    fn keeps(&self, rule: &Rule) -> bool {
        match rule {
            Rule::MinLength(length) => self.chars().count() >= *length,
            Rule::MaxLength(length) => self.chars().count() <= *length,
            #[cfg(feature = "pattern")]
            Rule::Pattern(pattern) => matches_pattern(pattern, self),
            Rule::Uuid => is_uuid(self),
            _ => true,
        }
    }
}

/// A pattern that does not parse lets nothing through; generation refuses such a pattern beforehand.
#[cfg(feature = "pattern")]
fn matches_pattern(pattern: &str, text: &str) -> bool {
    regress::Regex::new(pattern).is_ok_and(|regex| regex.find(text).is_some())
}

/// RFC 9562, section 4: five groups of hexadecimal digits.
fn is_uuid(text: &str) -> bool {
    let groups: Vec<&str> = text.split('-').collect();
    groups.iter().map(|group| group.len()).eq([8, 4, 4, 4, 12])
        && groups.iter().all(|group| group.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

impl Constrained for String {
    fn keeps(&self, rule: &Rule) -> bool {
        self.as_str().keeps(rule)
    }
}

impl Constrained for SecretString {
    fn keeps(&self, rule: &Rule) -> bool {
        self.expose_secret().keeps(rule)
    }
}

impl Constrained for f64 {
    fn keeps(&self, rule: &Rule) -> bool {
        match rule {
            Rule::Minimum(bound) => self >= bound,
            Rule::ExclusiveMinimum(bound) => self > bound,
            Rule::Maximum(bound) => self <= bound,
            Rule::ExclusiveMaximum(bound) => self < bound,
            Rule::Among(values) => values.contains(self),
            Rule::MultipleOf(divisor) => {
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
            fn keeps(&self, rule: &Rule) -> bool {
                (*self as f64).keeps(rule)
            }
        }
    )*};
}
constrained_as_f64!(f32, i32, i64, u32, u64);

impl Constrained for bool {
    fn keeps(&self, _: &Rule) -> bool {
        true
    }
}

impl<T: Serialize> Constrained for [T] {
    fn keeps(&self, rule: &Rule) -> bool {
        match rule {
            Rule::MinItems(count) => self.len() >= *count,
            Rule::MaxItems(count) => self.len() <= *count,
            Rule::UniqueItems => exposing_secrets(|| has_unique_items(self)),
            _ => true,
        }
    }
}

/// Items are the same if they are the same JSON, as JSON Schema says.
fn has_unique_items<T: Serialize>(items: &[T]) -> bool {
    let items: Vec<_> = items.iter().map(|item| serde_json::to_value(item).ok()).collect();
    items.iter().enumerate().all(|(index, item)| !items[..index].contains(item))
}

impl<T: Serialize> Constrained for Vec<T> {
    fn keeps(&self, rule: &Rule) -> bool {
        self.as_slice().keeps(rule)
    }
}

impl<T> Constrained for BTreeMap<String, T> {
    fn keeps(&self, rule: &Rule) -> bool {
        match rule {
            Rule::MinProperties(count) => self.len() >= *count,
            Rule::MaxProperties(count) => self.len() <= *count,
            _ => true,
        }
    }
}

impl Constrained for serde_json::Map<String, serde_json::Value> {
    fn keeps(&self, rule: &Rule) -> bool {
        match rule {
            Rule::MinProperties(count) => self.len() >= *count,
            Rule::MaxProperties(count) => self.len() <= *count,
            _ => true,
        }
    }
}

/// An absent value keeps every rule.
impl<T: Constrained> Constrained for Option<T> {
    fn keeps(&self, rule: &Rule) -> bool {
        self.as_ref().is_none_or(|value| value.keeps(rule))
    }
}

impl<T: Constrained + ?Sized> Constrained for &T {
    fn keeps(&self, rule: &Rule) -> bool {
        (**self).keeps(rule)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(rule: Rule, kept: &[&dyn Constrained], broken: &[&dyn Constrained]) {
        assert!(kept.iter().all(|value| value.keeps(&rule)), "{rule:?} must be kept");
        assert!(broken.iter().all(|value| !value.keeps(&rule)), "{rule:?} must be broken");
    }

    #[test]
    fn lengths_count_characters() {
        check(Rule::MinLength(3), &[&"äöü"], &[&"äö"]);
        check(Rule::MaxLength(3), &[&"äöü", &""], &[&"äöüß"]);
    }

    #[test]
    fn uuids_have_five_groups() {
        let good = "12345678-1234-1234-1234-123456789012";
        check(
            Rule::Uuid,
            &[&good],
            &[&"", &"12345678123412341234123456789012", &"1234567g-1234-1234-1234-123456789012"],
        );
    }

    #[cfg(feature = "pattern")]
    #[test]
    fn patterns_are_those_of_ecma_262() {
        check(Rule::Pattern("^[a-z]+(?!x)$"), &[&"abc"], &[&"ABC", &""]);
    }

    #[test]
    fn bounds_include_themselves_unless_exclusive() {
        check(Rule::Minimum(1.0), &[&1_i64, &1.5], &[&0_i64, &f64::NAN]);
        check(Rule::ExclusiveMinimum(1.0), &[&2_i64], &[&1_i64]);
        check(Rule::Maximum(100.0), &[&100_i64], &[&101_i64]);
        check(Rule::ExclusiveMaximum(100.0), &[&99_i64], &[&100_i64]);
        check(Rule::MultipleOf(0.1), &[&0.3, &7_i64], &[&0.35]);
        check(Rule::Among(&[1.0, 2.5]), &[&1_i64, &2.5], &[&2_i64]);
    }

    #[test]
    fn collections_are_counted() {
        let (none, two): (Vec<i64>, Vec<i64>) = (vec![], vec![1, 1]);
        check(Rule::MinItems(1), &[&two], &[&none]);
        check(Rule::MaxItems(1), &[&none], &[&two]);
        check(Rule::UniqueItems, &[&none], &[&two]);
        let secrets = |texts: [&str; 2]| texts.map(SecretString::from).to_vec();
        check(Rule::UniqueItems, &[&secrets(["a", "b"])], &[&secrets(["a", "a"])]);
        let map = BTreeMap::from([(String::new(), 1)]);
        check(Rule::MinProperties(1), &[&map], &[&BTreeMap::<String, i64>::new()]);
        check(Rule::MaxProperties(0), &[&BTreeMap::<String, i64>::new()], &[&map]);
    }
}
