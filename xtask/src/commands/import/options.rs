//! The options of `cargo xtask import`.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use clap::Args;

use crate::child::Limits;
use crate::findings::All;
use crate::io::messages;

/// The document and the target of its operations.
#[derive(Args, Clone)]
pub(crate) struct Options {
    /// The document, in YAML or JSON.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Folder below which the document may refer to files [default: the one that holds it].
    #[arg(long, value_name = "DIR")]
    pub within: Option<PathBuf>,
    /// Name of the module and the feature, in snake case, such as `azure_container_apps`.
    #[arg(long, required_unless_present = "into")]
    name: Option<String>,
    /// Add the operations to a spec that is there, by path or by stem, and whatever components it
    /// lacks for them.
    #[arg(long, value_name = "SPEC", conflicts_with = "name")]
    into: Option<PathBuf>,
    /// Ids of the operations to take over, separated by commas [default: all].
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    pub operations: Vec<String>,
    #[command(flatten)]
    pub all: All,
    #[command(flatten)]
    pub limits: Limits,
}

impl Options {
    /// Writes the same command with another name.
    pub(crate) fn command(&self, name: &str) -> String {
        let operations = match self.wanted().join(",") {
            ids if ids.is_empty() => String::new(),
            ids => format!(" --operations {}", messages::word(&ids)),
        };
        let word = |path: &Path| messages::word(&path.display().to_string());
        let within = self.within.as_deref().map(|folder| format!(" --within {}", word(folder)));
        let within = within.unwrap_or_default();
        format!("import {}{within}{operations} --name {name}", word(&self.file))
    }

    /// Returns the ids that are named, without the spaces that people put around commas.
    pub(crate) fn wanted(&self) -> Vec<String> {
        let ids = self.operations.iter().map(|id| id.trim());
        ids.filter(|id| !id.is_empty()).map(str::to_owned).collect()
    }

    /// Returns what becomes of the operations.
    pub(crate) fn target(&self) -> Target<'_> {
        match (&self.into, &self.name) {
            (Some(spec), _) => Target::Into(spec),
            (None, name) => Target::New(name.as_deref().unwrap_or_default()),
        }
    }

    /// Returns the name of the module.
    pub(crate) fn stem(&self) -> Cow<'_, str> {
        match self.target() {
            Target::New(name) => name.into(),
            Target::Into(spec) => spec.file_stem().unwrap_or_default().to_string_lossy(),
        }
    }

    /// Returns the path of the spec in the workspace.
    pub(crate) fn spec(&self) -> String {
        format!("specs/{}.yaml", self.stem())
    }
}

/// The target of the operations of a document.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Target<'o> {
    /// A spec of that name.
    New(&'o str),
    /// An existing spec, to which the operations are added.
    Into(&'o Path),
}
