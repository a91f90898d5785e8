//! Collects what repairs do. What loses or invents something becomes a finding, and the rest a
//! note.

use crate::diagnostic::{Diagnostic, Location, Subject};
use crate::notes::Notes;
use crate::rule::Rule;

/// An edit that was made, with its effect in a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Edit {
    /// The document says the same in another way.
    Restated(&'static str),
    /// The document says less than before, or something that its author did not write.
    Lossy(&'static str),
}

/// Notes about what was restated, and findings about what was lost or invented.
pub(super) struct Log<'l> {
    notes: &'l mut Notes,
    found: Vec<Diagnostic>,
}

impl<'l> Log<'l> {
    pub(super) fn new(notes: &'l mut Notes) -> Self {
        Self { notes, found: Vec::new() }
    }

    /// Returns the findings.
    pub(super) fn into_findings(self) -> Vec<Diagnostic> {
        self.found
    }

    /// Adds a note of a pass about the node at a pointer.
    pub(super) fn note(&mut self, pass: &'static str, pointer: &str, text: impl Into<String>) {
        self.notes.add(pass, pointer, text);
    }

    /// Adds the edit for a finding of a check.
    pub(super) fn edited(&mut self, finding: Diagnostic, edit: Edit) {
        match edit {
            Edit::Restated(effect) => {
                let pointer = finding.location.pointer().unwrap_or_default();
                self.notes.add("repair", pointer, format!("{} {effect}", finding.what));
            }
            Edit::Lossy(effect) => self.found.push(Diagnostic {
                rule: Rule::LossyRepair,
                why: effect.to_owned(),
                ..finding
            }),
        }
    }

    /// Adds a finding about a keyword or name that is lost at a location.
    pub(super) fn lost(
        &mut self,
        (location, subject): (Location, Subject),
        [what, why, help]: [&str; 3],
    ) {
        let [what, why, help] = [what, why, help].map(str::to_owned);
        self.found.push(Diagnostic { rule: Rule::LossyRepair, subject, location, what, why, help });
    }
}
