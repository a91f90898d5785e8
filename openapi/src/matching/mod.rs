//! Strings that match a pattern. They stand where a document has no example.
//!
//! The strings are always the same for a pattern. Whatever is written from the syntax of the
//! pattern is checked by the engine with which a client enforces it.

mod writer;

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use fancy_regex::{Expr, RegexBuilder};
use jsonschema_regex::to_rust_regex;

use writer::Writer;

/// The number of strings that are tried, since look-arounds are only checked, not written.
const MOST_TRIES: usize = 200;

/// The number of steps after which a match is abandoned. Some expressions take exponential time.
const MOST_STEPS: usize = 100_000;

/// Returns a string of one of the `lengths`, in characters, that matches a pattern of ECMA 262, if
/// one is found.
#[must_use]
pub fn matching(pattern: &str, lengths: RangeInclusive<usize>) -> Option<String> {
    all_matching(pattern, lengths).next()
}

/// Returns the same as [`matching`], followed by other such strings.
pub fn all_matching(
    pattern: &str,
    lengths: RangeInclusive<usize>,
) -> impl Iterator<Item = String> + use<> {
    let mut seen = BTreeSet::new();
    let mut written = Matcher::new(pattern).into_iter().flat_map(move |matcher| {
        let lengths = lengths.clone();
        (0..MOST_TRIES).filter_map(move |attempt| {
            // A longer string has more room for what look-aheads ask for.
            let least = lengths.start().saturating_add(attempt / 8).max(1);
            let text = Writer::write(&matcher.tree, attempt, least.min(*lengths.end()))?;
            let fits = lengths.contains(&text.chars().count()) && matcher.matches(&text);
            fits.then_some(text)
        })
    });
    std::iter::from_fn(move || written.find(|text| seen.insert(text.clone())))
}

/// Returns true if a string matches a pattern of ECMA 262, and an engine finds that in time.
#[must_use]
pub fn is_match(pattern: &str, text: &str) -> bool {
    Matcher::new(pattern).is_some_and(|matcher| matcher.matches(text))
}

/// A pattern that can be written and checked.
struct Matcher {
    tree: Expr,
    /// The engine that gives up.
    limited: fancy_regex::Regex,
    /// The engine of the clients, which never gives up.
    enforced: regress::Regex,
}

impl Matcher {
    fn new(pattern: &str) -> Option<Self> {
        let translated = to_rust_regex(pattern).ok()?;
        Some(Self {
            tree: Expr::parse_tree(&translated).ok()?.expr,
            limited: RegexBuilder::new(&translated).backtrack_limit(MOST_STEPS).build().ok()?,
            enforced: regress::Regex::new(pattern).ok()?,
        })
    }

    fn matches(&self, text: &str) -> bool {
        self.limited.is_match(text).unwrap_or(false) && self.enforced.find(text).is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::{all_matching, matching};

    #[track_caller]
    fn check(pattern: &str, lengths: std::ops::RangeInclusive<usize>, expected: &str) {
        assert_eq!(matching(pattern, lengths).as_deref(), Some(expected), "{pattern}");
    }

    #[test]
    fn what_the_syntax_says_is_written() {
        check("^AC[0-9a-fA-F]{32}$", 0..=40, "ACcdef0123456789ABCDEFabcdef012345");
        check(r"^\+[1-9]\d{1,14}$", 0..=100, "+22");
        check(r"^(us|eu)-(west|east)-\d$", 0..=100, "us-west-8");
        check(r"^(\w)-\1$", 0..=100, "a-a");
        check("[^a-z]", 0..=100, "0");
        check(r"^\d\u00e9$", 0..=100, "0é");
        check("", 0..=100, "");
    }

    #[test]
    fn the_lengths_are_kept() {
        check("^[a-z]+$", 5..=5, "abcde");
        check("^[a-z]*$", 0..=9, "a");
        check("^[a-z]*$", 0..=0, "");
        check("^(ab)+$", 3..=4, "abab");
        assert_eq!(matching("^(ab)+$", 3..=3), None);
        assert_eq!(matching("^[a-z]{3}$", 4..=9), None);
        assert_eq!(matching("^[a-z]{300000}$", 0..=1000), None);
    }

    #[test]
    fn look_arounds_are_kept() {
        for pattern in [
            r"^(?=.*[A-Z])(?=.*\d)(?=.*[@$!%*?&])[A-Za-z\d@$!%*?&]{8,}$",
            "^(?=ab-).*$",
            "^(?!a)[a-z]+$",
            r"^(?!.*--)[a-z0-9-]{3,}(?<!-)$",
        ] {
            assert!(matching(pattern, 0..=64).is_some(), "{pattern}");
        }
    }

    #[test]
    fn no_string_is_found_where_there_is_none_or_no_end() {
        for pattern in ["^(?!a)a", r"a\bb", "(", "(?i)^a$", "$a^"] {
            assert_eq!(matching(pattern, 0..=64), None, "{pattern}");
        }
        assert_eq!(matching(r"^(([a-z])+\2?)+\d(?!\d)$", 0..=64).map(|text| text.len()), Some(2));
    }

    #[test]
    fn others_differ() {
        let found: Vec<String> = all_matching("^[A-Z]{2}$", 0..=9).take(3).collect();
        assert_eq!(found[0], "AB");
        assert!(found[1] != found[0] && found[2] != found[0] && found[2] != found[1], "{found:?}");
    }
}
