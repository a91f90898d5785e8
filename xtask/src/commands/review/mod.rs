//! `cargo xtask review`: renews the snapshots, and shows the changes to a reviewer.

mod kind;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::process::{Command, Stdio};

use thiserror::Error;

use super::ci::TEST_COMMAND;
use super::regen::{self, RegenError};
use crate::exit::{Exit, Problem};
use crate::findings::{Extent, LINT_ALL, count};
use crate::io::files::{Action, Cannot, FileError};
use crate::io::messages::{self, Stream};
use crate::io::process::{ProgramError, not_started};
use crate::io::workspace::Workspace;
use crate::io::{difference, snapshots};
use kind::Kind;

/// The arguments with which cargo runs the tests with snapshots, whose names end in `reviewed`.
/// They are built like all tests, which usually run next.
const TESTS: [&str; 7] =
    ["test", "--workspace", "--locked", "--test", "contract", "--", "reviewed"];

/// Lines around a difference.
const CONTEXT: usize = 3;

/// The reasons why snapshots were not renewed.
#[derive(Debug, Error)]
pub(crate) enum ReviewError {
    /// The specs have errors, or `generated/` is out of date.
    #[error(transparent)]
    Regen(#[from] RegenError),
    /// A snapshot cannot be read or deleted.
    #[error(transparent)]
    Snapshot(#[from] FileError),
    /// cargo cannot be started.
    #[error(transparent)]
    Cargo(#[from] ProgramError),
    /// The tests do not compile, or fail for another reason than a snapshot.
    #[error("the tests that write the snapshots failed, see above")]
    Failed,
    /// No test has written them.
    #[error("no test writes {}", .0.join(", "))]
    Missing(Vec<String>),
}

impl Problem for ReviewError {
    fn next(&self) -> String {
        match self {
            Self::Regen(error) => error.next(),
            Self::Missing(_) => {
                "let a test of tests/ write them whose name ends in `reviewed`".to_owned()
            }
            Self::Snapshot(_) | Self::Cargo(_) | Self::Failed => {
                "put right what is shown above, then run `cargo xtask review` again".to_owned()
            }
        }
    }

    fn exit(&self) -> Exit {
        if let Self::Regen(error) = self { error.exit() } else { Exit::Failure }
    }
}

/// The change of a snapshot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Change {
    Changed,
    New,
    Deleted,
}

/// Renews all snapshots, deletes unused ones, and shows the differences from the previous ones.
///
/// # Errors
/// If `generated/` is stale, or the tests fail for another reason than a snapshot.
pub(crate) fn run(workspace: &Workspace) -> Result<Exit, ReviewError> {
    let names =
        codegen::snapshots::names(&regen::fresh(workspace, Extent::Few { more: LINT_ALL })?);
    let before = snapshots::read(&workspace.snapshots())?;
    write_all(workspace)?;
    delete_left_over(workspace, &names)?;
    let after = snapshots::read(&workspace.snapshots())?;
    let changes = changes(&before, &after);
    for name in changes.keys() {
        let text = |texts: &BTreeMap<String, String>| texts.get(*name).cloned().unwrap_or_default();
        let diff = difference::unified(
            &text(&before),
            &text(&after),
            CONTEXT,
            ["before", &snapshots::file(name)],
        );
        messages::print(&format!(
            "{}\n",
            difference::colored(&diff, messages::coloring(Stream::Output))
        ));
    }
    let missing: Vec<String> = names.into_iter().filter(|name| !after.contains_key(name)).collect();
    if !missing.is_empty() {
        return Err(ReviewError::Missing(missing));
    }
    tell(&changes, after.len());
    Ok(Exit::Success)
}

/// Lets the tests write all snapshots, and shows what they print if they fail.
fn write_all(workspace: &Workspace) -> Result<(), ReviewError> {
    messages::status("Running", &format!("INSTA_UPDATE=always cargo {}", TESTS.join(" ")));
    let mut cargo = Command::new("cargo");
    cargo
        .current_dir(workspace.root())
        .args(TESTS)
        .env("INSTA_UPDATE", "always")
        .stderr(Stdio::inherit());
    let output = cargo.output().map_err(|error| not_started(&cargo, error))?;
    if output.status.success() {
        return Ok(());
    }
    anstream::eprint!("{}", String::from_utf8_lossy(&output.stdout));
    Err(ReviewError::Failed)
}

fn delete_left_over(workspace: &Workspace, names: &BTreeSet<String>) -> Result<(), ReviewError> {
    for name in
        snapshots::read(&workspace.snapshots())?.into_keys().filter(|name| !names.contains(name))
    {
        let path = workspace.snapshots().join(snapshots::file(&name));
        fs::remove_file(&path).or_cannot(Action::Delete, &path)?;
    }
    Ok(())
}

fn changes<'t>(
    before: &'t BTreeMap<String, String>,
    after: &'t BTreeMap<String, String>,
) -> BTreeMap<&'t str, Change> {
    let change = |name: &'t String| match (before.get(name), after.get(name)) {
        (Some(before), Some(after)) if before == after => None,
        (Some(_), Some(_)) => Some((name.as_str(), Change::Changed)),
        (None, _) => Some((name.as_str(), Change::New)),
        (_, None) => Some((name.as_str(), Change::Deleted)),
    };
    before.keys().chain(after.keys()).filter_map(change).collect()
}

/// Ends with the files to look at and the next command.
fn tell(changes: &BTreeMap<&str, Change>, all: usize) {
    for (name, change) in changes {
        let file = format!("tests/snapshots/{}", snapshots::file(name));
        let look_at =
            Kind::of(name).map_or_else(String::new, |kind| format!(": {}", kind.look_at()));
        match change {
            Change::Changed => messages::attention("Changed", &(file + &look_at)),
            Change::New => messages::attention("New", &(file + &look_at)),
            Change::Deleted => messages::attention("Deleted", &file),
        }
    }
    let to_look_at = changes.values().filter(|change| **change != Change::Deleted).count();
    messages::status("Finished", &format!("{}, {to_look_at} to look at", count(all, "snapshot")));
    messages::next(&match changes.is_empty() {
        true => format!("`cargo {TEST_COMMAND}` passes all tests"),
        false => format!(
            "look at these files, and correct the spec if they do not say what you meant; then `cargo {TEST_COMMAND}`, \
             and commit spec, generated/ and snapshots together"
        ),
    });
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{Change, changes};

    #[test]
    fn snapshots_that_are_as_they_were_are_not_shown() {
        let texts = |texts: &[(&str, &str)]| -> BTreeMap<String, String> {
            texts.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
        };
        let before = texts(&[("plan__a", "1"), ("plan__b", "1"), ("plan__c", "1")]);
        let after = texts(&[("plan__a", "1"), ("plan__b", "2"), ("plan__d", "1")]);
        let expected =
            [("plan__b", Change::Changed), ("plan__c", Change::Deleted), ("plan__d", Change::New)];
        assert_eq!(changes(&before, &after), expected.into());
    }
}
