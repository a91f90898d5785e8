//! The reasons why specs or documents cannot be read.

use std::path::PathBuf;

use thiserror::Error;

use super::files::FileError;

/// The reasons why specs or documents cannot be read.
#[derive(Debug, Error)]
pub(crate) enum WorkspaceError {
    /// The system does not let them be read.
    #[error(transparent)]
    File(#[from] FileError),
    /// No file has that name, but a spec has nearly the same one.
    #[error("{error}; did you mean `{nearest}`?")]
    Misspelt {
        /// The error of the file that is not there.
        error: FileError,
        /// The spec that was most likely meant.
        nearest: String,
    },
    /// The file that was named is no spec.
    #[error("{} is no spec of {}", path.display(), folder.display())]
    Elsewhere {
        /// The file.
        path: PathBuf,
        /// The folder of the specs.
        folder: PathBuf,
    },
    /// A file that is meant as a spec does not end in `.yaml`.
    #[error("specs/{name} would be left out, since a spec ends in `.yaml`: {help}")]
    Misnamed {
        /// Its name.
        name: String,
        /// Advice.
        help: String,
    },
    /// There is no spec.
    #[error("{} holds no spec: a spec is a file like `specs/my_api.yaml`", folder.display())]
    NoSpec {
        /// The folder of the specs.
        folder: PathBuf,
    },
}
