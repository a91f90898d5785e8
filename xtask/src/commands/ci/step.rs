//! A command that must succeed.

use std::path::Path;
use std::process::Command;

use crate::io::messages;
use crate::io::process::{self, ProgramError};

/// A cargo command of CI.
pub(crate) struct Step {
    pub name: String,
    arguments: String,
    variables: Vec<(&'static str, &'static str)>,
}

/// A step that runs cargo with `arguments`, which have no spaces inside.
pub(super) fn cargo(name: &str, arguments: &str) -> Step {
    Step { name: name.to_owned(), arguments: arguments.to_owned(), variables: Vec::new() }
}

impl Step {
    /// Sets an environment variable for the command.
    pub(super) fn with(mut self, variable: &'static str, value: &'static str) -> Self {
        self.variables.push((variable, value));
        self
    }

    /// The command as a person would type it.
    pub(super) fn text(&self) -> String {
        let variables: String =
            self.variables.iter().map(|(name, value)| format!("{name}='{value}' ")).collect();
        format!("{variables}cargo {}", self.arguments)
    }

    /// Runs the command in `folder`.
    ///
    /// # Errors
    /// If it cannot be started, or fails.
    pub(crate) fn run(&self, folder: &Path) -> Result<(), ProgramError> {
        messages::status("Running", &format!("{}: {}", self.name, self.text()));
        let mut command = Command::new("cargo");
        command
            .args(self.arguments.split(' '))
            .envs(self.variables.iter().copied())
            .current_dir(folder);
        process::succeed(&mut command)
    }
}
