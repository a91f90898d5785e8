//! What OpenAPI 3.0 asks of a document: a version, known keywords, references that resolve, schemas without contradictions.
//!
//! Each check relies on those before it, so that the first one with a finding is the last one that runs.

mod keywords;
mod references;
mod schemas;
mod version;

use serde_json::Value;

use crate::diagnostic::Diagnostic;
use crate::objects;

pub(crate) use keywords::{HTTP_SCHEMES, known_extensions};
pub(crate) use schemas::check as schemas;

/// Returns what the first check with a finding finds. The source text is what was read, unless it has been changed since.
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
