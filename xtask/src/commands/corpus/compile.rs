//! Compiles the clients of all documents and their tests in one target folder, and runs the tests.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;
use thiserror::Error;

use super::client_tests::{self, Tried};
use crate::findings::count;
use crate::io::files::{Action, Cannot, FileError, read_text};
use crate::io::messages;
use crate::io::process::{ProgramError, not_started};
use crate::io::workspace::Workspace;

/// The reasons why clients could not be compiled or tested.
#[derive(Debug, Error)]
pub(crate) enum CompileError {
    /// A manifest cannot be read or written.
    #[error(transparent)]
    Manifest(#[from] FileError),
    /// cargo or a test program cannot be started.
    #[error(transparent)]
    Program(#[from] ProgramError),
    /// cargo broke off.
    #[error("cargo compiled {compiled} of {all} clients, and {failed} failed")]
    BrokeOff {
        /// Number of clients.
        all: usize,
        /// Number of those that compiled.
        compiled: usize,
        /// Number of those with errors.
        failed: usize,
    },
}

/// The messages of rustc about a client and its tests, and the results of the tests.
#[derive(Debug, Default)]
pub(super) struct Verdict {
    pub errors: usize,
    pub warnings: usize,
    /// The first error or warning, in a line.
    pub first: Option<String>,
    /// The program of its tests, if there are any.
    tests: Option<PathBuf>,
    pub tried: Tried,
}

impl Verdict {
    pub(super) fn is_good(&self) -> bool {
        self.errors == 0 && self.warnings == 0
    }
}

fn folder(workspace: &Workspace) -> PathBuf {
    workspace.root().join("target/corpus")
}

/// Folder of the client of one document.
pub(super) fn package(workspace: &Workspace, index: usize) -> PathBuf {
    folder(workspace).join(format!("client-{index}"))
}

/// Compiles each of the clients, and runs its tests.
///
/// # Errors
/// If a manifest cannot be written, or cargo or a test program cannot be run.
pub(super) fn run(
    workspace: &Workspace,
    clients: &[usize],
) -> Result<BTreeMap<usize, Verdict>, CompileError> {
    let members: Vec<String> = clients.iter().map(|index| format!("client-{index}")).collect();
    write_manifest(workspace, &folder(workspace), &members)?;
    messages::status("Compiling", &count(clients.len(), "client"));
    let mut cargo = cargo(workspace, &folder(workspace));
    cargo.arg("--lib");
    if clients.iter().any(|index| package(workspace, *index).join("tests").is_dir()) {
        cargo.args(["--test", "*"]);
    }
    let output = cargo.output().map_err(|error| not_started(&cargo, error))?;
    let mut verdicts: BTreeMap<usize, Verdict> = BTreeMap::new();
    let mut compiled = 0;
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        let Ok(message) = serde_json::from_str::<Value>(line) else { continue };
        let Some(index) = client_of(&message) else { continue };
        let verdict = verdicts.entry(index).or_default();
        match (message["reason"].as_str(), message["executable"].as_str()) {
            (Some("compiler-message"), _) => verdict.note(&message["message"]),
            (Some("compiler-artifact"), Some(tests)) => verdict.tests = Some(tests.into()),
            (Some("compiler-artifact"), None) => compiled += 1,
            _ => {}
        }
    }
    let failed = verdicts.values().filter(|verdict| verdict.errors > 0).count();
    if compiled + failed < clients.len() {
        return Err(CompileError::BrokeOff { all: clients.len(), compiled, failed });
    }
    for verdict in verdicts.values_mut() {
        if let Some(tests) = &verdict.tests {
            verdict.tried = client_tests::run(tests)?;
        }
    }
    Ok(verdicts)
}

/// Returns the command that compiles a workspace of clients, without debug information and
/// incremental compilation. All such workspaces share what they depend on.
pub(crate) fn cargo(workspace: &Workspace, clients: &Path) -> Command {
    let mut cargo = Command::new("cargo");
    cargo.args(["build", "--workspace", "--keep-going", "--quiet", "--message-format=json"]);
    cargo.current_dir(clients).env("CARGO_TARGET_DIR", folder(workspace).join("target"));
    cargo
        .envs([("CARGO_INCREMENTAL", "0"), ("CARGO_PROFILE_DEV_DEBUG", "0")])
        .stderr(Stdio::inherit());
    cargo
}

impl Verdict {
    fn note(&mut self, message: &Value) {
        match message["level"].as_str() {
            Some("error") => self.errors += 1,
            Some("warning") => self.warnings += 1,
            _ => return,
        }
        let place =
            message.pointer("/spans/0/file_name").and_then(Value::as_str).unwrap_or_default();
        let line =
            message.pointer("/spans/0/line_start").and_then(Value::as_u64).unwrap_or_default();
        let text = message["message"].as_str().unwrap_or_default();
        self.first.get_or_insert_with(|| format!("{place}:{line}: {text}"));
    }
}

/// The client that a message of cargo is about.
fn client_of(message: &Value) -> Option<usize> {
    let manifest = Path::new(message["manifest_path"].as_str()?);
    manifest.parent()?.file_name()?.to_str()?.strip_prefix("client-")?.parse().ok()
}

/// Creates a workspace in a folder, with all settings that its members inherit from this one.
///
/// # Errors
/// If a file cannot be read or written.
pub(crate) fn write_manifest(
    workspace: &Workspace,
    folder: &Path,
    members: &[String],
) -> Result<(), FileError> {
    let root = workspace.root();
    let members: Vec<String> = members.iter().map(|member| format!("\"{member}\"")).collect();
    let shared = read_text(&root.join("Cargo.toml"))?;
    // The profiles are about crates that no client depends on, which stand behind everything else.
    let shared = shared.lines().take_while(|line| !line.starts_with("[profile."));
    let shared = shared.map(|line| match line.starts_with("members = ") {
        true => format!("members = [{}]", members.join(", ")),
        false => line.to_owned(),
    });
    let [manifest, lock] = ["Cargo.toml", "Cargo.lock"].map(|name| folder.join(name));
    fs::write(&manifest, shared.collect::<Vec<_>>().join("\n") + "\n")
        .or_cannot(Action::Write, &manifest)?;
    fs::copy(root.join("Cargo.lock"), &lock).or_cannot(Action::Write, &lock)?;
    Ok(())
}
