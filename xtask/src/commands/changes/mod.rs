//! `cargo xtask changes`: tells what changed between two states of specs or documents, and what
//! that means for consumers.

mod error;
mod options;
mod pairs;
mod states;

use std::io::Write;

use changes::{Bump, Change, Deployed, Version, report, required};
use openapi::Findings;
use openapi::policy::Policy;
use openapi::source::SpecSource;
use serde::{Deserialize, Serialize};

use crate::child::{self, referenced_files};
use crate::exit::Exit;
use crate::findings::{self, Extent};
use crate::io::messages;
use crate::io::workspace::Workspace;
use options::{Deny, Format};
use pairs::Compared;

pub(crate) use error::ChangesError;
pub(crate) use options::Options;
pub(crate) use states::last_tag;

/// What is printed of two documents.
#[derive(Serialize, Deserialize)]
struct Report {
    /// The changes in the format that was asked for.
    text: String,
    /// True if a change is denied.
    is_denied: bool,
    /// The number of the document that no client can be made of, with what is wrong with it.
    refused: Option<(usize, Vec<openapi::diagnostic::Diagnostic>)>,
}

/// Prints the changes.
///
/// # Errors
/// If a state cannot be read, or nothing can be printed.
pub(crate) fn run(workspace: &Workspace, options: &Options) -> Result<Exit, ChangesError> {
    let report = match options.documents() {
        Some(documents) => of_documents(options, &documents)?,
        None => of_specs(workspace, options)?,
    };
    anstream::stdout().write_all(report.text.as_bytes()).map_err(ChangesError::Print)?;
    Ok(if report.is_denied { Exit::Denied } else { Exit::Success })
}

/// Compares two states of the specs.
fn of_specs(workspace: &Workspace, options: &Options) -> Result<Report, ChangesError> {
    let (from, to) = states::read(workspace, options.from.as_deref(), options.to.as_deref())?;
    let apis = options.apis();
    let is_known = |api: &String| from.iter().chain(&to).any(|source| source.stem() == api);
    if let Some(unknown) = apis.iter().find(|api| !is_known(api)) {
        return Err(ChangesError::UnknownApi(unknown.clone()));
    }
    match messages::progress("Comparing", "specs", || pairs::compare(&apis, from, to)) {
        Ok(changes) => Ok(report(options, &changes, workspace.version())),
        Err(found) => Err(refused(&[found])),
    }
}

/// Returns the changes of all specs since the last tag, or since HEAD if there is none.
///
/// # Errors
/// If a state cannot be read, or no client can be made of a spec.
pub(crate) fn since_last_tag(workspace: &Workspace) -> Result<Vec<Change>, ChangesError> {
    let (from, to) = states::read(workspace, None, None)?;
    pairs::compare(&[], from, to).map_err(|found| refused(&[found]))
}

/// Prints what changes mean for a version, in three lines.
pub(crate) fn print_summary(changes: &[Change], version: Option<Version>) {
    for line in report::summary(changes, version).lines() {
        messages::status("Changes", line);
    }
}

/// Compares two documents in a child.
fn of_documents(
    options: &Options,
    documents: &[&std::path::Path; 2],
) -> Result<Report, ChangesError> {
    let arguments = options.arguments();
    let arguments: Vec<&std::ffi::OsStr> = arguments.iter().map(AsRef::as_ref).collect();
    let outcome = messages::progress("Comparing", "documents", || {
        child::run::<Report>("changes-child", &arguments, options.limits)
    })?;
    let source = |index: usize| crate::io::files::read_document(documents[index]);
    match outcome {
        Ok(Report { refused: Some((index, diagnostics)), .. }) => {
            Err(refused(&[Findings { source: source(index)?, diagnostics }]))
        }
        Ok(report) => Ok(report),
        Err(stopped) => {
            Err(refused(&[Findings { source: source(1)?, diagnostics: vec![stopped] }]))
        }
    }
}

/// Prints what is wrong with documents.
fn refused(found: &[Findings]) -> ChangesError {
    findings::print_error(found, Extent::Few { more: findings::LINT_ALL });
    ChangesError::Refused(found.iter().map(|found| found.source.path.clone()).collect())
}

/// Does the work of the child: prints the report on two documents as JSON.
pub(crate) fn child(options: Options) -> Exit {
    let limits = options.limits;
    child::limited(limits, move || {
        let read = |path: &std::path::Path| -> Result<SpecSource, ChangesError> {
            Ok(referenced_files::read_with_files(path, referenced_files::folder_of(path))?)
        };
        let Some([before, after]) = options.documents() else {
            return Err(ChangesError::NoDocuments);
        };
        let sources = [read(before)?, read(after)?];
        Ok(match pairs::documents(sources, Policy::Repair) {
            Compared::Changes(changes) => report(&options, &changes, None),
            Compared::Refused(index, diagnostics) => Report {
                text: String::new(),
                is_denied: false,
                refused: Some((index, diagnostics)),
            },
        })
    })
}

fn report(options: &Options, changes: &[Change], version: Option<Version>) -> Report {
    let text = match options.format {
        Format::Human => report::render(changes, version),
        Format::Json => format!("{:#}\n", report::render_json(changes)),
        Format::Markdown => report::render_markdown(changes),
    };
    let breaks = |change: &Change| {
        change.bump() == Bump::Major || change.verdict.deployed == Deployed::Breaks
    };
    let is_denied = match options.deny {
        None => false,
        Some(Deny::Breaking) => changes.iter().any(breaks),
        Some(Deny::Behaviour) => {
            let differs = |change: &Change| change.verdict.behaviour().is_some();
            changes.iter().any(|change| breaks(change) || differs(change))
        }
        Some(Deny::Any) => required(changes) != Bump::None,
    };
    Report { text, is_denied, refused: None }
}
