//! Rules about the client of a document. The rules about the document itself are in the crate
//! `openapi`.

mod changed_names;
mod colliding_names;

use openapi::diagnostic::Diagnostic;
use openapi::policy::Policy;
use openapi::rule::Group;

use crate::lower::Lowered;

pub(crate) use changed_names::check as changed_names;

/// Returns the findings about the Rust API of a client.
pub(crate) fn check(lowered: &Lowered, policy: Policy) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    if policy.applies(Group::Rust) {
        colliding_names::check(&lowered.notes, &mut found);
    }
    found
}
