//! What lowering did to a document, for review.

use std::fmt;

/// One change that lowering made.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Note {
    /// Name of the pass.
    pub pass: &'static str,
    /// JSON pointer to the node, as it is named after the pass.
    pub pointer: String,
    /// What was done.
    pub text: String,
}

impl fmt::Display for Note {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}: {}", self.pass, self.pointer, self.text)
    }
}

/// Collects notes.
#[derive(Debug, Default)]
pub struct Notes(Vec<Note>);

impl Notes {
    pub(super) fn add(&mut self, pass: &'static str, pointer: &str, text: impl Into<String>) {
        self.0.push(Note { pass, pointer: pointer.to_owned(), text: text.into() });
    }

    pub(super) fn sorted(mut self) -> Vec<Note> {
        self.0.sort();
        self.0.dedup();
        self.0
    }
}
