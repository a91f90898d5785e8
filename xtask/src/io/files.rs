//! Reads and replaces files. Its errors name the file or folder.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use openapi::source::SpecSource;
use tempfile::TempPath;
use thiserror::Error;

/// The start of the names of files that wait to replace others. A command that is killed leaves
/// them.
const TEMPORARY: &str = ".xtask-";
/// The permissions of new files, from which the user's mask is taken.
#[cfg(unix)]
const FOR_ALL: u32 = 0o666;

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
    write_beside(path, text)
        .or_cannot(Action::Write, path)?
        .replace()
        .or_cannot(Action::Replace, path)
}

/// A file that is written, and waits to replace another one. Dropping it deletes it.
#[derive(Debug)]
pub(crate) struct Replacement {
    temporary: TempPath,
    path: PathBuf,
}

impl Replacement {
    /// Takes the place of the file, or of the link to a file, that it replaces.
    ///
    /// # Errors
    /// If the system refuses it.
    pub(crate) fn replace(self) -> io::Result<()> {
        self.temporary.persist(&self.path).map_err(|refused| refused.error)
    }

    /// Returns the path of the file that it replaces.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }
}

/// Writes the replacement of the file `path` into the same folder, and waits until the disk has it.
///
/// Its name cannot be predicted, and it is made only if nothing has that name, not even a link.
///
/// # Errors
/// If it cannot be made or written, for example since the disk is full.
pub(crate) fn write_beside(path: &Path, text: &str) -> io::Result<Replacement> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let mut builder = tempfile::Builder::new();
    builder.prefix(TEMPORARY).suffix(".new");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(FOR_ALL));
    let mut file = builder.tempfile_in(folder.unwrap_or(Path::new(".")))?;
    file.write_all(text.as_bytes())?;
    file.as_file().sync_data()?;
    // Closed, since a process may have only so many open files.
    Ok(Replacement { temporary: file.into_temp_path(), path: path.to_path_buf() })
}

#[cfg(all(test, unix))]
mod tests {
    use std::fs;
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::{replace_text, write_beside};

    #[test]
    fn a_replacement_has_a_name_of_its_own_and_goes_away_unless_it_replaces() {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let path = folder.path().join("a.rs");
        let names = || {
            let entries = fs::read_dir(folder.path()).expect("the folder is there");
            let names = entries.map(|entry| entry.expect("the entry is there").file_name());
            names.collect::<Vec<_>>()
        };
        let one = write_beside(&path, "one").expect("a file can be written");
        let other = write_beside(&path, "other").expect("a file can be written");
        assert_eq!(names().len(), 2);
        one.replace().expect("a file can be renamed");
        drop(other);
        assert_eq!(
            (names(), fs::read_to_string(&path).ok()),
            (vec!["a.rs".into()], Some("one".into()))
        );
        let plain = folder.path().join("b.rs");
        fs::write(&plain, "").expect("a file can be written");
        let mode = |path| fs::metadata(path).expect("the file is there").permissions().mode();
        assert_eq!(mode(&path), mode(&plain), "others may read it as any file");
    }

    #[test]
    fn a_link_is_replaced_and_not_followed() {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let [target, link] = ["target", "link"].map(|name| folder.path().join(name));
        fs::write(&target, "before").expect("a file can be written");
        symlink(&target, &link).expect("a link can be made");
        replace_text(&link, "after").expect("a file can be replaced");
        assert_eq!(fs::read_to_string(&target).ok().as_deref(), Some("before"));
        assert_eq!(fs::read_to_string(&link).ok().as_deref(), Some("after"));
        assert!(!link.is_symlink());
    }
}
