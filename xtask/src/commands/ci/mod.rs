//! `cargo xtask ci`: runs the steps of CI, in the order in which it fails fastest.

mod consumer;
mod step;

use std::process::Command;
use std::time::SystemTime;

use thiserror::Error;

use super::conformance;
use super::corpus::documents;
use crate::exit::{Exit, Problem};
use crate::io::messages;
use crate::io::process::ProgramError;
use crate::io::workspace::Workspace;

use self::consumer::ConsumerError;
use self::step::{Step, cargo};

/// The command of the README that passes all tests.
pub(crate) const TEST_COMMAND: &str = "test --workspace --locked";

/// The report on documents of other vendors.
const CORPUS_REPORT: &str = "docs/corpus.md";

/// The step that failed.
#[derive(Debug, Error)]
pub(crate) enum CiError {
    /// A cargo command.
    #[error("{name}: {error}")]
    Step {
        /// Its name.
        name: String,
        /// The command as a person would type it.
        command: String,
        /// The failure.
        error: ProgramError,
    },
    /// The use of the crate from outside of the workspace.
    #[error("consumer: {0}")]
    Consumer(#[from] ConsumerError),
}

impl Problem for CiError {
    fn next(&self) -> String {
        let command = match self {
            Self::Step { command, .. } => command,
            Self::Consumer(_) => "cargo xtask ci",
        };
        format!("put right what it shows, then run `{command}` alone")
    }
}

/// Prints the steps.
pub(crate) fn list(workspace: &Workspace) -> Exit {
    for step in steps(workspace) {
        messages::print(&format!("{}: {}\n", step.name, step.text()));
    }
    messages::print(&format!("consumer: {}\n", consumer::ABOUT));
    Exit::Success
}

/// Runs the steps and stops at the first that fails.
///
/// # Errors
/// If one fails.
pub(crate) fn run(workspace: &Workspace) -> Result<Exit, CiError> {
    for step in steps(workspace) {
        let failed = |error| CiError::Step { name: step.name.clone(), command: step.text(), error };
        step.run(workspace.root()).map_err(failed)?;
    }
    if !has_tls() {
        messages::attention(
            "Skipped",
            "native-tls alone: install OpenSSL's headers and pkg-config to check it",
        );
    }
    if let Err(missing) = conformance::check_tool() {
        let text =
            format!("requests against another implementation: {missing}; {}", missing.install());
        messages::attention("Skipped", &text);
    }
    if let Err(problem) = documents::at_hand(workspace) {
        messages::attention(
            "Skipped",
            &format!("documents of other vendors against {CORPUS_REPORT}: {problem}"),
        );
    }
    messages::status("Running", &format!("consumer: {}", consumer::ABOUT));
    consumer::run(workspace)?;
    messages::status("Finished", "everything that CI runs");
    Ok(Exit::Success)
}

fn steps(workspace: &Workspace) -> Vec<Step> {
    let mut steps = vec![
        cargo("formatting", "fmt --all --check"),
        cargo("freshness", "xtask regen --check"),
        cargo("version", "xtask release --check"),
        cargo("lints", "clippy --workspace --all-targets --locked -- -D warnings"),
        cargo("tests", TEST_COMMAND).with("INSTA_UPDATE", "no"),
        cargo("documentation", "doc --workspace --no-deps --locked")
            .with("RUSTDOCFLAGS", "-D rustdoc::all -D warnings"),
    ];
    let alone = "clippy --package oauth-token-clients --locked --no-default-features";
    steps.push(cargo("no feature", &format!("{alone} -- -D warnings")));
    for feature in workspace.spec_stems().into_iter().chain(other_features().map(str::to_owned)) {
        steps.push(cargo(
            &format!("{feature} alone"),
            &format!("{alone} --features {feature} -- -D warnings"),
        ));
    }
    // With the workspace's other packages it would have their features.
    steps.push(cargo(
        "runtime alone",
        "test --package oauth-token-clients-runtime --test wire --locked",
    ));
    steps.push(packaging(workspace));
    if conformance::check_tool().is_ok() {
        steps.push(cargo("conformance", "xtask conformance"));
    }
    if documents::at_hand(workspace).is_ok() {
        // Not for the report's sake, but for that of a generator that is compiled fast and runs
        // slowly.
        steps.push(cargo(
            "corpus",
            &format!("xtask corpus --check {CORPUS_REPORT} --time-limit 600"),
        ));
    }
    steps
}

/// Returns the step that packages both packages and compiles what was packaged.
pub(crate) fn packaging(workspace: &Workspace) -> Step {
    let packages: String =
        packages(workspace).iter().map(|name| format!(" --package {name}")).collect();
    let folder = packages_folder();
    cargo("packages", &format!("package{packages} --locked --allow-dirty --target-dir {folder}"))
}

/// Returns the names of both packages, the runtime first, which the other one depends on.
pub(crate) fn packages(workspace: &Workspace) -> [String; 2] {
    let package = workspace.package().ok().and_then(Result::ok).unwrap_or_default();
    [package.runtime.name, package.name].map(|name| name.as_str().to_owned())
}

/// The features that are not APIs.
fn other_features() -> impl Iterator<Item = &'static str> {
    ["azure_core", "blocking", "chrono", "jiff", "rustls", "time", "tracing"]
        .into_iter()
        .chain(has_tls().then_some("native-tls"))
}

/// Returns true if the system has TLS that can be built with. Linux has none of its own, and
/// OpenSSL only where it was installed.
fn has_tls() -> bool {
    let pkg_config = || Command::new("pkg-config").args(["--exists", "openssl"]).status();
    cfg!(not(target_os = "linux")) || pkg_config().is_ok_and(|status| status.success())
}

/// Returns a folder that no other run has used. cargo unpacks what it has packaged by the folder's
/// path and the version, and would check the second package against an earlier state of the first.
fn packages_folder() -> String {
    let seconds =
        SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_secs();
    format!("target/packages/{seconds}")
}
