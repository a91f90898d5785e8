//! The errors of `cargo xtask conformance`.

use std::io;

use thiserror::Error;

use super::mock::MissingTool;
use super::report::NoMarks;
use crate::child::ChildError;
use crate::exit::{Exit, Problem};
use crate::io::files::FileError;
use crate::io::process::ProgramError;

/// The reasons why there are no verdicts.
#[derive(Debug, Error)]
pub(crate) enum ConformanceError {
    /// The tool is missing.
    #[error(transparent)]
    Missing(MissingTool),
    /// The named folders have no document.
    #[error(
        "there is no document: one is a file like `api.yaml` or `api.json` that starts with `openapi`"
    )]
    NoDocument,
    /// A file or folder cannot be read or written.
    #[error(transparent)]
    File(#[from] FileError),
    /// The argument of `--report` is a file without marks.
    #[error(transparent)]
    NoMarks(#[from] NoMarks),
    /// A document cannot be generated from.
    #[error(transparent)]
    Child(#[from] ChildError),
    /// A program cannot be run.
    #[error(transparent)]
    Program(#[from] ProgramError),
    /// There is no free port on loopback.
    #[error("cannot listen on loopback: {0}")]
    NoPort(#[from] io::Error),
}

impl Problem for ConformanceError {
    fn next(&self) -> String {
        match self {
            Self::Missing(tool) => tool.install(),
            Self::NoDocument => "name documents: `cargo xtask conformance FILE`".to_owned(),
            _ => "put that right, then run the command again".to_owned(),
        }
    }

    fn exit(&self) -> Exit {
        if matches!(self, Self::Missing(_)) { Exit::Missing } else { Exit::Failure }
    }
}
