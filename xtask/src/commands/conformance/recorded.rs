//! Records the requests of the sample calls of a client, in a program of its own.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde::Deserialize;
use serde_json::Value;

use super::error::ConformanceError;
use crate::commands::corpus::compile;
use crate::io::files::{Action, Cannot, FileError, read_text};
use crate::io::process::{self, not_started};
use crate::io::workspace::Workspace;

/// The program that calls all operations.
const MAIN: &str = include_str!("requests_main.rs");

/// A sample call, and what came of it.
pub(super) struct Recorded {
    /// The client method.
    pub operation: String,
    /// The inputs: `required` or `all`.
    pub inputs: String,
    pub fate: Fate,
}

/// What came of a sample call.
pub(super) enum Fate {
    /// The request was sent, with these bytes.
    Sent(Vec<u8>),
    /// The client sent nothing, for this reason.
    Refused(String),
    /// The call panicked with this message.
    Panicked(String),
}

/// A line of the program's output.
#[derive(Deserialize)]
struct Line {
    operation: String,
    inputs: String,
    outcome: String,
    /// The request in hexadecimal digits, or the reason why there is none.
    value: String,
}

/// Returns the folder of the clients, programs and recorded requests.
pub(super) fn folder(workspace: &Workspace) -> PathBuf {
    workspace.root().join("target/conformance")
}

/// Returns the folder of the client of one document.
pub(super) fn client(workspace: &Workspace, index: usize) -> PathBuf {
    folder(workspace).join(format!("client-{index}"))
}

/// Writes the program that calls all operations of a client.
///
/// # Errors
/// If it cannot be written.
pub(super) fn write_program(workspace: &Workspace, index: usize) -> Result<(), FileError> {
    let package = folder(workspace).join(format!("requests-{index}"));
    let manifest = format!(
        "[package]\nname = \"requests-{index}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n\
         client-{index}.path = \"../client-{index}\"\nserde.workspace = true\nserde_json.workspace = true\n\
         tokio = {{ workspace = true, features = [\"rt\"] }}\n"
    );
    let main = MAIN
        .replace("../sample_calls/mod.rs", &format!("../../client-{index}/sample_calls/mod.rs"))
        .replace("::client::", &format!("::client_{index}::"));
    let source = package.join("src");
    fs::create_dir_all(&source).or_cannot(Action::Make, &source)?;
    for (path, text) in [(package.join("Cargo.toml"), manifest), (source.join("main.rs"), main)] {
        // cargo compiles again what is newer.
        if fs::read_to_string(&path).is_ok_and(|known| known == text) {
            continue;
        }
        fs::write(&path, text).or_cannot(Action::Write, &path)?;
    }
    Ok(())
}

/// Compiles the programs of clients. Returns those that compile.
///
/// # Errors
/// If a manifest cannot be written, or cargo cannot be run.
pub(super) fn compile(
    workspace: &Workspace,
    clients: &[usize],
) -> Result<BTreeMap<usize, PathBuf>, ConformanceError> {
    let members = clients
        .iter()
        .flat_map(|index| [format!("client-{index}"), format!("requests-{index}")])
        .collect::<Vec<_>>();
    let folder = folder(workspace);
    compile::write_manifest(workspace, &folder, &members)?;
    let mut cargo = compile::cargo(workspace, &folder);
    cargo.args(["--bins"]);
    let output = cargo.output().map_err(|error| not_started(&cargo, error))?;
    let mut programs = BTreeMap::new();
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        let Ok(message) = serde_json::from_str::<Value>(line) else { continue };
        let name = message.pointer("/target/name").and_then(Value::as_str).unwrap_or_default();
        let index = name.strip_prefix("requests-").and_then(|index| index.parse().ok());
        if let (Some(index), Some(program)) = (index, message["executable"].as_str()) {
            programs.insert(index, program.into());
        }
    }
    Ok(programs)
}

/// Runs the program of a client.
///
/// # Errors
/// If it cannot be run, or its output cannot be read.
pub(super) fn record(
    workspace: &Workspace,
    index: usize,
    program: &Path,
) -> Result<Vec<Recorded>, ConformanceError> {
    let output = folder(workspace).join(format!("requests-{index}.jsonl"));
    let mut command = Command::new(program);
    process::succeed(command.arg(&output).stdin(Stdio::null()))?;
    let lines = read_text(&output)?;
    let lines = lines.lines().filter_map(|line| serde_json::from_str::<Line>(line).ok());
    Ok(lines.map(recorded).collect())
}

fn recorded(line: Line) -> Recorded {
    let Line { operation, inputs, outcome, value } = line;
    let fate = match outcome.as_str() {
        "sent" => Fate::Sent(bytes(&value)),
        "refused" => Fate::Refused(value),
        _ => Fate::Panicked(value),
    };
    Recorded { operation, inputs, fate }
}

/// Reads pairs of hexadecimal digits.
fn bytes(digits: &str) -> Vec<u8> {
    let pairs = digits.as_bytes().chunks(2);
    let byte =
        |pair| std::str::from_utf8(pair).ok().and_then(|pair| u8::from_str_radix(pair, 16).ok());
    pairs.filter_map(byte).collect()
}
