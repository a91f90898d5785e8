//! Generates from a vendor's document in a child process with limited time, memory and stack, since
//! no panic handler catches a stack overflow.

mod limits;
mod outcome;
pub(crate) mod referenced_files;
mod watchdog;

use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use codegen::package::{Name, Package, Runtime};
use openapi::diagnostic::Diagnostic;
use serde::de::DeserializeOwned;
use thiserror::Error;

use crate::exit::Exit;
use crate::findings::count;
use crate::io::files::FileError;
use crate::io::workspace::Workspace;

pub(crate) use limits::{Limits, limited};
pub(crate) use outcome::Outcome;
pub(crate) use watchdog::watched;

/// The messages of a child that is out of memory, or cannot allocate the stack of another thread.
const OUT_OF_MEMORY: [&str; 3] =
    ["memory allocation", "Cannot allocate memory", "Resource temporarily unavailable"];

/// The reasons why a child within its limits has no outcome.
#[derive(Debug, Error)]
pub(crate) enum ChildError {
    /// The system does not say where this program is.
    #[error("cannot find this program: {0}")]
    NotFound(io::Error),
    /// It could not be started.
    #[error("cannot run this program again: {0}")]
    NotStarted(io::Error),
    /// It printed something else.
    #[error("cannot read the outcome: {0}")]
    Unreadable(serde_json::Error),
    /// It printed why it failed.
    #[error("{0}")]
    Failed(String),
}

/// Generates from a document in a child, which may read files `within` a folder and writes the
/// client into `folder`, if given.
///
/// # Errors
/// If the child cannot be run, or fails.
pub(crate) fn generate(
    workspace: &Workspace,
    path: &Path,
    limits: Limits,
    within: &Path,
    folder: Option<&Path>,
) -> Result<Outcome, ChildError> {
    let root = [OsStr::new("--root"), workspace.root().as_os_str()];
    let within = [OsStr::new("--within"), within.as_os_str()];
    let mut arguments =
        root.into_iter().chain(within).chain([path.as_os_str()]).collect::<Vec<_>>();
    arguments.extend(folder.map(Path::as_os_str));
    let stopped = |diagnostic| Outcome { diagnostics: vec![diagnostic], ..Outcome::default() };
    Ok(run("child", &arguments, limits)?.unwrap_or_else(stopped))
}

/// Runs a command of this program as a child. Returns the outcome, or the reason why the child was
/// stopped.
///
/// # Errors
/// If the child cannot be run, or fails.
pub(crate) fn run<T: DeserializeOwned>(
    command: &str,
    arguments: &[&OsStr],
    limits: Limits,
) -> Result<Result<T, Diagnostic>, ChildError> {
    let program = std::env::current_exe().map_err(ChildError::NotFound)?;
    let limited = [("--time-limit", limits.time_limit), ("--memory-limit", limits.memory_limit)];
    let limited = limited.map(|(name, limit)| format!("{name}={limit}"));
    let mut child = Command::new(program);
    child.arg(command).args(limited).args(arguments);
    read(&child.output().map_err(ChildError::NotStarted)?, limits)
}

/// Returns the outcome that a child has printed, or the reason why it was stopped.
fn read<T: DeserializeOwned>(
    output: &Output,
    limits: Limits,
) -> Result<Result<T, Diagnostic>, ChildError> {
    let messages = String::from_utf8_lossy(&output.stderr);
    if let Some(reached) = limit_reached(output, &messages, limits) {
        return Ok(Err(reached));
    }
    if output.status.success() {
        let printed = serde_json::from_slice(&output.stdout);
        return printed.map(Ok).map_err(ChildError::Unreadable);
    }
    if Exit::Failure.is_of(output.status) {
        return Err(ChildError::Failed(messages.trim().to_owned()));
    }
    Ok(Err(Diagnostic::stopped(&match messages.contains("overflowed its stack") {
        true => "its stack overflowed".to_owned(),
        false => format!("it ended with {}", output.status),
    })))
}

/// Returns the limit that a child reached, if any. The outcome of a child without memory for a
/// thread is useless.
fn limit_reached(output: &Output, messages: &str, limits: Limits) -> Option<Diagnostic> {
    let (how, flag) = if Exit::TimedOut.is_of(output.status) {
        let seconds = usize::try_from(limits.time_limit).unwrap_or(usize::MAX);
        (format!("it took longer than {}", count(seconds, "second")), "--time-limit")
    } else if OUT_OF_MEMORY.iter().any(|text| messages.contains(text)) {
        (format!("it needed more memory than {} MiB", limits.memory_limit), "--memory-limit")
    } else {
        return None;
    };
    Some(Diagnostic {
        why: "Time and memory are limited for vendors' documents.".into(),
        help: format!("Raise the limit by `{flag}`, or take out operations."),
        ..Diagnostic::stopped(&how)
    })
}

/// Does the work of the child: prints the outcome of one document as JSON.
pub(crate) fn child(
    workspace: &Workspace,
    path: &Path,
    limits: Limits,
    within: Option<PathBuf>,
    folder: Option<PathBuf>,
) -> Exit {
    let (workspace, path) = (workspace.clone(), path.to_path_buf());
    limited(limits, move || {
        let within = within.as_deref().unwrap_or_else(|| referenced_files::folder_of(&path));
        let package = match &folder {
            Some(folder) => package_in(&workspace, folder)?,
            None => Package::default(),
        };
        outcome::outcome(
            &package,
            referenced_files::read_with_files(&path, within)?,
            folder.as_deref(),
        )
    })
}

/// Returns the package in a folder of this name, which depends on the runtime of the workspace.
fn package_in(workspace: &Workspace, folder: &Path) -> Result<Package, FileError> {
    // Commands that generate the workspace's own package report what is wrong with its manifest.
    let ours = workspace.package()?.unwrap_or_default();
    let runtime = workspace.generated().join(&ours.runtime.path).display().to_string();
    let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let default = Package::default();
    Ok(Package {
        name: Name::try_from(name).unwrap_or(default.name),
        runtime: Runtime { path: runtime, ..ours.runtime },
        version: ours.version,
        ..Package::default()
    })
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::process::ExitStatusExt as _;
    use std::process::{ExitStatus, Output};

    use super::{Limits, read};
    use crate::exit::Exit;

    /// Checks what is told of a child that ended with a raw status and printed a message.
    #[track_caller]
    fn check(raw: i32, message: &str, expected: &str) {
        let status = ExitStatus::from_raw(raw);
        let output = Output { status, stdout: b"5".to_vec(), stderr: message.into() };
        let limits = Limits { time_limit: 1, memory_limit: 60 };
        let told = match read::<u8>(&output, limits) {
            Ok(Ok(outcome)) => outcome.to_string(),
            Ok(Err(stopped)) => stopped.what,
            Err(error) => error.to_string(),
        };
        assert!(told.contains(expected), "{told}");
    }

    #[test]
    fn it_is_told_why_a_child_was_stopped() {
        let code = |exit: Exit| i32::from(exit.code()) << 8;
        check(code(Exit::Success), "", "5");
        check(code(Exit::Failure), "cannot read it\n", "cannot read it");
        check(code(Exit::TimedOut), "", "it took longer than 1 second");
        check(6, "memory allocation of 9 bytes failed", "it needed more memory than 60 MiB");
        let no_thread = "cannot start a thread: Resource temporarily unavailable (os error 11)";
        check(code(Exit::Failure), no_thread, "it needed more memory than 60 MiB");
        check(6, "thread 'main' has overflowed its stack", "its stack overflowed");
        check(9, "", "it ended with signal: 9");
    }
}
