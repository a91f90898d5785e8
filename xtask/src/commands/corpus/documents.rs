//! Finds the documents of a folder, but not the files that are parts of documents.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

use serde::Deserialize;
use serde::de::IgnoredAny;
use thiserror::Error;

use crate::io::workspace::Workspace;

/// The error if there is no default folder with documents.
#[derive(Debug, Error)]
#[error("there is no folder with documents: CORPUS names none, and there is no ../corpus")]
pub(crate) struct NoFolder;

/// The documents of a folder.
#[derive(Default)]
pub(crate) struct Documents {
    /// Documents, sorted.
    pub paths: Vec<PathBuf>,
    /// Number of files that are none, since they do not say which version of OpenAPI or Swagger
    /// they are written in.
    pub parts: usize,
}

/// The keywords that make a file a document.
#[derive(Deserialize)]
struct Versions {
    openapi: Option<IgnoredAny>,
    swagger: Option<IgnoredAny>,
}

/// Returns the default folder with documents: the one that the variable `CORPUS` names, else
/// `../corpus` or `../*/corpus`, relative to the workspace.
///
/// # Errors
/// If there is none.
pub(crate) fn at_hand(workspace: &Workspace) -> Result<PathBuf, NoFolder> {
    if let Some(named) = env::var_os("CORPUS").filter(|named| !named.is_empty()) {
        return Ok(named.into());
    }
    let root = workspace.root().canonicalize().unwrap_or_default();
    let around = root.parent().unwrap_or(&root);
    let mut siblings: Vec<PathBuf> =
        fs::read_dir(around).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    siblings.sort();
    let mut places = siblings.into_iter().map(|folder| folder.join("corpus"));
    let mut places = [around.join("corpus")].into_iter().chain(&mut places);
    let found = places.find(|folder| folder.is_dir() && *folder != root);
    found.ok_or(NoFolder)
}

/// All documents below a folder.
pub(crate) fn find(folder: &Path) -> io::Result<Documents> {
    let mut documents = Documents::default();
    let mut open = vec![folder.to_path_buf()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            let extension = path.extension().unwrap_or_default().to_string_lossy();
            if path.is_dir() {
                open.push(path);
            } else if ["yaml", "yml", "json"].contains(&extension.as_ref()) {
                // What cannot be read is no part of anything, and whoever generates from it says
                // why.
                if fs::read(&path)
                    .map_or(true, |bytes| is_document(&String::from_utf8_lossy(&bytes)))
                {
                    documents.paths.push(path);
                } else {
                    documents.parts += 1;
                }
            }
        }
    }
    documents.paths.sort();
    Ok(documents)
}

/// Returns true if a file has `openapi` or `swagger` at the top. One that breaks off may have it
/// where it cannot be read.
fn is_document(text: &str) -> bool {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    if text.starts_with('{') {
        return match serde_json::from_str::<Versions>(text) {
            Ok(versions) => versions.openapi.is_some() || versions.swagger.is_some(),
            Err(error) if error.is_data() => false,
            Err(_) => text.contains("openapi") || text.contains("swagger"),
        };
    }
    text.lines().any(|line| {
        let key = line.split(':').next().unwrap_or_default().trim_end();
        line.contains(':') && matches!(key.trim_matches(['"', '\'']), "openapi" | "swagger")
    })
}

#[cfg(test)]
mod tests {
    use super::is_document;

    #[test]
    fn a_document_says_what_it_is_written_in_at_the_top() {
        let documents = [
            "openapi: 3.0.3\n",
            "# A comment\n---\ninfo: {}\n\"openapi\" : 3.1.0\n",
            "\u{feff}swagger: '2.0'",
            "{\"info\": {\"openapi\": 1}, \"openapi\": \"3.0.3\"}",
            "{openapi: 3.0.3, info: {}}",
            "{\"openapi\": \"3.0.3\", ",
        ];
        for text in documents {
            assert!(is_document(text), "{text}");
        }
        let parts = [
            "type: object\n",
            "info:\n  openapi: 3.0.3\n",
            "{\"a\": {\"openapi\": 1}}",
            "[1, 2]",
            "[{\"openapi\": 1}]",
            "",
            "openapi\n",
        ];
        for text in parts {
            assert!(!is_document(text), "{text}");
        }
    }
}
