//! The end of a command: its exit code, and its message if it failed.

use std::process::ExitCode;

/// The exit codes. Those of clap and of children are among them, so that each is given one meaning
/// only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    /// Success.
    Success = 0,
    /// A failure. Nothing was written.
    Failure = 1,
    /// The command line is wrong.
    WrongUsage = 2,
    /// A tool is missing that the command needs.
    Missing = 3,
    /// `generated/` or a report is out of date.
    Stale = 4,
    /// There is a change that is denied.
    Denied = 5,
    /// A spec or a document has errors.
    Found = 100,
    /// A child ran out of time; timeout(1) has the same code.
    TimedOut = 124,
}

/// The paragraph of `--help` about the exit codes.
pub(crate) const EXIT_CODES: &str = "Exit codes: 0 when all went well, 1 when something failed and nothing was written, 2 when the \
    command line is wrong, 3 when a tool is missing, 4 when generated/ is not what the specs give or a report is stale, \
    5 when `changes` finds what `--deny` names, 100 when `lint` or `import` finds an error.";

impl Exit {
    /// Returns the exit status of the process.
    pub fn code(self) -> u8 {
        self as u8
    }

    /// Returns true if a process ended with this code.
    pub fn is_of(self, status: std::process::ExitStatus) -> bool {
        status.code() == Some(i32::from(self.code()))
    }

    /// Ends this process at once.
    pub fn now(self) -> ! {
        std::process::exit(i32::from(self.code()))
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}

/// The reason why a command failed. `Display` describes the location, the problem and the reason.
pub(crate) trait Problem: std::error::Error {
    /// Says what to do about it, with the command to run if there is one.
    fn next(&self) -> String;

    /// Returns the exit code for it.
    fn exit(&self) -> Exit {
        Exit::Failure
    }
}

#[cfg(test)]
mod tests {
    use super::{EXIT_CODES, Exit};

    #[test]
    fn every_exit_code_but_those_of_children_is_documented() {
        for exit in [
            Exit::Success,
            Exit::Failure,
            Exit::WrongUsage,
            Exit::Missing,
            Exit::Stale,
            Exit::Denied,
            Exit::Found,
        ] {
            assert!(EXIT_CODES.contains(&format!(" {} when ", exit.code())), "{exit:?}");
        }
        assert!(!EXIT_CODES.contains(&Exit::TimedOut.code().to_string()));
    }
}
