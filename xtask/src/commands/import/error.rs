//! The errors of `cargo xtask import`.

use std::path::PathBuf;

use openapi::import::UnknownOperation;
use thiserror::Error;

use crate::child::ChildError;
use crate::commands::new::NewError;
use crate::edit::EditError;
use crate::exit::Problem;
use crate::io::files::FileError;
use crate::io::workspace_error::WorkspaceError;

/// Most ids that are listed where one is not known.
const MOST_IDS: usize = 10;

/// The reasons why no spec was created from a document.
#[derive(Debug, Error)]
pub(crate) enum ImportError {
    /// The spec cannot be started under that name.
    #[error(transparent)]
    New(#[from] NewError),
    /// The spec to add to cannot be read.
    #[error(transparent)]
    Into(#[from] WorkspaceError),
    /// The operations cannot be added to it.
    #[error(transparent)]
    Edit(#[from] EditError),
    /// `--operations` is empty.
    #[error("`--operations` names no operation")]
    NoOperationNamed,
    /// The document cannot be read.
    #[error(transparent)]
    Unreadable(#[from] FileError),
    /// The document cannot be imported.
    #[error(transparent)]
    Child(#[from] ChildError),
    /// The document has no operation at all.
    #[error("{} has no operation, so that there is nothing to make a client of", .0.display())]
    NoOperation(PathBuf),
    /// The document lacks an operation that was named.
    #[error("{} has no operation `{}`{}", file.display(), unknown.id.escape_debug(), meant(unknown))]
    UnknownOperation {
        /// The document.
        file: PathBuf,
        /// The id, and those that there are.
        unknown: UnknownOperation,
    },
    /// There are errors in the document.
    #[error("no spec can be made of {}: {summary}", file.display())]
    Refused {
        /// The document.
        file: PathBuf,
        /// The number of errors and warnings, in words.
        summary: String,
    },
}

impl Problem for ImportError {
    fn next(&self) -> String {
        match self {
            Self::New(error) => error.next(),
            Self::Into(_) => "name a spec of specs/, or start one by `--name`".to_owned(),
            Self::Edit(error) => error.next(),
            Self::NoOperationNamed => {
                "name ids of operations of the document, or leave the option out to take over all"
                    .to_owned()
            }
            Self::Unreadable(_) | Self::Child(_) => {
                "name a document of OpenAPI 3.0 or 3.1, in YAML or JSON".to_owned()
            }
            Self::NoOperation(_) => "name another document".to_owned(),
            Self::UnknownOperation { unknown, .. } => known(unknown),
            Self::Refused { .. } => "correct a copy of the document, then import that".to_owned(),
        }
    }
}

/// The id that was most likely meant, as the end of a sentence.
fn meant(unknown: &UnknownOperation) -> String {
    unknown.nearest.as_ref().map_or(String::new(), |meant| format!("; did you mean `{meant}`?"))
}

/// The first of the ids that there are, in a sentence.
fn known(unknown: &UnknownOperation) -> String {
    let shown: Vec<String> =
        unknown.known.iter().take(MOST_IDS).map(|id| format!("`{}`", id.escape_debug())).collect();
    let more = unknown.known.len().saturating_sub(MOST_IDS);
    let more = if more == 0 { String::new() } else { format!(" and {more} more") };
    match shown.as_slice() {
        [] => "name another document: this one has no operation at all".to_owned(),
        shown => format!("name operations of the document: it has {}{more}", shown.join(", ")),
    }
}
