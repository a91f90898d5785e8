//! Checks a document against OpenAPI 3.0: its version, its keywords, its references and its
//! schemas.
//!
//! Each check relies on the previous ones, so the first check with a finding is the last one that
//! runs.

mod keywords;
mod references;
mod schemas;
mod version;

use serde_json::Value;

use crate::diagnostic::Diagnostic;
use crate::objects;

pub(crate) use keywords::{HTTP_SCHEMES, known_extensions};
pub(crate) use schemas::check as schemas;

/// The state of a document that is checked.
#[derive(Clone, Copy)]
pub(crate) enum State<'t> {
    /// A spec as it was read from this source text.
    Written(&'t str),
    /// A vendor's document, which has been repaired so far.
    Repaired,
}

impl<'t> State<'t> {
    fn text(self) -> Option<&'t str> {
        match self {
            Self::Written(text) => Some(text),
            Self::Repaired => None,
        }
    }
}

/// Returns the findings of the first check that has any.
pub(crate) fn check(root: &Value, state: State<'_>) -> Vec<Diagnostic> {
    let mut found = version::check(root, state);
    if found.is_empty() {
        let nodes = objects::list(root);
        found = keywords::check(&nodes, state.text());
        if found.is_empty() {
            found = references::check(root, &nodes, state);
        }
    }
    found
}
