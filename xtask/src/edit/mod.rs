//! Adds operations to an existing spec without changing any of its characters.

mod addition;
mod append;
mod content;
mod merge;
mod outline;
mod security;

use openapi::Findings;
use openapi::load;
use openapi::policy::Policy;
use openapi::source::SpecSource;
use serde_json::Value;
use thiserror::Error;

pub(crate) use addition::{Addition, Clash};
pub(crate) use append::{AppendError, Layout};
pub(crate) use merge::{merge, operation_ids};

/// The methods of operations, as keywords of a path item.
pub(crate) const METHODS: [&str; 8] =
    ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// The reasons why operations cannot be added to a spec.
#[derive(Debug, Error)]
pub(crate) enum EditError {
    /// It has errors itself.
    #[error("{path} has errors, and is to be good before anything is added")]
    Refused {
        /// The spec.
        path: String,
        /// Its findings.
        found: Box<Findings>,
    },
    /// It contradicts what is to be added.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
    Clashes(Vec<Clash>),
    /// Its layout leaves no room for more.
    #[error(transparent)]
    Append(#[from] AppendError),
}

impl EditError {
    /// Says what to do about it.
    pub(crate) fn next(&self) -> String {
        match self {
            Self::Refused { .. } => "correct the spec: `cargo xtask lint` says more".to_owned(),
            Self::Clashes(_) => {
                "rename or correct what clashes, in the spec or in a copy of the document"
                    .to_owned()
            }
            Self::Append(error) => error.next(),
        }
    }
}

/// Reads a spec without errors.
///
/// # Errors
/// If it has errors.
pub(crate) fn read(source: &SpecSource) -> Result<Value, EditError> {
    let refused = |found| EditError::Refused { path: source.path.clone(), found: Box::new(found) };
    Ok(load(source.clone(), Policy::Refuse).map_err(refused)?.root)
}

/// Returns the spec with more at the end of its paths and components, and everything else as it
/// was.
///
/// # Errors
/// If its layout leaves no room for more.
pub(crate) fn append(
    source: &SpecSource,
    addition: &Addition,
    layout: &Layout<'_>,
) -> Result<SpecSource, EditError> {
    let text = append::append(&source.text, addition, layout)?;
    let edited = SpecSource::new(source.path.clone(), text);
    let misread = || AppendError::Misread(source.path.clone());
    let root = read(&edited).map_err(|_| misread())?;
    let mut addition = addition.clone();
    // What is written as it is says what it is read as, and is to change nothing else.
    for (path, method) in layout.written.keys() {
        addition.paths[path][method] = root["paths"][path][method].clone();
    }
    if root == addition.merged(read(source)?) { Ok(edited) } else { Err(misread().into()) }
}
