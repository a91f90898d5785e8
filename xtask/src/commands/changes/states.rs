//! Reads the specs of two states: of a folder, of a revision of git, or as they are.

use std::path::Path;
use std::process::Command;

use openapi::source::SpecSource;

use super::error::ChangesError;
use crate::io::files::{Action, Cannot, read_document};
use crate::io::process;
use crate::io::spec_files::SpecFile;
use crate::io::workspace::Workspace;

/// Reads both states.
///
/// # Errors
/// If one cannot be read.
pub(super) fn read(
    workspace: &Workspace,
    from: Option<&str>,
    to: Option<&str>,
) -> Result<(Vec<SpecSource>, Vec<SpecSource>), ChangesError> {
    let from = match from {
        Some(named) => named.to_owned(),
        None => last_tag(workspace)?.unwrap_or_else(|| "HEAD".to_owned()),
    };
    let before = state(workspace, &from)?;
    let after = match to {
        Some(named) => state(workspace, named)?,
        None => workspace.specs()?,
    };
    Ok((before, after))
}

fn state(workspace: &Workspace, named: &str) -> Result<Vec<SpecSource>, ChangesError> {
    let folder = Path::new(named);
    if folder.is_dir() {
        let inner = folder.join("specs");
        return of_folder(if inner.is_dir() { &inner } else { folder });
    }
    of_revision(workspace, named)
}

fn of_folder(folder: &Path) -> Result<Vec<SpecSource>, ChangesError> {
    let mut sources = Vec::new();
    for entry in std::fs::read_dir(folder).or_cannot(Action::Read, folder)? {
        let path = entry.or_cannot(Action::Read, folder)?.path();
        if SpecFile::of(&path) == SpecFile::Spec {
            let text = read_document(&path)?.text;
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            sources.push(SpecSource::new(format!("specs/{name}"), text));
        }
    }
    if sources.is_empty() { Err(ChangesError::NoSpec(folder.to_path_buf())) } else { Ok(sources) }
}

/// Returns the last tag of a release before HEAD, such as `v0.1.0`.
///
/// # Errors
/// If git cannot be run.
pub(crate) fn last_tag(workspace: &Workspace) -> Result<Option<String>, ChangesError> {
    let output = git(workspace, &["describe", "--tags", "--abbrev=0", "--match", "v[0-9]*"])?;
    let tag = output.ok().map(|tag| String::from_utf8_lossy(&tag).trim().to_owned());
    Ok(tag.filter(|tag| !tag.is_empty()))
}

fn of_revision(workspace: &Workspace, revision: &str) -> Result<Vec<SpecSource>, ChangesError> {
    let show = |path: &str| -> Result<Vec<u8>, ChangesError> {
        // The path is relative to the folder that git runs in.
        let object = format!("{revision}:./specs/{path}");
        git(workspace, &["show", "--end-of-options", &object])?
            .map_err(|reason| ChangesError::NoRevision { revision: revision.to_owned(), reason })
    };
    let listed = show("")?;
    let listed = String::from_utf8_lossy(&listed);
    // The list of a folder has its name at the top.
    let names =
        listed.lines().skip(1).filter(|name| SpecFile::of(Path::new(name)) == SpecFile::Spec);
    names.map(|name| Ok(SpecSource::from_bytes(format!("specs/{name}"), show(name)?))).collect()
}

/// Runs git in the workspace. Returns what it prints, or its message if it fails.
fn git(workspace: &Workspace, arguments: &[&str]) -> Result<Result<Vec<u8>, String>, ChangesError> {
    let mut command = Command::new("git");
    command.current_dir(workspace.root()).args(arguments);
    let output = command.output().map_err(|source| process::not_started(&command, source))?;
    if output.status.success() {
        return Ok(Ok(output.stdout));
    }
    let message = String::from_utf8_lossy(&output.stderr);
    Ok(Err(message.lines().next().unwrap_or_default().to_owned()))
}
