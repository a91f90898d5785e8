//! `cargo xtask lint`: reports the findings in specs, and writes nothing.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use openapi::Findings;
use openapi::policy::Policy;
use openapi::rule::Severity;
use thiserror::Error;

use crate::child::{self, ChildError, Limits, referenced_files};
use crate::exit::{Exit, Problem};
use crate::findings::{self, All, Format, count};
use crate::io::disk;
use crate::io::files::FileError;
use crate::io::messages::{self, Stream};
use crate::io::workspace::{Documents, Workspace};
use crate::io::workspace_error::WorkspaceError;

/// The documents to lint, and the form of the findings.
#[derive(Args)]
pub(crate) struct Options {
    /// Specs, by path or by stem; all of specs/ if none is named. Vendors' documents are repaired
    /// where there is one sensible way; only the rules of YAML, OpenAPI and the generator apply to
    /// them.
    #[arg(value_name = "SPEC")]
    specs: Vec<PathBuf>,
    /// Folder below which vendors' documents may refer to files [default: the one that holds the
    /// document].
    #[arg(long, value_name = "DIR", requires = "specs")]
    within: Option<PathBuf>,
    /// Format of the findings.
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    #[command(flatten)]
    all: All,
    #[command(flatten)]
    limits: Limits,
}

/// The reasons why no findings can be printed.
#[derive(Debug, Error)]
pub(crate) enum LintError {
    /// Specs of the workspace cannot be read.
    #[error(transparent)]
    Specs(WorkspaceError),
    /// A document that was named cannot be read.
    #[error(transparent)]
    Named(WorkspaceError),
    /// `generated/` cannot be read.
    #[error(transparent)]
    Generated(#[from] FileError),
    /// A client of a vendor's document cannot be generated.
    #[error(transparent)]
    Child(#[from] ChildError),
    /// They cannot be printed.
    #[error("cannot print the findings: {0}")]
    Print(io::Error),
}

impl Problem for LintError {
    fn next(&self) -> String {
        let next = match self {
            Self::Named(_) => "name specs by path or stem, or none to lint all of specs/",
            _ => "put that right, then run the command again",
        };
        next.to_owned()
    }
}

/// Prints the findings on standard output, and how many there are on standard error.
///
/// # Errors
/// If documents cannot be read, or nothing can be printed.
pub(crate) fn run(workspace: &Workspace, options: &Options) -> Result<Exit, LintError> {
    let Options { specs: named, format, all, .. } = options;
    let failed = if named.is_empty() { LintError::Specs } else { LintError::Named };
    let documents = workspace.documents(named).map_err(failed)?;
    if named.is_empty() {
        workspace.report_strays();
    }
    let number = documents.specs.len() + documents.others.len();
    let found = messages::progress("Linting", &count(number, "spec"), || {
        find(workspace, documents, options)
    })?;
    let text = findings::render(&found, *format, all.extent(), messages::coloring(Stream::Output));
    anstream::stdout().write_all(text.as_bytes()).map_err(LintError::Print)?;
    let outlook = findings::outlook(&found);
    messages::status(
        "Linted",
        &format!("{}: {}{outlook}", count(number, "spec"), findings::summary(&found)),
    );
    if findings::number(&found, Severity::Error) == 0 {
        return Ok(Exit::Success);
    }
    messages::next("`cargo xtask explain RULE` says more about a rule, with examples");
    Ok(Exit::Found)
}

fn find(
    workspace: &Workspace,
    documents: Documents,
    options: &Options,
) -> Result<Vec<Findings>, LintError> {
    let limits = options.limits;
    let on_disk = disk::name_lists(&workspace.generated())?;
    let mut found = match workspace.package()? {
        Ok(package) => child::watched(limits, |observer| {
            let specs = documents.specs;
            codegen::lint_against(&package, specs, Policy::Refuse, &on_disk, observer)
        }),
        Err(found) => found,
    };
    for document in documents.others {
        let path = Path::new(&document.path);
        let within = options.within.as_deref().unwrap_or(referenced_files::folder_of(path));
        let outcome = child::generate(workspace, path, limits, within, None)?;
        if !outcome.diagnostics.is_empty() {
            found.push(Findings { source: document, diagnostics: outcome.diagnostics });
        }
    }
    Ok(found)
}
