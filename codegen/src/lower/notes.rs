//! What lowering did to a document, for review.

use std::collections::BTreeSet;
use std::fmt;

use crate::naming::UniqueNames;

/// One change that lowering made.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Note {
    /// Name of the pass.
    pub pass: &'static str,
    /// JSON pointer to the node, as it is named after the pass.
    pub pointer: String,
    /// What was done.
    pub text: String,
    /// The name that it was to get, if that was taken.
    pub taken: Option<String>,
}

impl fmt::Display for Note {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}: {}", self.pass, self.pointer, self.text)
    }
}

/// Collects notes.
#[derive(Clone, Debug, Default)]
pub struct Notes(Vec<Note>);

impl Notes {
    pub(crate) fn add(&mut self, pass: &'static str, pointer: &str, text: impl Into<String>) {
        self.0.push(Note { pass, pointer: pointer.to_owned(), text: text.into(), taken: None });
    }

    /// Names what had no name, with a number if the name is taken; `text` says what it got.
    pub(super) fn add_name(
        &mut self,
        pass: &'static str,
        pointer: &str,
        (names, wanted): (&mut UniqueNames, &str),
        text: impl FnOnce(&str) -> String,
    ) -> String {
        let name = names.take(wanted);
        let taken = (name != wanted).then(|| wanted.to_owned());
        self.0.push(Note { pass, pointer: pointer.to_owned(), text: text(&name), taken });
        name
    }

    /// Takes over the notes of `more`.
    pub(crate) fn extend(&mut self, more: Self) {
        self.0.extend(more.0);
    }

    /// Takes over the notes of `more` that are about the named schemas `names`.
    pub(super) fn extend_about(&mut self, more: Self, names: &BTreeSet<String>) {
        let is_about = |note: &Note| note.pointer.split('/').nth(3).is_some_and(|name| names.contains(name));
        self.0.extend(more.0.into_iter().filter(is_about));
    }

    pub(crate) fn sorted(mut self) -> Vec<Note> {
        self.0.sort();
        self.0.dedup();
        self.0
    }
}
