//! `cargo xtask bench`: starts the measurements of `benches/`, which print what `docs/performance.md` shows.

use std::process::Command;

use clap::Subcommand;

use crate::workspace::Workspace;
use crate::{FAILURE, SUCCESS, messages};

/// What is measured.
#[derive(Subcommand)]
pub enum Bench {
    /// Instructions and allocations of a call, counted by valgrind, which it needs.
    ///
    /// `cargo bench -p benches` measures the time of the same calls, without valgrind.
    Calls,
    /// CPU time and crates of a consumer's first build, without optimization.
    ///
    /// It builds below target/bench-build/, and takes minutes.
    Build {
        /// How many jobs cargo runs at once.
        #[arg(long, default_value_t = 1)]
        jobs: u32,
        /// Consumers by the name of what they depend on, or `ours`; all of them if none is named.
        #[arg(value_name = "NAME")]
        consumers: Vec<String>,
    },
    /// Lines of the generated code.
    Lines,
}

/// Measures.
pub fn run(workspace: &Workspace, bench: &Bench) -> u8 {
    let mut cargo = Command::new("cargo");
    cargo.current_dir(workspace.root()).args(["run", "--quiet", "--release", "--locked", "--package", "benches", "--"]);
    match bench {
        Bench::Calls => cargo.arg("calls"),
        Bench::Build { jobs, consumers } => cargo.args(["build", &jobs.to_string()]).args(consumers),
        Bench::Lines => cargo.arg("lines"),
    };
    match messages::progress("Measuring", "this builds `benches` first", || cargo.status()) {
        Ok(status) if status.success() => SUCCESS,
        Ok(_) => FAILURE,
        Err(error) => {
            messages::error(&format!("cannot run cargo: {error}"));
            FAILURE
        }
    }
}
