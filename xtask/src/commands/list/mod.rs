//! `cargo xtask list`: lists all operations, with their sources, examples and snapshots.

mod markdown;
mod row;
mod table;

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use openapi::policy::Policy;
use thiserror::Error;

use crate::exit::{Exit, Problem};
use crate::findings::{self, Extent, LINT_ALL, count};
use crate::io::files::{Action, Cannot, FileError, read_text};
use crate::io::messages;
use crate::io::workspace::Workspace;
use crate::io::workspace_error::WorkspaceError;

use self::markdown::NoMarks;
use self::row::Row;

/// The format of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For the terminal, a table for each API.
    Table,
    /// The table of README.md, for consumers.
    Markdown,
    /// A JSON array with an object for each operation.
    Json,
}

/// The reasons why there is no list.
#[derive(Debug, Error)]
pub(crate) enum ListError {
    /// The specs cannot be read.
    #[error(transparent)]
    Specs(#[from] WorkspaceError),
    /// There are errors in the specs.
    #[error("only good specs can be listed")]
    Refused,
    /// It cannot be printed.
    #[error("cannot print the list: {0}")]
    Print(io::Error),
    /// A file cannot be read or written.
    #[error(transparent)]
    File(#[from] FileError),
    /// A file has no marks around it.
    #[error("cannot update {}: {reason}", path.display())]
    NoMarks {
        /// The file.
        path: PathBuf,
        /// The reason.
        reason: NoMarks,
    },
}

impl Problem for ListError {
    fn next(&self) -> String {
        let next = match self {
            Self::Specs(_) => "`cargo xtask new NAME` starts a spec",
            Self::Refused => "`cargo xtask lint` shows what is wrong with them",
            Self::Print(_) | Self::File(_) | Self::NoMarks { .. } => {
                "put that right, then run the command again"
            }
        };
        next.to_owned()
    }
}

/// Prints the list.
///
/// # Errors
/// If the specs are not good, or nothing can be printed.
pub(crate) fn print(workspace: &Workspace, format: Format) -> Result<Exit, ListError> {
    with_rows(workspace, |rows| {
        let text = match format {
            Format::Table => table::render(rows),
            Format::Markdown => markdown::render(rows),
            Format::Json => {
                format!("{:#}\n", rows.iter().map(Row::json).collect::<serde_json::Value>())
            }
        };
        anstream::stdout().write_all(text.as_bytes()).map_err(ListError::Print)
    })
}

/// Puts the list as Markdown between the marks of a file.
///
/// # Errors
/// If the specs are not good, or the file has no marks or cannot be written.
pub(crate) fn write(workspace: &Workspace, path: &Path) -> Result<Exit, ListError> {
    let path = &workspace.root().join(path);
    with_rows(workspace, |rows| {
        let before = read_text(path)?;
        let no_marks = |reason| ListError::NoMarks { path: path.to_path_buf(), reason };
        let after = markdown::replace(&before, rows).map_err(no_marks)?;
        if before == after {
            messages::status("Fresh", &path.display().to_string());
            return Ok(());
        }
        fs::write(path, after).or_cannot(Action::Write, path)?;
        messages::attention("Updated", &path.display().to_string());
        Ok(())
    })
}

/// Calls a function with the list of all operations.
fn with_rows(
    workspace: &Workspace,
    work: impl FnOnce(&[Row<'_>]) -> Result<(), ListError>,
) -> Result<Exit, ListError> {
    let sources = workspace.specs()?;
    workspace.report_strays();
    let text = count(sources.len(), "spec");
    let package = workspace.package()?;
    let generated = messages::progress("Reading", &text, || {
        package.and_then(|package| codegen::generate(&package, sources, Policy::Refuse))
    });
    let generated = generated.map_err(|found| {
        findings::print_error(&found, Extent::Few { more: LINT_ALL });
        ListError::Refused
    })?;
    let apis = generated.apis.iter().map(|lowered| &lowered.api);
    let rows: Vec<Row<'_>> = apis
        .flat_map(|api| {
            api.operations.iter().map(move |operation| Row::new(workspace, api, operation))
        })
        .collect();
    work(&rows)?;
    Ok(Exit::Success)
}
