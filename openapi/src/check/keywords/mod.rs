//! Checks that every object has the keywords of its kind, all that it needs and no others.

mod extensions;
mod members;
mod operation_ids;
mod required;
mod rules;
mod types;
mod unknown;

use crate::diagnostic::Diagnostic;
use crate::objects::Node;

pub(crate) use extensions::names as known_extensions;
pub(crate) use rules::HTTP_SCHEMES;

/// Everything that is wrong with single objects. The text, if there is one, is what the objects were read from.
pub(super) fn check(nodes: &[Node<'_>], text: Option<&str>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for node in nodes {
        members::check(node, &mut found);
        extensions::check(node, &mut found);
        rules::check(node, nodes, &mut found);
    }
    required::check(nodes, &mut found);
    operation_ids::check(nodes, text, &mut found);
    found
}
