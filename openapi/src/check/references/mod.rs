//! Checks how objects refer to each other: references, security requirements and path templates.

mod paths;
mod security;
mod targets;

use serde_json::Value;

use super::State;
use crate::diagnostic::Diagnostic;
use crate::objects::Node;

/// Returns the findings about relations between objects.
pub(super) fn check(root: &Value, nodes: &[Node<'_>], state: State<'_>) -> Vec<Diagnostic> {
    let mut found = targets::check(root, nodes);
    if found.is_empty() {
        // Parameters are known only if all references resolve.
        found.extend(paths::check(root, nodes, state));
    }
    found.extend(security::check(root, nodes));
    found
}
