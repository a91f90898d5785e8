//! The version of the workspace, in `Cargo.toml`.

use std::fmt;
use std::path::Path;

use super::ReleaseError;
use crate::io::files::{Action, Cannot};
use crate::io::workspace::Workspace;

/// The start of the line with the version.
const KEY: &str = "version = \"";

/// A version of three numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Version(pub [u64; 3]);

impl Version {
    /// Reads three numbers with dots between them.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let numbers: Vec<u64> = text.split('.').map(str::parse).collect::<Result<_, _>>().ok()?;
        numbers.try_into().ok().map(Self)
    }

    /// Reads the version that the workspace states.
    ///
    /// # Errors
    /// If the manifest cannot be read, or states none.
    pub(super) fn of_workspace(workspace: &Workspace) -> Result<Self, ReleaseError> {
        let path = workspace.root().join("Cargo.toml");
        let text =
            std::fs::read_to_string(&path).or_cannot(Action::Read, Path::new("Cargo.toml"))?;
        line(&text).and_then(Self::parse).ok_or(ReleaseError::NoVersion)
    }

    /// Returns the manifest with this version.
    pub(super) fn written_into(self, manifest: &str) -> String {
        match line(manifest) {
            Some(before) => {
                let line = |version: &str| format!("[workspace.package]\n{KEY}{version}\"");
                manifest.replacen(&line(before), &line(&self.to_string()), 1)
            }
            None => manifest.to_owned(),
        }
    }
}

/// Returns the version in the first line of `[workspace.package]`.
fn line(manifest: &str) -> Option<&str> {
    let (_, below) = manifest.split_once("\n[workspace.package]\n")?;
    below.strip_prefix(KEY)?.split('"').next()
}

impl fmt::Display for Version {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [major, minor, patch] = self.0;
        write!(formatter, "{major}.{minor}.{patch}")
    }
}

#[cfg(test)]
mod tests {
    use super::Version;

    #[test]
    fn the_version_of_the_workspace_is_replaced_and_no_other() {
        let manifest = "[workspace]\n\n[workspace.package]\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\na = { version = \"0.1.0\" }\n";
        let written = Version([0, 2, 0]).written_into(manifest);
        assert_eq!(written, manifest.replacen("0.1.0", "0.2.0", 1));
        assert_eq!(Version::parse("0.1"), None);
        assert!(Version::parse("0.10.0") > Version::parse("0.9.9"));
    }
}
