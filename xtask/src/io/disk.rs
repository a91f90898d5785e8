//! Compares a file tree with a folder, and makes the folder equal to it.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use codegen::file_tree::FileTree;

use super::files::{Action, Cannot, FileError};

/// The way in which a file on disk differs from the generated one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Change {
    /// On disk with other contents.
    Changed,
    /// Not on disk.
    Missing,
    /// On disk, but not generated.
    Extra,
}

/// Returns the differences between `tree` and `folder`, by path.
///
/// # Errors
/// If a file or folder cannot be read.
pub(crate) fn compare(
    tree: &FileTree,
    folder: &Path,
) -> Result<BTreeMap<String, Change>, FileError> {
    let mut changes = BTreeMap::new();
    for (path, text) in tree {
        match fs::read(folder.join(path)) {
            Ok(bytes) if bytes == text.as_bytes() => {}
            Ok(_) => drop(changes.insert(path.clone(), Change::Changed)),
            Err(error) if is_absent(&error) => drop(changes.insert(path.clone(), Change::Missing)),
            Err(error) => return Err(error).or_cannot(Action::Read, &folder.join(path)),
        }
    }
    for path in files_below(folder).or_cannot(Action::Read, folder)? {
        if !tree.contains_key(&path) {
            changes.insert(path, Change::Extra);
        }
    }
    Ok(changes)
}

/// Reads the lists of public names below `folder`, if there is such a folder. Files that are not
/// UTF-8 are left out.
///
/// # Errors
/// If a file or folder cannot be read.
pub(crate) fn name_lists(folder: &Path) -> Result<FileTree, FileError> {
    let paths = files_below(folder).or_cannot(Action::Read, folder)?;
    let mut tree = FileTree::new();
    for path in paths.into_iter().filter(|path| path.starts_with("names/")) {
        let bytes = fs::read(folder.join(&path)).or_cannot(Action::Read, &folder.join(&path))?;
        tree.extend(String::from_utf8(bytes).ok().map(|text| (path, text)));
    }
    Ok(tree)
}

/// Makes `folder` equal to `tree`, of which it differs by `changes`. All files are written under
/// other names first, so that nothing has changed if one cannot be; then they are renamed, and
/// extra files are deleted last: the workspace must never be without the manifest in it.
///
/// # Errors
/// If a file cannot be written, replaced or deleted.
pub(crate) fn write(
    tree: &FileTree,
    changes: &BTreeMap<String, Change>,
    folder: &Path,
) -> Result<(), FileError> {
    let (extra, wanted): (Vec<_>, Vec<_>) =
        changes.iter().partition(|(_, change)| **change == Change::Extra);
    let mut prepared: Vec<(PathBuf, PathBuf)> = Vec::new();
    for (path, text) in
        wanted.iter().filter_map(|(path, _)| Some((folder.join(path), tree.get(*path)?)))
    {
        match prepare(&path, text) {
            Ok(temporary) => prepared.push((temporary, path)),
            Err(error) => {
                for (temporary, _) in prepared {
                    // The error to report is that of the write, whether the others go away or not.
                    let _ = fs::remove_file(temporary);
                }
                return Err(error).or_cannot(Action::Write, &path);
            }
        }
    }
    for (temporary, path) in prepared {
        fs::rename(&temporary, &path).or_cannot(Action::Replace, &path)?;
    }
    for (path, _) in extra {
        let path = folder.join(path);
        fs::remove_file(&path).or_cannot(Action::Delete, &path)?;
        remove_empty_parents(&path, folder);
    }
    Ok(())
}

/// Writes a file next to the one that it replaces.
fn prepare(path: &Path, text: &str) -> io::Result<PathBuf> {
    if path.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)?;
    }
    let mut temporary = path.as_os_str().to_owned();
    temporary.push(".new");
    let temporary = PathBuf::from(temporary);
    fs::write(&temporary, text)?;
    Ok(temporary)
}

fn remove_empty_parents(path: &Path, top: &Path) {
    let parents = path.ancestors().skip(1).take_while(|parent| *parent != top);
    for parent in parents {
        if fs::remove_dir(parent).is_err() {
            return;
        }
    }
}

/// Returns the paths of all files below `folder`, relative to it, with `/` as separator.
fn files_below(folder: &Path) -> io::Result<Vec<String>> {
    let mut files = Vec::new();
    let mut open = vec![(folder.to_path_buf(), String::new())];
    while let Some((folder, prefix)) = open.pop() {
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) if is_absent(&error) => continue,
            Err(error) => return Err(error),
        };
        for entry in entries {
            let entry = entry?;
            let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
            if entry.file_type()?.is_dir() {
                open.push((entry.path(), format!("{path}/")));
            } else {
                files.push(path);
            }
        }
    }
    Ok(files)
}

fn is_absent(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}
