//! The parse stage: from the text of a spec to a JSON value that is known to be OpenAPI 3.0.

pub(crate) mod keywords;
pub(crate) mod objects;
pub(crate) mod places;
pub(crate) mod pointer;
mod references;
mod version;
pub(crate) mod words;
mod yaml;

use serde_json::Value;

use crate::Findings;
use crate::diagnostic::Diagnostic;
use crate::source::SpecSource;

/// A spec that is OpenAPI 3.0 as far as the generator can tell.
#[derive(Clone, Debug)]
pub struct Document {
    /// Where it came from.
    pub source: SpecSource,
    /// What it says.
    pub root: Value,
}

/// Reads a spec and checks that it is OpenAPI 3.0.
///
/// # Errors
///
/// All findings of the first step that has any.
pub fn parse(source: SpecSource) -> Result<Document, Findings> {
    match read(&source.text) {
        Ok(root) => Ok(Document { source, root }),
        Err(diagnostics) => Err(Findings { source, diagnostics }),
    }
}

fn read(text: &str) -> Result<Value, Vec<Diagnostic>> {
    none(yaml::check_text(text))?;
    let root = yaml::to_value(text)?;
    none(version::check(&root))?;
    none(keywords::check(&root))?;
    none(references::check(&root))?;
    Ok(root)
}

/// Stops at the end of a step that has found something.
fn none(found: Vec<Diagnostic>) -> Result<(), Vec<Diagnostic>> {
    if found.is_empty() { Ok(()) } else { Err(found) }
}
