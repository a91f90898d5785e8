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

/// Returns the findings of the first check that has any. `text` is the source text, if the document
/// is unchanged.
pub(crate) fn check(root: &Value, text: Option<&str>) -> Vec<Diagnostic> {
    let mut found = version::check(root);
    if found.is_empty() {
        let nodes = objects::list(root);
        found = keywords::check(&nodes, text);
        if found.is_empty() {
            found = references::check(root, &nodes);
        }
    }
    found
}
