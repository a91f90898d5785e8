//! `cargo xtask import`: creates a spec, or operations of one, from a vendor's OpenAPI document.

mod error;
mod into;
mod options;
mod outcome;
mod tell;

use openapi::Findings;
use openapi::diagnostic::Diagnostic;
use openapi::source::SpecSource;

use super::new;
use super::steps::{Started, steps};
use crate::exit::Exit;
use crate::findings::{self, count};
use crate::io::files::{FileError, read_document};
use crate::io::messages;
use crate::io::workspace::Workspace;
use error::ImportError;
use options::Target;
use outcome::{Outcome, Spec, outcome};

pub(crate) use options::Options;
pub(crate) use outcome::child;

/// Writes the operations, and prints the changes to the document, the findings of the lint and the
/// next steps.
///
/// # Errors
/// If no spec can be made of the document, or it cannot be written.
pub(crate) fn run(workspace: &Workspace, options: &Options) -> Result<Exit, ImportError> {
    let existing = match options.target() {
        Target::New(name) => {
            new::check_name(workspace, name, |name| workspace.command(&options.command(name)))?;
            None
        }
        Target::Into(spec) => Some(workspace.spec(spec)?),
    };
    if !options.operations.is_empty() && options.wanted().is_empty() {
        return Err(ImportError::NoOperationNamed);
    }
    let file = options.file.clone();
    match messages::progress("Importing", &file.display().to_string(), || outcome(options))? {
        Outcome::Imported(spec) if spec.operations == 0 => Err(ImportError::NoOperation(file)),
        Outcome::Imported(spec) => match existing {
            Some(existing) => into::add(workspace, options, &existing, spec),
            None => create(workspace, options, spec),
        },
        Outcome::Unknown(unknown) => Err(ImportError::UnknownOperation { file, unknown }),
        Outcome::Refused(found) => Err(refused(options, found)?),
    }
}

fn create(workspace: &Workspace, options: &Options, spec: Spec) -> Result<Exit, ImportError> {
    let path = options.spec();
    new::create(workspace, &options.stem(), &spec.text)?;
    messages::status("Created", &format!("{path}: {}", count(spec.operations, "operation")));
    tell::notes(&spec.notes);
    tell::secrets(&spec.secrets);
    tell::lost(options, spec.lost)?;
    let first = format!("Hold {path} against the vendor's page: {}", tell::REVIEW);
    let found =
        vec![Findings { source: SpecSource::new(path, spec.text), diagnostics: spec.findings }];
    Ok(tell::findings(options, &found, &steps(&first, &options.stem(), Started::Api)))
}

/// Prints the findings in a document.
fn refused(options: &Options, diagnostics: Vec<Diagnostic>) -> Result<ImportError, FileError> {
    let found = vec![Findings { source: read_document(&options.file)?, diagnostics }];
    findings::print(&found, options.all.extent());
    Ok(ImportError::Refused { file: options.file.clone(), summary: findings::summary(&found) })
}
