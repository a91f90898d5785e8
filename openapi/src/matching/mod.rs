//! Strings that match a pattern. They stand where a document has no example.
//!
//! The strings are always the same for a pattern. Whatever is written from the syntax of the
//! pattern is checked by the engine with which a client enforces it.

mod engine;
mod lengths;
mod look_arounds;
mod pattern;
mod translate;
mod unenforced;
mod writer;

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use fancy_regex::{Expr, RegexBuilder};
use jsonschema_regex::to_rust_regex;

use writer::Writer;

pub use pattern::Pattern;
pub(crate) use pattern::is_ecma;
pub use unenforced::{Unenforced, unenforced};

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
    // What is too large for an engine is too large to be written.
    let is_too_large = matches!(Pattern::new(pattern), Err(Unenforced::Engine));
    let writable =
        tree(pattern).filter(|_| !is_too_large).map(|tree| (tree, Matcher::new(pattern)));
    let mut written = writable.into_iter().flat_map(move |(tree, matcher)| {
        let lengths = lengths.clone();
        (0..MOST_TRIES).filter_map(move |attempt| {
            // A longer string has more room for what look-aheads ask for.
            let least = lengths.start().saturating_add(attempt / 8).max(1);
            let text = Writer::write(&tree, attempt, least.min(*lengths.end()))?;
            let fits = lengths.contains(&text.chars().count()) && matcher.is_match(&text);
            fits.then_some(text)
        })
    });
    std::iter::from_fn(move || written.find(|text| seen.insert(text.clone())))
}

/// Returns true if a string matches a pattern, as far as that can be told.
#[must_use]
pub fn is_match(pattern: &str, text: &str) -> bool {
    Matcher::new(pattern).is_match(text)
}

/// A pattern that strings can be compared with.
pub(crate) enum Matcher {
    /// By the engine of the clients.
    Enforced(Box<Pattern>),
    /// By an engine that gives up.
    Limited(Box<fancy_regex::Regex>),
    /// Not at all.
    Unknown,
}

impl Matcher {
    pub(crate) fn new(pattern: &str) -> Self {
        let limited = || {
            let translated = to_rust_regex(pattern).ok()?;
            RegexBuilder::new(&translated).backtrack_limit(MOST_STEPS).build().ok()
        };
        match Pattern::new(pattern) {
            Ok(pattern) => Self::Enforced(Box::new(pattern)),
            Err(Unenforced::OtherSyntax) => Self::Unknown,
            Err(_) => limited().map_or(Self::Unknown, |regex| Self::Limited(Box::new(regex))),
        }
    }

    /// Returns true if the string matches, or if that cannot be told.
    pub(crate) fn is_match(&self, text: &str) -> bool {
        match self {
            Self::Enforced(pattern) => pattern.is_match(text),
            Self::Limited(regex) => regex.is_match(text).unwrap_or(true),
            Self::Unknown => true,
        }
    }
}

/// Returns the syntax tree of a pattern, if it can be written.
fn tree(pattern: &str) -> Option<Expr> {
    Some(Expr::parse_tree(&to_rust_regex(pattern).ok()?).ok()?.expr)
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
        for pattern in ["^(?!a)a", r"a\bb", "(", "$a^"] {
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
