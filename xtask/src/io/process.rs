//! Runs other programs, most of which are cargo.

use std::io;
use std::process::{Command, ExitStatus};

use thiserror::Error;

/// A program that failed.
#[derive(Debug, Error)]
pub(crate) enum ProgramError {
    /// It could not be started.
    #[error("cannot run {program}: {source}")]
    NotStarted {
        /// Its name.
        program: String,
        /// The system's reason.
        source: io::Error,
    },
    /// It failed.
    #[error("{program} ended with {status}")]
    Failed {
        /// Its name.
        program: String,
        /// Its exit status.
        status: ExitStatus,
    },
}

/// Runs a program to its end and returns its exit status.
///
/// # Errors
/// If it cannot be started.
pub(crate) fn status(command: &mut Command) -> Result<ExitStatus, ProgramError> {
    command.status().map_err(|source| not_started(command, source))
}

/// Runs a program that must succeed.
///
/// # Errors
/// If it cannot be started, or fails.
pub(crate) fn succeed(command: &mut Command) -> Result<(), ProgramError> {
    let status = status(command)?;
    if status.success() {
        Ok(())
    } else {
        Err(ProgramError::Failed { program: name(command), status })
    }
}

/// Returns the error of a program that the system does not start.
pub(crate) fn not_started(command: &Command, source: io::Error) -> ProgramError {
    ProgramError::NotStarted { program: name(command), source }
}

fn name(command: &Command) -> String {
    command.get_program().to_string_lossy().into_owned()
}
