//! The document that is read, with what is found while it is read.

use std::collections::BTreeSet;

use serde_json::Value;

use super::PASS;
use openapi::diagnostic::{Diagnostic, Location, Subject};
use openapi::notes::Notes;
use openapi::policy::Policy;
use openapi::reference;
use openapi::rule::Rule;

/// The document that is read, and the findings about it.
pub(super) struct Reader<'d> {
    pub root: &'d Value,
    pub policy: Policy,
    pub diagnostics: Vec<Diagnostic>,
    pub warnings: Vec<Diagnostic>,
    /// What is not supported, with the ids of the operations that are left out because of it.
    pub refused: Vec<(Diagnostic, BTreeSet<String>)>,
    pub notes: Notes,
    /// The ids of the operations that are being read.
    pub reading: BTreeSet<String>,
    /// The number of refusals, some of which may be about the same component.
    pub refusals: usize,
}

impl<'d> Reader<'d> {
    /// Follows a chain of references to the component at its end. References were checked to
    /// resolve.
    pub(super) fn resolve<'n>(&self, node: &'n Value) -> &'n Value
    where
        'd: 'n,
    {
        reference::resolve(self.root, node)
    }

    /// Returns what a single reference refers to, or the node if it is none.
    pub(super) fn direct_target<'n>(&self, node: &'n Value) -> Option<&'n Value>
    where
        'd: 'n,
    {
        match reference::of(node) {
            Some(reference) => reference::target(self.root, reference),
            None => Some(node),
        }
    }

    /// Returns true if what cannot be sent as documented may be sent in another way or be left out,
    /// with a note.
    pub(super) fn may_leave_out(&self) -> bool {
        self.policy == Policy::Repair
    }

    /// Reports an unsupported shape if the policy allows no other way to send it. Returns true if
    /// it did so.
    pub(super) fn refuses(&mut self, pointer: &str, what: &str, help: &str) -> bool {
        let refuses = !self.may_leave_out();
        if refuses {
            self.unsupported(pointer, what, help);
        }
        refuses
    }

    /// Adds a note about a node that is read in another way than the document says.
    pub(super) fn note(&mut self, pointer: &str, text: impl Into<String>) {
        self.notes.add(PASS, pointer, text);
    }

    /// Reports a shape that no correct client can be generated for yet.
    pub(super) fn unsupported(&mut self, pointer: &str, what: &str, help: &str) {
        let diagnostic = Diagnostic {
            rule: Rule::UnsupportedShape,
            subject: Subject::Node,
            location: Location::Pointer(pointer.to_owned()),
            what: format!("This is not supported yet: {what}."),
            why: "The generator cannot generate a correct client for it yet.".to_owned(),
            help: format!("{help}."),
        };
        self.refusals += 1;
        // A component is reported once, however many operations use it.
        match self.refused.iter_mut().find(|(known, _)| *known == diagnostic) {
            Some((_, operations)) => operations.extend(self.reading.iter().cloned()),
            None => self.refused.push((diagnostic, self.reading.clone())),
        }
    }
}
