//! `cargo xtask fuzz`: libFuzzer over the generator, for those who have the tools.

use std::fs;
use std::process::{Command, Stdio};

use crate::workspace::Workspace;
use crate::{FAILURE, SUCCESS, messages};

/// Longest time for one input, in seconds.
const TIME: u32 = 20;

/// Folders whose files the fuzzer starts from.
const SEEDS: [&str; 4] =
    ["specs", "openapi/tests/fixtures/load", "codegen/tests/fixtures/shapes", "codegen/tests/fixtures/refused"];

/// What has to be there: how to see that it is, what it is called, and how to get it.
const TOOLS: [(&[&str], &str, &str); 2] = [
    (&["+nightly", "--version"], "a nightly toolchain", "rustup toolchain install nightly"),
    (&["fuzz", "--version"], "cargo-fuzz", "cargo install cargo-fuzz"),
];

/// Runs the fuzzer for some seconds.
pub fn run(workspace: &Workspace, seconds: u32) -> u8 {
    let missing: Vec<_> = TOOLS.iter().filter(|(arguments, ..)| !works(arguments)).collect();
    if !missing.is_empty() {
        for (_, tool, command) in missing {
            messages::error(&format!("{tool} is missing; `{command}` installs it"));
        }
        messages::next(
            "without them, `PROPTEST_CASES=10000 cargo test -p codegen --test codegen mutations` searches, too",
        );
        return FAILURE;
    }
    let found = workspace.root().join("target/fuzz/corpus");
    if let Err(error) = fs::create_dir_all(&found) {
        messages::error(&format!("cannot make {}: {error}", found.display()));
        return FAILURE;
    }
    let status = Command::new("cargo")
        .current_dir(workspace.root())
        .args(["+nightly", "fuzz", "run", "--fuzz-dir", "codegen/fuzz", "--target-dir", "target/fuzz", "generate"])
        .arg(found)
        .args(SEEDS)
        .args(["--", &format!("-max_total_time={seconds}"), &format!("-timeout={TIME}")])
        .status();
    match status {
        Ok(status) if status.success() => SUCCESS,
        Ok(_) => {
            messages::error("the fuzzer found an input that the generator fails at, see above");
            messages::next("make a fixture of it, then correct the generator");
            FAILURE
        }
        Err(error) => {
            messages::error(&format!("cannot run cargo: {error}"));
            FAILURE
        }
    }
}

fn works(arguments: &[&str]) -> bool {
    let status = Command::new("cargo").args(arguments).stdout(Stdio::null()).stderr(Stdio::null()).status();
    status.is_ok_and(|status| status.success())
}
