//! The steps that remain after a spec was started or extended.

use super::ci::TEST_COMMAND;
use super::regen::{REGEN, REVIEW};

/// The part of a spec that is new.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Started {
    /// The whole spec.
    Api,
    /// Further operations.
    Operations,
}

/// Lists the steps. The first one depends on the source of the spec.
pub(super) fn steps(first: &str, name: &str, started: Started) -> String {
    let changelog = match started {
        Started::Api => "Add the API to the table in README.md and a line to CHANGELOG.md.",
        Started::Operations => "Add a line to CHANGELOG.md.",
    };
    format!(
        "\
What remains to be done:
  1. {first}
  2. `cargo xtask lint {name}` until nothing is found.
  3. `{REGEN}`, or `{REGEN} --watch` while you write.
  4. {changelog}
  5. `cargo xtask list --write README.md`
  6. `{REVIEW}`, then look at the snapshots that it names.
  7. `cargo {TEST_COMMAND}`, then commit spec, generated/ and snapshots together.
"
    )
}
