//! The snapshots of the workspace, and the outdated ones among them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use codegen::{Generated, snapshots};

use super::files::{Action, Cannot, FileError, read_text};

/// The extension of their files.
const ENDING: &str = ".snap";

/// Reads each snapshot, by name, without the head that insta writes; none if there is no such
/// folder.
///
/// # Errors
/// If a file cannot be read.
pub(crate) fn read(folder: &Path) -> Result<BTreeMap<String, String>, FileError> {
    let mut texts = BTreeMap::new();
    if !folder.exists() {
        return Ok(texts);
    }
    for entry in fs::read_dir(folder).or_cannot(Action::Read, folder)? {
        let path = entry.or_cannot(Action::Read, folder)?.path();
        let file = path.file_name().unwrap_or_default().to_string_lossy();
        if let Some(name) = file.strip_suffix(ENDING) {
            texts.insert(name.to_owned(), body(&read_text(&path)?).to_owned());
        }
    }
    Ok(texts)
}

/// Returns the name of the file of a snapshot.
pub(crate) fn file(name: &str) -> String {
    format!("{name}{ENDING}")
}

/// Returns the snapshots that are missing, left over or outdated, except for those that only a
/// compiled test can check.
///
/// # Errors
/// If a snapshot cannot be read.
pub(crate) fn stale(folder: &Path, generated: &Generated) -> Result<BTreeSet<String>, FileError> {
    let known = read(folder)?;
    let names = snapshots::names(generated);
    let mut stale: BTreeSet<String> = names
        .iter()
        .filter(|name| !known.contains_key(*name))
        .chain(known.keys().filter(|name| !names.contains(*name)))
        .cloned()
        .collect();
    let changed = snapshots::texts(generated).into_iter().filter(|(name, text)| {
        known.get(name).is_some_and(|known| known.trim_end() != text.trim_end())
    });
    stale.extend(changed.map(|(name, _)| name));
    Ok(stale)
}

/// Returns the part after the header that insta writes between two lines of dashes.
fn body(text: &str) -> &str {
    let behind = text.strip_prefix("---\n").and_then(|text| text.split_once("\n---\n"));
    behind.map_or(text, |(_, body)| body)
}

#[cfg(test)]
mod tests {
    use super::body;

    #[test]
    fn the_head_of_a_snapshot_is_no_part_of_its_text() {
        assert_eq!(body("---\nsource: a.rs\n---\nGET /\n---\n"), "GET /\n---\n");
        assert_eq!(body("GET /\n---\n"), "GET /\n---\n");
    }
}
