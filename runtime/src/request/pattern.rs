//! Patterns of strings, which are matched in a time that grows in proportion to the string.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use regex_automata::nfa::thompson::{self, pikevm::PikeVM};

/// The largest size of a prepared expression, in bytes.
const MOST_BYTES: usize = 1 << 20;

/// A documented pattern. The generator translates it for the crate `regex-automata`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pattern {
    /// The pattern as the document states it, in ECMA 262 syntax.
    pub documented: &'static str,
    /// The expressions that a string must match.
    pub all: &'static [&'static str],
    /// The expressions that a string must not match.
    pub none: &'static [&'static str],
}

impl Pattern {
    /// Returns true if a string matches. An expression that cannot be prepared rules nothing out,
    /// and leaves it to the service to check the string.
    pub(super) fn is_match(&self, string: &str) -> bool {
        let matches = |expression| {
            prepared(expression).map(|engine| engine.is_match(&mut engine.create_cache(), string))
        };
        self.all.iter().all(|expression| matches(expression).unwrap_or(true))
            && !self.none.iter().any(|expression| matches(expression).unwrap_or(false))
    }
}

/// Returns an expression as the engine needs it. Each one is prepared once.
fn prepared(expression: &'static str) -> Option<Arc<PikeVM>> {
    static PREPARED: Mutex<BTreeMap<&str, Option<Arc<PikeVM>>>> = Mutex::new(BTreeMap::new());
    let mut known = PREPARED.lock().unwrap_or_else(PoisonError::into_inner);
    let prepare = || {
        let limited = thompson::Config::new().nfa_size_limit(Some(MOST_BYTES));
        let captures = limited.which_captures(thompson::WhichCaptures::Implicit);
        PikeVM::builder().thompson(captures).build(expression).ok().map(Arc::new)
    };
    known.entry(expression).or_insert_with(prepare).clone()
}

#[cfg(test)]
mod tests {
    use super::Pattern;

    #[test]
    fn strings_match_all_expressions_and_none_of_the_others() {
        let pattern = Pattern { documented: "", all: &["^[a-z]+$", "b"], none: &["^x"] };
        for (string, expected) in [("abc", true), ("ac", false), ("xb", false), ("B", false)] {
            assert_eq!(pattern.is_match(string), expected, "{string}");
        }
        let unusable = Pattern { documented: "", all: &["("], none: &[r"\p{L}{1000000}"] };
        assert!(unusable.is_match("a"));
    }

    #[test]
    fn no_string_hangs_the_caller() {
        let pattern = Pattern { documented: "", all: &["^(?:(?:a+)+)+$"], none: &[] };
        assert!(!pattern.is_match(&format!("{}!", "a".repeat(10_000))));
    }
}
