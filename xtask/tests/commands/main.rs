//! Tests the commands in temporary workspaces.

mod bench;
mod changes;
mod conformance;
mod corpus;
mod folding;
mod help;
mod import;
mod import_into;
mod lint;
mod list;
mod losses;
mod new;
mod new_operation;
mod regen;
#[cfg(unix)]
mod regen_under_fire;
mod review;
mod root;
mod split;
mod watch;

use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

const SPEC: &str = "openapi: 3.0.3
info:
  title: Widgets
  version: '1'
paths:
  /widgets:
    get:
      operationId: list_widgets
      responses:
        '200':
          description: All widgets.
";

/// A manifest that states a package.
const MANIFEST: &str = "[workspace.package]
version = \"1.2.3\"

[workspace.metadata.client]
name = \"widget-clients\"
description = \"Clients of widgets.\"
runtime = { name = \"widget-runtime\", path = \"../runtime\" }
features = [{ name = \"tracing\", description = \"Spans.\", default = true }]
";

/// A workspace with one spec.
fn workspace() -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    fs::create_dir(folder.path().join("specs")).expect("a folder can be made");
    write(folder.path(), "specs/widgets.yaml", SPEC);
    folder
}

fn write(root: &Path, path: &str, text: &str) {
    fs::write(root.join(path), text).expect("a file can be written");
}

fn read(root: &Path, path: &str) -> String {
    fs::read_to_string(root.join(path)).expect("a file can be read")
}

/// Runs the command. Returns its exit code, its standard output and its standard error.
fn xtask(root: &Path, arguments: &[&str]) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    let output = command.arg("--root").arg(root).args(arguments).output().expect("xtask runs");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (
        output.status.code().expect("xtask ends by itself"),
        text(&output.stdout),
        text(&output.stderr),
    )
}
