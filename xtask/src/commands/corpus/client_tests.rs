//! Runs the tests of a client, which decode the examples of its document.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use crate::io::process::{ProgramError, not_started};

/// Exit code of tests some of which failed.
const FAILED: i32 = 101;

/// The results of the tests of a client.
#[derive(Debug, Default)]
pub(super) struct Tried {
    /// Tests that passed.
    pub passed: BTreeSet<String>,
    /// Tests of examples that decode, but encode to something else.
    pub unequal: BTreeSet<String>,
    /// Tests that failed otherwise, with the first line of the message.
    pub failed: BTreeMap<String, String>,
}

/// Runs the tests of a client.
///
/// # Errors
/// If they cannot be started.
pub(super) fn run(tests: &Path) -> Result<Tried, ProgramError> {
    let mut command = Command::new(tests);
    let output = command.output().map_err(|error| not_started(&command, error))?;
    let text = String::from_utf8_lossy(&output.stdout);
    let mut tried = Tried::default();
    for (name, result) in
        text.lines().filter_map(|line| line.strip_prefix("test ")?.split_once(" ... "))
    {
        if result == "ok" {
            tried.passed.insert(name.to_owned());
        } else if result == "FAILED" {
            let why = text
                .split_once(&format!("---- {name} stdout ----\n"))
                .map_or("", |(_, behind)| behind);
            let why = why
                .lines()
                .find(|line| !line.is_empty() && !line.starts_with("thread '"))
                .unwrap_or_default();
            if why.starts_with("assertion `left == right` failed") {
                tried.unequal.insert(name.to_owned());
            } else {
                tried.failed.insert(name.to_owned(), why.to_owned());
            }
        }
    }
    if output.status.code().is_none_or(|code| code != 0 && code != FAILED) {
        tried.failed.insert("the tests".to_owned(), format!("they ended with {}", output.status));
    }
    Ok(tried)
}
