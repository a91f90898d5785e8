//! Checks that every object has its required keywords and no unknown ones.

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

/// Returns the findings about single objects. `text` is the source text of the objects, if they are
/// unchanged.
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
