//! The policies for imperfect documents.

use crate::rule::Group;

/// The strictness towards a document.
///
/// The policy takes effect where a document is loaded, where rules are selected, and where the
/// generator meets a shape that it does not support. All other code is independent of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Policy {
    /// A document with a mistake is refused, and its maintainer corrects it. This is for the specs
    /// of this workspace.
    Refuse,
    /// A mistake with one sensible repair is repaired, and operations with other mistakes are left
    /// out. This is for vendors' documents.
    Repair,
}

impl Policy {
    /// Returns true if the rules of this group are applied.
    #[must_use]
    pub fn applies(self, group: Group) -> bool {
        self == Self::Refuse || !group.is_for_specs_alone()
    }
}
