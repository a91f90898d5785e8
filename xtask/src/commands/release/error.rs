//! The reasons why there can be no release.

use changes::Version;
use thiserror::Error;

use crate::commands::changes::ChangesError;
use crate::commands::regen::RegenError;
use crate::exit::{Exit, Problem};
use crate::io::files::FileError;
use crate::io::process::ProgramError;

/// The reasons why there can be no release.
#[derive(Debug, Error)]
pub(crate) enum ReleaseError {
    /// The changes since the last release cannot be told.
    #[error(transparent)]
    Changes(#[from] ChangesError),
    /// A file cannot be read or written.
    #[error(transparent)]
    File(#[from] FileError),
    /// The client cannot be generated for the new version.
    #[error(transparent)]
    Regen(#[from] RegenError),
    /// A check of cargo failed.
    #[error(transparent)]
    Program(#[from] ProgramError),
    /// The tag of the last release is no version.
    #[error("the tag `{0}` is no version")]
    Tag(String),
    /// The manifest states no version.
    #[error("Cargo.toml states no version in [workspace.package]")]
    NoVersion,
    /// There is no change since the last release.
    #[error("nothing has changed since {0}")]
    NothingNew(Version),
    /// The version is too low.
    #[error("the version is {stated}, and the changes need {needed} ({bump})")]
    NoBump {
        /// The version in the manifest.
        stated: Version,
        /// The lowest version that the changes allow.
        needed: Version,
        /// The bump.
        bump: &'static str,
    },
    /// The changelog has no entry.
    #[error("CHANGELOG.md has no entry for {0}")]
    NoEntry(Version),
    /// The text of a licence is missing.
    #[error("there is no {0}")]
    NoLicence(String),
}

impl Problem for ReleaseError {
    fn next(&self) -> String {
        match self {
            Self::NoBump { needed, .. } => {
                format!(
                    "write `version = \"{needed}\"` below [workspace.package] in Cargo.toml, \
                     then `cargo xtask regen`"
                )
            }
            Self::NoEntry(version) => format!(
                "write `## {version} (not released)` into CHANGELOG.md; \
                 `cargo xtask changes --format markdown` has the entry"
            ),
            Self::Changes(problem) => problem.next(),
            Self::Regen(problem) => problem.next(),
            _ => "put that right, then run the command again".to_owned(),
        }
    }

    fn exit(&self) -> Exit {
        if matches!(self, Self::NoBump { .. } | Self::NoEntry(_)) {
            Exit::Denied
        } else {
            Exit::Failure
        }
    }
}
