//! Consumes the client crate as an application would: from outside of the workspace, by path and by git.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::step::succeed;
use crate::workspace::Workspace;

/// What is done, in a line.
pub const ABOUT: &str = "the README's example as a crate of its own, by path and by git, against a local server";

/// What surrounds the README's example: a server that answers one request, and a call of the example.
const MAIN: &str = include_str!("consumer_main.rs");

/// Builds and runs the README's example with both kinds of dependency.
///
/// # Errors
/// What went wrong, in a sentence.
pub fn run(workspace: &Workspace) -> Result<(), String> {
    let folder = workspace.root().join("target").join("consumer");
    let clone = folder.join("clone");
    let _ = fs::remove_dir_all(&clone);
    fs::create_dir_all(&folder).map_err(|error| format!("cannot make {}: {error}", folder.display()))?;
    let mut git = Command::new("git");
    succeed(git.args(["clone", "--quiet", "--no-hardlinks"]).arg(workspace.root()).arg(&clone))?;
    let by_path = format!("path = {:?}", workspace.generated().display().to_string());
    let by_git = format!("git = {:?}", format!("file://{}", clone.display()));
    for (name, dependency) in [("by_path", by_path), ("by_git", by_git)] {
        consume(workspace, &folder, name, &dependency)?;
    }
    Ok(())
}

fn consume(workspace: &Workspace, folder: &Path, name: &str, dependency: &str) -> Result<(), String> {
    let package = folder.join(name);
    let readme = workspace.root().join("README.md");
    let readme = fs::read_to_string(&readme).map_err(|error| format!("cannot read README.md: {error}"))?;
    let manifest = format!(
        "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n[dependencies]\n\
         oauth-token-clients = {{ {dependency}, default-features = false, features = [\"ghes_oauth_apps\"] }}\n\
         tokio = {{ version = \"1\", features = [\"rt\"] }}\n"
    );
    let main = format!("{MAIN}\n{}", example(&readme)?);
    let lock = workspace.root().join("Cargo.lock");
    let written = fs::create_dir_all(package.join("src"))
        .and_then(|()| fs::write(package.join("Cargo.toml"), manifest))
        .and_then(|()| fs::write(package.join("src/main.rs"), main))
        .and_then(|()| fs::copy(lock, package.join("Cargo.lock")));
    written.map_err(|error| format!("cannot write {}: {error}", package.display()))?;
    let mut cargo = Command::new("cargo");
    succeed(cargo.arg("run").env("CARGO_TARGET_DIR", folder.join("target")).current_dir(&package))
}

/// The README's example, calling the server of `MAIN`.
fn example(readme: &str) -> Result<String, String> {
    let code = readme.split_once("```rust\n").and_then(|(_, rest)| rest.split_once("```"));
    let (code, _) = code.ok_or("README.md has no example in Rust")?;
    let documented = "\"HOSTNAME\"";
    if !code.contains(documented) {
        return Err(format!("the README's example does not call {documented}"));
    }
    let visible: Vec<&str> = code.lines().filter(|line| !line.starts_with("# ")).collect();
    Ok(visible.join("\n").replace(documented, "&base_url()"))
}
