//! `cargo xtask new`: starts a spec, with a placeholder wherever the vendor's page has to be read.

mod operation;
mod scaffold;

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::path::Path;

use openapi::source::better_stem;
use thiserror::Error;

use super::steps::{Started, steps};
use crate::exit::{Exit, Problem};
use crate::io::messages;
use crate::io::spec_folder::FolderError;
use crate::io::workspace::Workspace;

pub(crate) use operation::add;

/// A spec of one operation, in which every string that starts with `TODO` is to be filled in.
const SCAFFOLD: &str = include_str!("scaffold.yaml");

/// The reasons why no spec can be started under a name.
#[derive(Debug, Error)]
pub(crate) enum NewError {
    /// The name is that of a device.
    #[error("`{name}` names a device on Windows, where no file can have that name")]
    Device {
        /// The name.
        name: String,
        /// The same command with a better name.
        better: String,
    },
    /// The name is not a valid module name.
    #[error("`{}` is not a valid module name, and the name of a spec becomes one", name.escape_debug())]
    NoModule {
        /// The name.
        name: String,
        /// The same command with a better name.
        better: String,
    },
    /// The name is that of a feature of the package.
    #[error("the package has a feature `{name}` that is not an API")]
    Feature {
        /// The name.
        name: String,
        /// The same command with a better name.
        better: String,
    },
    /// The spec exists already.
    #[error("specs/{file} is there already")]
    Taken {
        /// Its file.
        file: String,
    },
    /// The spec cannot be written.
    #[error("cannot write specs/{file}: {reason}")]
    NotWritten {
        /// The file.
        file: String,
        /// The reason.
        reason: FolderError,
    },
}

impl Problem for NewError {
    fn next(&self) -> String {
        match self {
            Self::Device { better, .. } | Self::Feature { better, .. } => {
                format!("`{better}`, or another name")
            }
            Self::NoModule { better, .. } => {
                format!("`{better}`, or another name in snake case, without folder and extension")
            }
            Self::Taken { .. } => "edit it, or choose another name".to_owned(),
            Self::NotWritten { reason, .. } => reason.next(),
        }
    }
}

/// Writes the spec and prints what to do next.
///
/// # Errors
/// If the name cannot be taken, or the spec cannot be written.
pub(crate) fn run(workspace: &Workspace, name: &str) -> Result<Exit, NewError> {
    check_name(workspace, name, |name| workspace.command(&format!("new {name}")))?;
    create(workspace, name, SCAFFOLD)?;
    messages::status("Created", &format!("specs/{name}.yaml"));
    let first = format!(
        "Fill in every TODO of specs/{name}.yaml from the vendor's page, and add what the page says besides."
    );
    messages::print(&steps(&first, name, Started::Api));
    Ok(Exit::Success)
}

/// Checks that a spec of this name can be started by `command`, which takes a name.
///
/// # Errors
/// If there is such a spec, or the name can name no file or no module.
pub(crate) fn check_name(
    workspace: &Workspace,
    name: &str,
    command: impl Fn(&str) -> String,
) -> Result<(), NewError> {
    if is_device(name) {
        return Err(NewError::Device {
            name: name.to_owned(),
            better: command(&format!("{name}_api")),
        });
    }
    if better_stem(name).is_some() {
        let stem = Path::new(name).file_stem().unwrap_or_default().to_string_lossy();
        let better = better_stem(&stem).unwrap_or_else(|| stem.into_owned());
        return Err(NewError::NoModule { name: name.to_owned(), better: command(&better) });
    }
    // Whoever generates is told what is wrong with the manifest.
    let package = workspace.package().ok().and_then(Result::ok).unwrap_or_default();
    if let Some(feature) = package.feature(name) {
        let name = feature.name.as_str().to_owned();
        return Err(NewError::Feature { better: command(&format!("{name}_api")), name });
    }
    let mut files = ["yaml", "yml"].map(|extension| format!("{name}.{extension}")).into_iter();
    if let Some(file) = files.find(|file| workspace.spec_folder().join(file).exists()) {
        return Err(NewError::Taken { file });
    }
    workspace
        .check_spec_folder()
        .map_err(|reason| NewError::NotWritten { file: format!("{name}.yaml"), reason })
}

/// Returns true if Windows has a device of that name, which no file can have, whatever its
/// extension.
fn is_device(name: &str) -> bool {
    let port = name.strip_prefix("com").or_else(|| name.strip_prefix("lpt"));
    ["con", "prn", "aux", "nul"].contains(&name)
        || port.is_some_and(|port| matches!(port.as_bytes(), [b'1'..=b'9']))
}

/// Writes a new spec.
///
/// # Errors
/// If it is there, or the system refuses it.
pub(crate) fn create(workspace: &Workspace, name: &str, text: &str) -> Result<(), NewError> {
    let file = format!("{name}.yaml");
    let opened =
        OpenOptions::new().write(true).create_new(true).open(workspace.spec_folder().join(&file));
    opened.and_then(|mut opened| opened.write_all(text.as_bytes())).map_err(|source| {
        match source.kind() {
            ErrorKind::AlreadyExists => NewError::Taken { file },
            _ => NewError::NotWritten {
                file,
                reason: FolderError::of(workspace.spec_folder(), source),
            },
        }
    })
}
