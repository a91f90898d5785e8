//! Notes about changes to a document, for review.

use std::collections::BTreeSet;
use std::fmt;

use crate::diagnostic::Diagnostic;
use crate::naming::UniqueNames;
use crate::pointer;

/// A change that a pass made.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Note {
    /// The name of the pass.
    pub pass: &'static str,
    /// The JSON pointer to the node after the pass.
    pub pointer: String,
    /// The change.
    pub text: String,
    /// The name that the node got.
    pub new_name: Option<NewName>,
}

/// A new name for a schema.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct NewName {
    /// The name that it had, if it had one.
    pub before: Option<String>,
    /// The preferred name.
    pub wanted: String,
    /// The assigned name, which has a number if the preferred one was taken.
    pub given: String,
}

impl NewName {
    /// Returns true if the preferred name was taken.
    #[must_use]
    pub fn was_taken(&self) -> bool {
        self.given != self.wanted
    }
}

impl fmt::Display for Note {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}: {}", self.pass, self.pointer, self.text)
    }
}

/// Collects notes, and findings that a pass makes.
#[derive(Clone, Debug, Default)]
pub struct Notes {
    notes: Vec<Note>,
    found: Vec<Diagnostic>,
}

impl Notes {
    /// Adds a note of a pass about the node at a pointer.
    pub fn add(&mut self, pass: &'static str, pointer: &str, text: impl Into<String>) {
        self.notes.push(Note {
            pass,
            pointer: pointer.to_owned(),
            text: text.into(),
            new_name: None,
        });
    }

    /// Returns the notes for a pass to add its own to.
    pub fn of(&mut self, pass: &'static str) -> PassNotes<'_> {
        PassNotes { pass, notes: self }
    }

    /// Adds the notes of `more`.
    pub fn extend(&mut self, more: Self) {
        self.notes.extend(more.notes);
        self.found.extend(more.found);
    }

    /// Adds the notes of `more` that are about the schemas `names`.
    pub fn extend_about(&mut self, more: Self, names: &BTreeSet<String>) {
        let is_about =
            |note: &Note| note.pointer.split('/').nth(3).is_some_and(|name| names.contains(name));
        self.notes.extend(more.notes.into_iter().filter(is_about));
        self.found.extend(more.found);
    }

    /// Takes the findings out, which are at pointers after the passes.
    pub fn take_found(&mut self) -> Vec<Diagnostic> {
        std::mem::take(&mut self.found)
    }

    /// Returns the notes in the order in which they were made.
    pub fn iter(&self) -> impl Iterator<Item = &Note> {
        self.notes.iter()
    }

    /// Returns the notes in order, without duplicates.
    #[must_use]
    pub fn sorted(mut self) -> Vec<Note> {
        self.notes.sort();
        self.notes.dedup();
        self.notes
    }
}

/// Collects the notes of a pass.
#[derive(Debug)]
pub struct PassNotes<'n> {
    pass: &'static str,
    notes: &'n mut Notes,
}

impl PassNotes<'_> {
    /// Adds a note about the node at a pointer.
    pub fn add(&mut self, pointer: &str, text: impl Into<String>) {
        self.notes.add(self.pass, pointer, text);
    }

    /// Adds a finding, at a pointer after the pass.
    pub fn report(&mut self, found: Diagnostic) {
        self.notes.found.push(found);
    }

    /// Names a node that had no name, with a number if the name is taken, and adds a note with the
    /// result of `text`.
    pub fn add_name(
        &mut self,
        pointer: &str,
        (names, wanted): (&mut UniqueNames, &str),
        text: impl FnOnce(&str) -> String,
    ) -> String {
        let name = names.take(wanted);
        let new_name = NewName { before: None, wanted: wanted.to_owned(), given: name.clone() };
        self.push(pointer.to_owned(), text(&name), new_name);
        name
    }

    /// Adds a note about a schema that was renamed, at its new name.
    pub fn add_renamed(&mut self, (before, after): (&str, &str), text: String) {
        let new_name = NewName {
            before: Some(before.to_owned()),
            wanted: after.to_owned(),
            given: after.to_owned(),
        };
        self.push(pointer::child("/components/schemas", after), text, new_name);
    }

    fn push(&mut self, pointer: String, text: String, new_name: NewName) {
        self.notes.notes.push(Note { pass: self.pass, pointer, text, new_name: Some(new_name) });
    }
}
