//! The parse stage: from the text of a spec to a JSON value that is known to be OpenAPI 3.0.

mod bundle;
pub(crate) mod keywords;
pub(crate) mod objects;
pub(crate) mod places;
pub(crate) mod pointer;
mod references;
mod version;
pub(crate) mod words;
mod yaml;

use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::Findings;
use crate::diagnostic::Diagnostic;
use crate::lint::Scope;
use crate::lower::Notes;
use crate::repair;
use crate::rule::Severity;
use crate::source::SpecSource;

pub use bundle::files_referred_to;

/// A spec that is OpenAPI 3.0 as far as the generator can tell.
#[derive(Clone, Debug)]
pub struct Document {
    /// Where it came from.
    pub source: SpecSource,
    /// What it says.
    pub root: Value,
    /// Which rules it is held to.
    pub scope: Scope,
    /// What had to be repaired in it.
    pub notes: Notes,
    /// What may not be what was meant, although it can be read.
    pub warnings: Vec<Diagnostic>,
}

/// Reads a spec, or repairs a document from elsewhere, until it is OpenAPI 3.0.
///
/// # Errors
/// All findings of the first step that has any errors, and all warnings about the text.
pub fn parse(source: SpecSource, scope: Scope) -> Result<Document, Findings> {
    let mut warnings = Vec::new();
    match read(&source, scope, &mut warnings) {
        Ok((root, notes)) => Ok(Document { source, root, scope, notes, warnings }),
        Err(errors) => {
            let diagnostics = warnings.into_iter().chain(errors).collect();
            Err(Findings { source, diagnostics })
        }
    }
}

fn read(source: &SpecSource, scope: Scope, warnings: &mut Vec<Diagnostic>) -> Result<(Value, Notes), Vec<Diagnostic>> {
    let text = source.text.as_str();
    let mut notes = Notes::default();
    if scope == Scope::Document
        && let Some(mut root) = json(text)
    {
        warnings.extend(bundle::run(&mut root, source, &mut notes));
        repair::run(&mut root, &mut notes)?;
        return Ok((root, notes));
    }
    let found = yaml::check_text(text, scope).into_iter();
    let (errors, others) = found.partition(|diagnostic| diagnostic.severity() == Severity::Error);
    *warnings = others;
    none(errors)?;
    let mut root = yaml::to_value(text)?;
    match scope {
        Scope::Spec => {
            none(version::check(&root))?;
            none(check(&root, Some(text)))?;
        }
        Scope::Document => {
            warnings.extend(bundle::run(&mut root, source, &mut notes));
            repair::run(&mut root, &mut notes)?;
        }
    }
    Ok((root, notes))
}

/// What a text says that is known to be readable, as another type than a value.
pub(crate) fn read_as<T: DeserializeOwned>(text: &str) -> Option<T> {
    json(text).or_else(|| yaml::read(text).ok())
}

/// The value of a text that is to be a spec.
///
/// # Errors
/// Whatever there is to say about the text as YAML, warnings included.
pub(crate) fn read_strictly(text: &str) -> Result<Value, Vec<Diagnostic>> {
    none(yaml::check_text(text, Scope::Spec))?;
    yaml::to_value(text)
}

/// The value of a document that a program has written as JSON: none of the mistakes of people who write YAML is in it.
fn json<T: DeserializeOwned>(text: &str) -> Option<T> {
    if text.trim_start().starts_with('{') { serde_json::from_str(text).ok() } else { None }
}

/// What is wrong with the version.
pub(crate) fn check_version(root: &Value) -> Vec<Diagnostic> {
    version::check(root)
}

/// What the first check that finds something finds. The text is what was read, unless it has been changed since.
pub(crate) fn check(root: &Value, text: Option<&str>) -> Vec<Diagnostic> {
    let nodes = objects::list(root);
    let found = keywords::check(&nodes, text);
    if found.is_empty() { references::check(root, &nodes) } else { found }
}

/// Stops at the end of a step that has found something.
fn none(found: Vec<Diagnostic>) -> Result<(), Vec<Diagnostic>> {
    if found.is_empty() { Ok(()) } else { Err(found) }
}
