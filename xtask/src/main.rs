//! The maintainer's commands: `cargo xtask regen`, `cargo xtask ci`.

mod ci;
mod disk;
mod messages;
mod regen;
mod workspace;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::workspace::Workspace;

/// Everything went well.
const SUCCESS: u8 = 0;
/// Something failed; nothing was written.
const FAILURE: u8 = 1;
/// `generated/` is not what the specs give.
const STALE: u8 = 4;

/// Commands of the oauth-token-clients workspace.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", disable_help_subcommand = true)]
struct Arguments {
    /// Folder of the workspace [default: the one that this command was built from].
    #[arg(long, global = true, value_name = "DIR")]
    root: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Generate the client crate: `specs/` in, `generated/` out.
    ///
    /// Writes only what changed. Exits with 0 when `generated/` is up to date, with 1 on any failure, in which case
    /// nothing was written.
    Regen {
        /// Write nothing; exit with 4 and show the difference when `generated/` is not up to date.
        #[arg(long)]
        check: bool,
    },
    /// Run what CI runs: formatting, lints, freshness, tests, documentation, features, packages.
    Ci {
        /// Print the steps and their commands without running them.
        #[arg(long)]
        list: bool,
    },
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let workspace = Workspace::new(arguments.root);
    let code = match arguments.command {
        Command::Regen { check: true } => regen::check(&workspace),
        Command::Regen { check: false } => regen::write(&workspace),
        Command::Ci { list: true } => ci::list(&workspace),
        Command::Ci { list: false } => ci::run(&workspace),
    };
    ExitCode::from(code)
}
