//! `cargo xtask fuzz`: runs libFuzzer on the generator, if the tools are installed.

use std::fs;
use std::process::{Command, Stdio};

use thiserror::Error;

use crate::exit::{Exit, Problem};
use crate::io::files::{Action, Cannot, FileError};
use crate::io::process::{self, ProgramError};
use crate::io::workspace::Workspace;

/// Longest time for one input, in seconds.
const TIME: u32 = 20;

/// Folders whose files the fuzzer starts from.
const SEEDS: [&str; 4] = [
    "specs",
    "openapi/tests/fixtures/load",
    "codegen/tests/fixtures/shapes",
    "codegen/tests/fixtures/refused",
];

/// A required program.
#[derive(Debug)]
struct Tool {
    /// Arguments with which cargo succeeds where it is.
    probe: &'static [&'static str],
    name: &'static str,
    /// The command that installs it.
    install: &'static str,
}

const TOOLS: [Tool; 2] = [
    Tool {
        probe: &["+nightly", "--version"],
        name: "a nightly toolchain",
        install: "rustup toolchain install nightly",
    },
    Tool { probe: &["fuzz", "--version"], name: "cargo-fuzz", install: "cargo install cargo-fuzz" },
];

/// The reasons why there was no search, or why it ended.
#[derive(Debug, Error)]
pub(crate) enum FuzzError {
    /// Tools are missing.
    #[error("{}", list(.0))]
    Missing(MissingTools),
    /// The folder for findings cannot be created.
    #[error(transparent)]
    Folder(#[from] FileError),
    /// cargo cannot be started.
    #[error(transparent)]
    Cargo(#[from] ProgramError),
    /// The generator fails on an input.
    #[error("the fuzzer found an input that the generator fails at, see above")]
    Found,
}

/// Returns the missing tools.
#[derive(Debug)]
pub(crate) struct MissingTools(Vec<&'static Tool>);

impl Problem for FuzzError {
    fn next(&self) -> String {
        match self {
            Self::Missing(_) => {
                "without them, `PROPTEST_CASES=10000 cargo test -p codegen --test codegen mutations` searches, too"
                    .to_owned()
            }
            Self::Folder(_) | Self::Cargo(_) => "put that right, then run `cargo xtask fuzz` again".to_owned(),
            Self::Found => "make a fixture of it, then correct the generator".to_owned(),
        }
    }

    fn exit(&self) -> Exit {
        if matches!(self, Self::Missing(_)) { Exit::Missing } else { Exit::Failure }
    }
}

fn list(MissingTools(tools): &MissingTools) -> String {
    let tool = |tool: &&Tool| format!("{} is missing; `{}` installs it", tool.name, tool.install);
    tools.iter().map(tool).collect::<Vec<_>>().join(", and ")
}

/// Runs the fuzzer for some seconds.
///
/// # Errors
/// If it cannot be run, or finds something.
pub(crate) fn run(workspace: &Workspace, seconds: u32) -> Result<Exit, FuzzError> {
    let missing: Vec<&Tool> = TOOLS.iter().filter(|tool| !works(tool.probe)).collect();
    if !missing.is_empty() {
        return Err(FuzzError::Missing(MissingTools(missing)));
    }
    let found = workspace.root().join("target/fuzz/corpus");
    fs::create_dir_all(&found).or_cannot(Action::Make, &found)?;
    let mut cargo = Command::new("cargo");
    cargo
        .current_dir(workspace.root())
        .args([
            "+nightly",
            "fuzz",
            "run",
            "--fuzz-dir",
            "codegen/fuzz",
            "--target-dir",
            "target/fuzz",
            "generate",
        ])
        .arg(found)
        .args(SEEDS)
        .args(["--", &format!("-max_total_time={seconds}"), &format!("-timeout={TIME}")]);
    if process::status(&mut cargo)?.success() { Ok(Exit::Success) } else { Err(FuzzError::Found) }
}

fn works(arguments: &[&str]) -> bool {
    let status =
        Command::new("cargo").args(arguments).stdout(Stdio::null()).stderr(Stdio::null()).status();
    status.is_ok_and(|status| status.success())
}
