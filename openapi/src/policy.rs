//! What becomes of a document that is not as it should be.

use crate::rule::Group;

/// How strictly a document is taken.
///
/// The policy is applied where a document is loaded, where the rules are chosen that it is held to, and where the generator
/// meets a shape that it has no code for. Everything else takes a document as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Policy {
    /// A document with a mistake is refused, and its maintainer corrects it: the specs of this workspace.
    Refuse,
    /// What has one sensible repair is repaired, and operations without any are left out: documents of vendors.
    Repair,
}

impl Policy {
    /// Returns true if documents are held to the rules of this group.
    #[must_use]
    pub fn applies(self, group: Group) -> bool {
        self == Self::Refuse || !group.is_for_specs_alone()
    }
}
