//! The reasons why the folder of the specs cannot be used, with remedies.

use std::io::{self, ErrorKind};
use std::path::PathBuf;

use thiserror::Error;

use super::messages;
use crate::exit::Problem;

/// The reasons why the folder of the specs cannot be used.
#[derive(Debug, Error)]
pub(crate) enum FolderError {
    /// It does not exist.
    #[error("there is no folder {}", .0.display())]
    Missing(PathBuf),
    /// Something else has its name.
    #[error("{} is no folder", .0.display())]
    NoFolder(PathBuf),
    /// This user may not use it.
    #[error("you have no right to write to {}", .0.display())]
    NoRight(PathBuf),
    /// The system refuses it for another reason.
    #[error("cannot use {}: {source}", folder.display())]
    Other {
        /// The folder.
        folder: PathBuf,
        /// The system's reason.
        source: io::Error,
    },
}

impl FolderError {
    /// Returns the error for an error of the system about the folder, or about a file in it that
    /// cannot be written.
    pub(crate) fn of(folder: PathBuf, source: io::Error) -> Self {
        match source.kind() {
            ErrorKind::NotFound => Self::Missing(folder),
            ErrorKind::NotADirectory => Self::NoFolder(folder),
            ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => Self::NoRight(folder),
            _ => Self::Other { folder, source },
        }
    }
}

impl Problem for FolderError {
    fn next(&self) -> String {
        match self {
            Self::Missing(folder) => format!(
                "if this is the workspace, `mkdir {}`; or else name its folder by `--root`",
                messages::word(&folder.display().to_string())
            ),
            Self::NoFolder(_) => {
                "move it elsewhere, or name the folder of the workspace by `--root`".to_owned()
            }
            Self::NoRight(folder) => {
                format!(
                    "run the command as the owner of the folder, or `chmod u+w {}`",
                    messages::word(&folder.display().to_string())
                )
            }
            Self::Other { .. } => "put that right, then run the command again".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Error, ErrorKind};

    use super::FolderError;
    use crate::exit::Problem;

    #[test]
    fn every_reason_is_told_in_plain_words_with_what_to_do() {
        for (kind, what, next) in [
            (ErrorKind::NotFound, "there is no folder w/specs", "`mkdir w/specs`"),
            (ErrorKind::NotADirectory, "w/specs is no folder", "`--root`"),
            (
                ErrorKind::PermissionDenied,
                "you have no right to write to w/specs",
                "`chmod u+w w/specs`",
            ),
            (
                ErrorKind::ReadOnlyFilesystem,
                "you have no right to write to w/specs",
                "as the owner",
            ),
            (ErrorKind::StorageFull, "cannot use w/specs: ", "run the command again"),
        ] {
            let error = FolderError::of("w/specs".into(), Error::from(kind));
            assert!(error.to_string().starts_with(what), "{error}");
            assert!(error.next().contains(next), "{}", error.next());
        }
    }
}
