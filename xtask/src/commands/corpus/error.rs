//! The errors of `cargo xtask corpus`.

use std::path::PathBuf;

use thiserror::Error;

use super::compile::CompileError;
use super::documents::NoFolder;
use crate::child::ChildError;
use crate::exit::{Exit, Problem};
use crate::io::files::FileError;

/// The reasons why there is no table, or why a report is out of date.
#[derive(Debug, Error)]
pub(crate) enum CorpusError {
    /// No folder is named, and there is none where one is looked for.
    #[error(transparent)]
    NoFolder(#[from] NoFolder),
    /// The folder has no document.
    #[error("{} holds no document: one is a file like `api.yaml` or `api.json` that starts with `openapi`", .0.display())]
    NoDocument(PathBuf),
    /// A file or folder cannot be read or written.
    #[error(transparent)]
    File(#[from] FileError),
    /// The argument of `--report` is a file that holds something else.
    #[error("{} holds something else than a report, and stays as it is", .0.display())]
    NoReport(PathBuf),
    /// A document cannot be generated from.
    #[error(transparent)]
    Child(#[from] ChildError),
    /// Clients cannot be compiled.
    #[error(transparent)]
    Compile(#[from] CompileError),
    /// The report that `--check` names is not this one.
    #[error("{} does not hold this table", .0.display())]
    Stale(PathBuf),
}

impl Problem for CorpusError {
    fn next(&self) -> String {
        let next = match self {
            Self::NoFolder(_) | Self::NoDocument(_) => {
                "name a folder with documents: `cargo xtask corpus DIR`"
            }
            Self::NoReport(_) => "name another file",
            Self::Stale(_) => {
                "run the command with `--compile --report` in place of `--check` and review the difference"
            }
            _ => "put that right, then run the command again",
        };
        next.to_owned()
    }

    fn exit(&self) -> Exit {
        if matches!(self, Self::Stale(_)) { Exit::Stale } else { Exit::Failure }
    }
}
