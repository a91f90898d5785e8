//! The reasons why no changes can be told.

use std::io;
use std::path::PathBuf;

use thiserror::Error;

use crate::child::ChildError;
use crate::exit::{Exit, Problem};
use crate::io::files::FileError;
use crate::io::process::ProgramError;
use crate::io::workspace_error::WorkspaceError;

/// The reasons why no changes can be told.
#[derive(Debug, Error)]
pub(crate) enum ChangesError {
    /// Specs of the workspace cannot be read.
    #[error(transparent)]
    Specs(#[from] WorkspaceError),
    /// A file cannot be read.
    #[error(transparent)]
    File(#[from] FileError),
    /// git cannot be run.
    #[error(transparent)]
    Git(#[from] ProgramError),
    /// git knows no such state.
    #[error("git shows no specs/ of `{revision}`: {reason}")]
    NoRevision {
        /// The revision.
        revision: String,
        /// The reason that git gives.
        reason: String,
    },
    /// A folder holds no specs.
    #[error("there is no spec in {}", .0.display())]
    NoSpec(PathBuf),
    /// No spec has the name.
    #[error("neither state has a spec `{0}`")]
    UnknownApi(String),
    /// No client can be made of a document.
    #[error("no client can be made of {}", .0.join(" and "))]
    Refused(Vec<String>),
    /// Two documents are needed.
    #[error("two documents are needed")]
    NoDocuments,
    /// The documents cannot be compared.
    #[error(transparent)]
    Child(#[from] ChildError),
    /// The report cannot be printed.
    #[error("cannot print the changes: {0}")]
    Print(io::Error),
}

impl Problem for ChangesError {
    fn next(&self) -> String {
        let next = match self {
            Self::NoRevision { .. } | Self::NoSpec(_) => {
                "name a revision of git or a folder with specs by `--from` and `--to`"
            }
            Self::UnknownApi(_) | Self::NoDocuments => {
                "name specs by stem, or two documents by path"
            }
            Self::Refused(_) => "`cargo xtask lint FILE` shows what is wrong with a document",
            _ => "put that right, then run the command again",
        };
        next.to_owned()
    }

    fn exit(&self) -> Exit {
        match self {
            Self::Git(ProgramError::NotStarted { .. }) => Exit::Missing,
            Self::UnknownApi(_) | Self::NoDocuments => Exit::WrongUsage,
            _ => Exit::Failure,
        }
    }
}
