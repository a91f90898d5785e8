//! `cargo xtask bench`: starts the measurements of `benches/`, which print the tables of
//! `docs/performance.md`.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf, absolute};
use std::process::Command;

use clap::{Subcommand, value_parser};
use thiserror::Error;

use crate::exit::{Exit, Problem};
use crate::io::files::{Action, Cannot, FileError};
use crate::io::messages;
use crate::io::process::{self, ProgramError};
use crate::io::workspace::Workspace;

/// The consumer that the others are compared with.
const BASE: &str = "reqwest";

/// The consumers that `benches/src/build.rs` knows.
const CONSUMERS: [&str; 6] =
    [BASE, "reqwest-and-serde", "ours", "progenitor", "octocrab", "azure_mgmt_app"];

/// The measurements.
#[derive(Subcommand)]
pub(crate) enum Bench {
    /// Instructions and allocations of a call, counted by valgrind, which it needs.
    ///
    /// `cargo bench -p benches` measures the time of the same calls, without valgrind.
    Calls,
    /// CPU time and crates of a consumer's first build, without optimization.
    ///
    /// It builds below target/bench-build/, and takes minutes.
    Build {
        /// Number of jobs that cargo runs at once.
        #[arg(long, default_value_t = 1, value_parser = value_parser!(u32).range(1..))]
        jobs: u32,
        /// Consumers by the name of their dependency, or `ours`; all of them if none is named. That
        /// of reqwest is built in any case, since the others are compared with it.
        #[arg(value_name = "NAME", value_parser = CONSUMERS)]
        consumers: Vec<String>,
    },
    /// Lines of the generated code.
    Lines,
    /// Time and instructions of generating from a document, compared with the libraries that the
    /// generator uses.
    ///
    /// It generates below target/bench-pipeline/, and counts instructions if there is valgrind,
    /// which takes minutes.
    Pipeline {
        /// Document of any vendor, the larger the better.
        #[arg(value_name = "FILE")]
        document: PathBuf,
        /// The program `openapi-to-rust`, to be compared with.
        #[arg(long, value_name = "PROGRAM")]
        peer: Option<PathBuf>,
    },
}

/// The reasons why a measurement is missing.
#[derive(Debug, Error)]
pub(crate) enum BenchError {
    /// A file that is named cannot be read.
    #[error(transparent)]
    File(#[from] FileError),
    /// cargo cannot be started, or the build or the measurement fails.
    #[error(transparent)]
    Cargo(#[from] ProgramError),
}

impl Problem for BenchError {
    fn next(&self) -> String {
        match self {
            Self::File(_) => "name files that are there".to_owned(),
            Self::Cargo(_) => {
                "put right what is shown above, then run the command again".to_owned()
            }
        }
    }
}

/// Runs a measurement.
///
/// # Errors
/// If a file cannot be read, or a program fails.
pub(crate) fn run(workspace: &Workspace, bench: &Bench) -> Result<Exit, BenchError> {
    // What is missing is told before the build.
    check(bench)?;
    let optimized = |command: &str| {
        let mut cargo = Command::new("cargo");
        cargo.current_dir(workspace.root()).args([
            command,
            "--quiet",
            "--release",
            "--locked",
            "--package",
        ]);
        cargo
    };
    let mut measure = optimized("run");
    measure.args(["benches", "--bin"]);
    match bench {
        Bench::Calls => measure.args(["measure", "--", "calls"]),
        Bench::Build { jobs, consumers } => {
            measure.args(["measure", "--", "build", &jobs.to_string()]).args(with_base(consumers))
        }
        Bench::Lines => measure.args(["measure", "--", "lines"]),
        Bench::Pipeline { document, peer } => {
            let paths = [document].into_iter().chain(peer);
            measure
                .args(["pipeline", "--"])
                .args(paths.map(|path| absolute(path).unwrap_or_else(|_| path.clone())))
        }
    };
    messages::progress("Measuring", "this builds `benches` first", || {
        // The pipeline is measured in this program, too.
        process::succeed(optimized("build").arg("xtask"))?;
        process::succeed(&mut measure)
    })?;
    Ok(Exit::Success)
}

/// Checks that the files that are named can be read.
fn check(bench: &Bench) -> Result<(), FileError> {
    let Bench::Pipeline { document, peer } = bench else { return Ok(()) };
    [document]
        .into_iter()
        .chain(peer)
        .try_for_each(|path| is_file(path).or_cannot(Action::Read, path))
}

fn is_file(path: &Path) -> io::Result<()> {
    let metadata = File::open(path)?.metadata()?;
    if metadata.is_file() {
        Ok(())
    } else {
        Err(io::Error::new(io::ErrorKind::InvalidInput, "it is no file"))
    }
}

/// Returns the named consumers, if any, with the one that they are compared with.
fn with_base(named: &[String]) -> impl Iterator<Item = &str> {
    let base = (!named.is_empty()).then_some(BASE);
    base.into_iter().chain(named.iter().map(String::as_str))
}
