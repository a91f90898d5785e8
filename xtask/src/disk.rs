//! Compares a file tree with a folder, and makes the folder equal to it.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use codegen::tree::FileTree;

/// How a file on disk differs from what was generated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// On disk with other contents.
    Changed,
    /// Not on disk.
    Missing,
    /// On disk, but not generated.
    Extra,
}

/// The differences between `tree` and `folder`, by path.
///
/// # Errors
/// When the folder cannot be read.
pub fn compare(tree: &FileTree, folder: &Path) -> io::Result<BTreeMap<String, Change>> {
    let mut changes = BTreeMap::new();
    for (path, text) in tree {
        match fs::read(folder.join(path)) {
            Ok(bytes) if bytes == text.as_bytes() => {}
            Ok(_) => drop(changes.insert(path.clone(), Change::Changed)),
            Err(error) if is_absent(&error) => drop(changes.insert(path.clone(), Change::Missing)),
            Err(error) => return Err(error),
        }
    }
    for path in files_below(folder)? {
        if !tree.contains_key(&path) {
            changes.insert(path, Change::Extra);
        }
    }
    Ok(changes)
}

/// Makes `folder` equal to `tree`, of which it differs by `changes`. Files are replaced whole, and deleted last: the
/// workspace must never be without the manifest in it.
///
/// # Errors
/// When a file cannot be written; those before it are in place, those after it are as they were.
pub fn write(tree: &FileTree, changes: &BTreeMap<String, Change>, folder: &Path) -> io::Result<()> {
    for path in changes.iter().filter(|(_, change)| **change != Change::Extra).map(|(path, _)| path) {
        if let Some(text) = tree.get(path) {
            replace(&folder.join(path), text)?;
        }
    }
    for path in changes.iter().filter(|(_, change)| **change == Change::Extra).map(|(path, _)| path) {
        let path = folder.join(path);
        fs::remove_file(&path)?;
        remove_empty_parents(&path, folder);
    }
    Ok(())
}

/// Writes beside the file and renames, so that nobody sees half a file.
fn replace(path: &Path, text: &str) -> io::Result<()> {
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)?;
    }
    let mut temporary = path.as_os_str().to_owned();
    temporary.push(".new");
    let temporary = PathBuf::from(temporary);
    let written = fs::write(&temporary, text).and_then(|()| fs::rename(&temporary, path));
    if written.is_err() {
        // The error of the write is the one to report, whether the half-written file goes away or not.
        let _ = fs::remove_file(&temporary);
    }
    written
}

fn remove_empty_parents(path: &Path, top: &Path) {
    let parents = path.ancestors().skip(1).take_while(|parent| *parent != top);
    for parent in parents {
        if fs::remove_dir(parent).is_err() {
            return;
        }
    }
}

/// Paths of all files below `folder`, relative to it, with `/` between folders.
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
