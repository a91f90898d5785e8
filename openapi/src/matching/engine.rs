//! The engine of the clients, which takes time in proportion to a string.
//!
//! The runtime has the same one with the same limit, so a pattern that can be prepared here can be
//! prepared there.

use regex_automata::nfa::thompson::{self, pikevm::PikeVM};

/// The largest size of a prepared pattern, in bytes.
const MOST_BYTES: usize = 1 << 20;

/// Prepares a translated pattern, unless it is invalid or too large.
pub(super) fn prepare(translated: &str) -> Option<PikeVM> {
    let limited = thompson::Config::new().nfa_size_limit(Some(MOST_BYTES));
    let captures = limited.which_captures(thompson::WhichCaptures::Implicit);
    PikeVM::builder().thompson(captures).build(translated).ok()
}

/// Returns true if a string matches.
pub(super) fn is_match(prepared: &PikeVM, text: &str) -> bool {
    prepared.is_match(&mut prepared.create_cache(), text)
}
