//! Reads and replaces files. Its errors name the file or folder.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use openapi::source::SpecSource;
use thiserror::Error;

/// An action on a file or folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Action {
    Delete,
    Make,
    Read,
    Replace,
    Write,
}

impl Action {
    fn verb(self) -> &'static str {
        match self {
            Self::Delete => "delete",
            Self::Make => "make",
            Self::Read => "read",
            Self::Replace => "replace",
            Self::Write => "write",
        }
    }
}

/// An action on a file or folder that failed.
#[derive(Debug, Error)]
#[error("cannot {} {}: {source}", action.verb(), path.display())]
pub(crate) struct FileError {
    action: Action,
    path: PathBuf,
    source: io::Error,
}

/// Adds the file or folder to an error of the system.
pub(crate) trait Cannot<T> {
    /// Returns the same result, with an error that names the action and the path.
    ///
    /// # Errors
    /// If there is one already.
    fn or_cannot(self, action: Action, path: &Path) -> Result<T, FileError>;
}

impl<T> Cannot<T> for io::Result<T> {
    fn or_cannot(self, action: Action, path: &Path) -> Result<T, FileError> {
        self.map_err(|source| FileError { action, path: path.to_path_buf(), source })
    }
}

/// Reads a document.
///
/// # Errors
/// If the file cannot be read.
pub(crate) fn read_document(path: &Path) -> Result<SpecSource, FileError> {
    let bytes = read_bytes(path).or_cannot(Action::Read, path)?;
    Ok(SpecSource::from_bytes(path.display().to_string(), bytes))
}

/// Reads the bytes of a file, but not of a pipe, which could block.
///
/// # Errors
/// If it is no file, or cannot be read.
pub(crate) fn read_bytes(path: &Path) -> io::Result<Vec<u8>> {
    if fs::metadata(path)?.is_file() {
        return fs::read(path);
    }
    Err(io::Error::new(io::ErrorKind::InvalidInput, "it is no file"))
}

/// Reads a file that is UTF-8.
///
/// # Errors
/// If it cannot be read, or is not UTF-8.
pub(crate) fn read_text(path: &Path) -> Result<String, FileError> {
    fs::read_to_string(path).or_cannot(Action::Read, path)
}

/// Replaces a file as a whole, so that nobody reads half of it.
///
/// # Errors
/// If it cannot be written.
pub(crate) fn replace_text(path: &Path, text: &str) -> Result<(), FileError> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let temporary = path.with_file_name(format!(".{name}.new"));
    let replaced = fs::write(&temporary, text).and_then(|()| fs::rename(&temporary, path));
    if replaced.is_err() {
        // The error to report is the first one, whether the other file goes away or not.
        let _ = fs::remove_file(&temporary);
    }
    replaced.or_cannot(Action::Replace, path)
}
