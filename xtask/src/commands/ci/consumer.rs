//! Uses the client crate as an application would: from outside of the workspace, by path and by
//! git.

use std::fs;
use std::path::Path;
use std::process::Command;

use thiserror::Error;

use crate::io::files::{Action, Cannot, FileError, read_text};
use crate::io::process::{ProgramError, succeed};
use crate::io::workspace::Workspace;

/// The step, in a line.
pub(super) const ABOUT: &str =
    "the README's example and a small service as a crate of its own, by path and by git";

/// The code around the README's example: a server that answers one request, and a call of the
/// example.
const MAIN: &str = include_str!("consumer_main.rs");

/// What a long-running service does with the clients.
const SERVICE: &str = include_str!("consumer_service.rs");

/// The dependencies of the crate, beside the clients.
const DEPENDENCIES: &str = r#"
futures-util = { version = "0.3", default-features = false }
serde = { version = "1", features = ["derive"] }
tokio = { version = "1", features = ["rt"] }
"#;

/// The features of the clients that the crate uses.
const FEATURES: [&str; 4] =
    ["azure_container_apps", "blocking", "ghes_oauth_apps", "ghes_oauth_authorizations"];

/// The host that the README's example calls, which is replaced with a local server.
const DOCUMENTED: &str = "\"HOSTNAME\"";

/// The reasons why the crate could not be consumed.
#[derive(Debug, Error)]
pub(crate) enum ConsumerError {
    /// A file or folder cannot be read or written.
    #[error(transparent)]
    File(#[from] FileError),
    /// git or cargo failed.
    #[error(transparent)]
    Program(#[from] ProgramError),
    /// There is nothing to run.
    #[error("README.md has no example in Rust")]
    NoExample,
    /// The example does not call the host that is replaced.
    #[error("the README's example does not call {DOCUMENTED}")]
    OtherHost,
}

/// Builds and runs the README's example with both kinds of dependency.
///
/// # Errors
/// If that cannot be done.
pub(super) fn run(workspace: &Workspace) -> Result<(), ConsumerError> {
    let folder = workspace.root().join("target").join("consumer");
    let clone = folder.join("clone");
    let _ = fs::remove_dir_all(&clone);
    fs::create_dir_all(&folder).or_cannot(Action::Make, &folder)?;
    let mut git = Command::new("git");
    succeed(git.args(["clone", "--quiet", "--no-hardlinks"]).arg(workspace.root()).arg(&clone))?;
    let by_path = format!("path = {:?}", workspace.generated().display().to_string());
    let by_git = format!("git = {:?}", format!("file://{}", clone.display()));
    for (name, dependency) in [("by_path", by_path), ("by_git", by_git)] {
        consume(workspace, &folder, name, &dependency)?;
    }
    Ok(())
}

fn consume(
    workspace: &Workspace,
    folder: &Path,
    name: &str,
    dependency: &str,
) -> Result<(), ConsumerError> {
    let package = folder.join(name);
    let readme = read_text(&workspace.root().join("README.md"))?;
    let manifest = format!(
        "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n[dependencies]\n\
         oauth-token-clients = {{ {dependency}, default-features = false, features = {FEATURES:?} }}{DEPENDENCIES}"
    );
    let main = format!("{MAIN}\n{}", example(&readme)?);
    let lock = workspace.root().join("Cargo.lock");
    let written = fs::create_dir_all(package.join("src"))
        .and_then(|()| fs::write(package.join("Cargo.toml"), manifest))
        .and_then(|()| fs::write(package.join("src/main.rs"), main))
        .and_then(|()| fs::write(package.join("src/service.rs"), SERVICE))
        .and_then(|()| fs::copy(lock, package.join("Cargo.lock")));
    written.or_cannot(Action::Write, &package)?;
    let mut cargo = Command::new("cargo");
    succeed(cargo.arg("run").env("CARGO_TARGET_DIR", folder.join("target")).current_dir(&package))?;
    Ok(())
}

/// The README's example, calling the server of `MAIN`.
fn example(readme: &str) -> Result<String, ConsumerError> {
    let code = readme.split_once("```rust\n").and_then(|(_, rest)| rest.split_once("```"));
    let (code, _) = code.ok_or(ConsumerError::NoExample)?;
    if !code.contains(DOCUMENTED) {
        return Err(ConsumerError::OtherHost);
    }
    let visible: Vec<&str> = code.lines().filter(|line| !line.starts_with("# ")).collect();
    Ok(visible.join("\n").replace(DOCUMENTED, "&base_url()"))
}
