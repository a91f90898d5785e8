//! The options of `cargo xtask changes`.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use crate::child::Limits;

/// The states to compare, and the form of the report.
#[derive(Args)]
pub(crate) struct Options {
    /// Specs by stem, all if none is named; or two documents by path, the old one first. Vendors'
    /// documents are repaired where there is one sensible way.
    #[arg(value_name = "API")]
    named: Vec<PathBuf>,
    /// Revision of git, or folder with specs, to compare with [default: the last tag, or else
    /// HEAD].
    #[arg(long, value_name = "REV|DIR")]
    pub(super) from: Option<String>,
    /// Revision of git, or folder with specs, that is compared [default: specs/ as it is].
    #[arg(long, value_name = "REV|DIR")]
    pub(super) to: Option<String>,
    /// Format of the report.
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub(super) format: Format,
    /// Exit with 5 if there is such a change.
    #[arg(long, value_enum, value_name = "LEVEL")]
    pub(super) deny: Option<Deny>,
    #[command(flatten)]
    pub(super) limits: Limits,
}

/// The format of the changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// A paragraph for each, and the required bump.
    Human,
    /// A JSON object with the required bump and all changes.
    Json,
    /// The entry of a changelog.
    Markdown,
}

/// The changes that are denied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Deny {
    /// Those that break programs or code.
    Breaking,
    /// Those, and those that compile and act differently.
    Behaviour,
    /// All but those of documentation alone.
    Any,
}

impl Options {
    /// Returns the two documents, if those are named and not specs.
    pub(super) fn documents(&self) -> Option<[&Path; 2]> {
        match self.named.as_slice() {
            [before, after]
                if self.from.is_none()
                    && self.to.is_none()
                    && before.is_file()
                    && after.is_file() =>
            {
                Some([before, after])
            }
            _ => None,
        }
    }

    /// Returns the stems of the specs that are named.
    pub(super) fn apis(&self) -> Vec<String> {
        let stems = self.named.iter().filter_map(|path| path.file_stem());
        stems.map(|stem| stem.to_string_lossy().into_owned()).collect()
    }

    /// Returns the arguments of a child for two documents.
    pub(super) fn arguments(&self) -> Vec<OsString> {
        let name = |value: &dyn Fn() -> Option<clap::builder::PossibleValue>| {
            value().map(|value| value.get_name().to_owned()).unwrap_or_default()
        };
        let format = format!("--format={}", name(&|| self.format.to_possible_value()));
        let deny = self.deny.map(|deny| format!("--deny={}", name(&|| deny.to_possible_value())));
        let options = [Some(format), deny].into_iter().flatten().map(OsString::from);
        options.chain(self.named.iter().map(|path| path.clone().into_os_string())).collect()
    }
}
