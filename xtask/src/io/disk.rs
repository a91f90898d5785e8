//! Compares a file tree with a folder, and makes the folder equal to it.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use codegen::file_tree::FileTree;

use super::files::{Action, Cannot, FileError, Replacement, write_beside};

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
    // Links are refused before anything is read from behind them.
    let on_disk = files_below(folder)?;
    for (path, text) in tree {
        match fs::read(folder.join(path)) {
            Ok(bytes) if bytes == text.as_bytes() => {}
            Ok(_) => drop(changes.insert(path.clone(), Change::Changed)),
            Err(error) if is_absent(&error) => drop(changes.insert(path.clone(), Change::Missing)),
            Err(error) => return Err(error).or_cannot(Action::Read, &folder.join(path)),
        }
    }
    for path in on_disk {
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
    let is_list = |path: &String| path.starts_with("names/") && path.ends_with(".txt");
    let mut tree = FileTree::new();
    for path in files_below(folder)?.into_iter().filter(is_list) {
        let bytes = fs::read(folder.join(&path)).or_cannot(Action::Read, &folder.join(&path))?;
        tree.extend(String::from_utf8(bytes).ok().map(|text| (path, text)));
    }
    Ok(tree)
}

/// Makes `folder` equal to `tree`, of which it differs by `changes`.
///
/// All files are written under other names first, so that nothing has changed if one cannot be.
/// Then they are renamed, the manifest last, since it names other files. Extra files are deleted
/// after that: the workspace must never be without a manifest or without a file that the manifest
/// names. A run that is killed on the way leaves what the next one takes for changed or extra
/// files.
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
    let wanted = wanted.iter().filter_map(|(path, _)| Some((folder.join(path), tree.get(*path)?)));
    let mut replacements = prepare(wanted.collect(), folder)?;
    replacements.sort_by_key(|one| one.path().ends_with("Cargo.toml"));
    for replacement in replacements {
        let path = replacement.path().to_path_buf();
        replacement.replace().or_cannot(Action::Replace, &path)?;
    }
    for (path, _) in extra {
        let path = folder.join(path);
        match fs::remove_file(&path) {
            Err(error) if !is_absent(&error) => return Err(error).or_cannot(Action::Delete, &path),
            _ => remove_empty_parents(&path, folder),
        }
    }
    Ok(())
}

/// Writes all files next to those that they replace. Leaves nothing behind if that fails.
fn prepare(wanted: Vec<(PathBuf, &String)>, folder: &Path) -> Result<Vec<Replacement>, FileError> {
    let written =
        wanted.iter().map(|(path, text)| prepare_one(path, text).or_cannot(Action::Write, path));
    // The files that were written before the first error are dropped, and deleted by that.
    let written = written.collect::<Result<Vec<_>, _>>();
    if written.is_err() {
        wanted.iter().for_each(|(path, _)| remove_empty_parents(path, folder));
        // It may have been made for them as well. If not, it is not empty.
        let _ = fs::remove_dir(folder);
    }
    written
}

fn prepare_one(path: &Path, text: &str) -> io::Result<Replacement> {
    if path.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)?;
    }
    write_beside(path, text)
}

fn remove_empty_parents(path: &Path, top: &Path) {
    let parents = path.ancestors().skip(1).take_while(|parent| *parent != top);
    for parent in parents {
        if fs::remove_dir(parent).is_err_and(|error| !is_absent(&error)) {
            return;
        }
    }
}

/// Returns the paths of all files below `folder`, relative to it, with `/` as separator.
///
/// Fails if something there is a link out of the folder that holds `folder`, or a link to another
/// folder: what is written there would be written elsewhere.
fn files_below(folder: &Path) -> Result<Vec<String>, FileError> {
    check_link(folder, folder)?;
    let mut files = Vec::new();
    let mut open = vec![(folder.to_path_buf(), String::new())];
    while let Some((inner, prefix)) = open.pop() {
        let entries = match fs::read_dir(&inner) {
            Ok(entries) => entries,
            Err(error) if is_absent(&error) => continue,
            Err(error) => return Err(error).or_cannot(Action::Read, &inner),
        };
        for entry in entries {
            let entry = entry.or_cannot(Action::Read, &inner)?;
            let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
            if entry.file_type().or_cannot(Action::Read, &entry.path())?.is_dir() {
                open.push((entry.path(), format!("{path}/")));
            } else {
                check_link(&entry.path(), folder)?;
                files.push(path);
            }
        }
    }
    Ok(files)
}

/// Fails if `path`, which is `top` or below it, is a link that leads out of the folder of `top`, or
/// to a folder below `top`. A link that leads nowhere is harmless.
fn check_link(path: &Path, top: &Path) -> Result<(), FileError> {
    let holder = top.parent().filter(|holder| !holder.as_os_str().is_empty());
    let holder = holder.unwrap_or(Path::new(".")).canonicalize();
    let (true, Ok(real), Ok(holder)) = (path.is_symlink(), path.canonicalize(), holder) else {
        return Ok(());
    };
    let what = match (real.starts_with(&holder), real.is_dir() && path != top) {
        (true, false) => return Ok(()),
        (true, true) => "which is another folder",
        (false, _) => "which is outside",
    };
    let problem = format!("it is a link to {}, {what}: delete the link", real.display());
    Err(io::Error::other(problem)).or_cannot(Action::Replace, path)
}

fn is_absent(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}
