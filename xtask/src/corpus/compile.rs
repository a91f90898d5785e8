//! Lets rustc check the clients of all documents, which share one target folder.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::findings::count;
use crate::messages;
use crate::workspace::Workspace;

/// What rustc says of a client.
#[derive(Debug, Default)]
pub struct Verdict {
    pub errors: usize,
    pub warnings: usize,
    /// The first error or warning, in a line.
    pub first: Option<String>,
}

impl Verdict {
    pub fn is_good(&self) -> bool {
        self.errors == 0 && self.warnings == 0
    }
}

fn folder(workspace: &Workspace) -> PathBuf {
    workspace.root().join("target/corpus")
}

/// Folder of the client of one document.
pub fn package(workspace: &Workspace, index: usize) -> PathBuf {
    folder(workspace).join(format!("client-{index}"))
}

/// What rustc says of each of the clients.
///
/// # Errors
/// What stands in the way, in a sentence.
pub fn run(workspace: &Workspace, clients: &[usize]) -> Result<BTreeMap<usize, Verdict>, String> {
    write_manifests(workspace, clients).map_err(|error| format!("cannot write the manifests: {error}"))?;
    messages::status("Checking", &count(clients.len(), "client"));
    let output = Command::new("cargo")
        .args(["check", "--workspace", "--lib", "--keep-going", "--quiet", "--message-format=json"])
        .current_dir(folder(workspace))
        .env("CARGO_TARGET_DIR", folder(workspace).join("target"))
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| format!("cannot run cargo: {error}"))?;
    let mut verdicts: BTreeMap<usize, Verdict> = BTreeMap::new();
    let mut checked = 0;
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        let Ok(message) = serde_json::from_str::<Value>(line) else { continue };
        let Some(index) = client_of(&message) else { continue };
        let verdict = verdicts.entry(index).or_default();
        match message["reason"].as_str() {
            Some("compiler-message") => verdict.note(&message["message"]),
            Some("compiler-artifact") => checked += 1,
            _ => {}
        }
    }
    let failed = verdicts.values().filter(|verdict| verdict.errors > 0).count();
    if checked + failed < clients.len() {
        return Err(format!("cargo checked {checked} of {} clients, and {failed} failed", clients.len()));
    }
    Ok(verdicts)
}

impl Verdict {
    fn note(&mut self, message: &Value) {
        match message["level"].as_str() {
            Some("error") => self.errors += 1,
            Some("warning") => self.warnings += 1,
            _ => return,
        }
        let place = message.pointer("/spans/0/file_name").and_then(Value::as_str).unwrap_or_default();
        let line = message.pointer("/spans/0/line_start").and_then(Value::as_u64).unwrap_or_default();
        let text = message["message"].as_str().unwrap_or_default();
        self.first.get_or_insert_with(|| format!("{place}:{line}: {text}"));
    }
}

/// The client that a message of cargo is about.
fn client_of(message: &Value) -> Option<usize> {
    let manifest = Path::new(message["manifest_path"].as_str()?);
    manifest.parent()?.file_name()?.to_str()?.strip_prefix("client-")?.parse().ok()
}

/// Gives each client a name of its own, and all of them what they take from the workspace.
fn write_manifests(workspace: &Workspace, clients: &[usize]) -> std::io::Result<()> {
    let root = workspace.root();
    for index in clients {
        let path = package(workspace, *index).join("Cargo.toml");
        let runtime = format!("path = {:?}", root.join("runtime").display().to_string());
        let manifest = fs::read_to_string(&path)?
            .replacen(&format!("name = \"{}\"", codegen::PACKAGE), &format!("name = \"client-{index}\""), 1)
            .replacen("path = \"../runtime\"", &runtime, 1);
        fs::write(&path, manifest)?;
    }
    let members: Vec<String> = clients.iter().map(|index| format!("\"client-{index}\"")).collect();
    let shared = fs::read_to_string(root.join("Cargo.toml"))?;
    let shared = shared.lines().map(|line| match line.starts_with("members = ") {
        true => format!("members = [{}]", members.join(", ")),
        false => line.to_owned(),
    });
    fs::write(folder(workspace).join("Cargo.toml"), shared.collect::<Vec<_>>().join("\n") + "\n")?;
    fs::copy(root.join("Cargo.lock"), folder(workspace).join("Cargo.lock"))?;
    Ok(())
}
