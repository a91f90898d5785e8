//! `cargo xtask conformance`: the tool that it needs.

use std::path::Path;
use std::process::Command;

use crate::{SPEC, read, workspace, write};

/// Runs the command where the only programs are those of a folder.
fn conformance(root: &Path, programs: &Path, arguments: &[&str]) -> (i32, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.env("PATH", programs).arg("--root").arg(root).arg("conformance").args(arguments);
    let output = command.output().expect("xtask runs");
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    (output.status.code().expect("xtask ends by itself"), text)
}

#[test]
fn a_missing_tool_has_an_exit_code_of_its_own_and_the_command_that_installs_it() {
    let folder = workspace();
    let (code, messages) = conformance(folder.path(), folder.path(), &[]);
    assert_eq!(code, 3, "{messages}");
    assert!(messages.contains("error: prism "), "{messages}");
    assert!(messages.contains("next: `npm install --global"), "{messages}");
    assert!(!folder.path().join("target").exists(), "nothing is done before");
}

/// Puts a program into a folder that states its version and does nothing else.
#[cfg(unix)]
fn install(folder: &Path, version: &str) {
    use std::os::unix::fs::PermissionsExt;

    write(folder, "prism", &format!("#!/bin/sh\necho {version}\n"));
    let permissions = std::fs::Permissions::from_mode(0o755);
    std::fs::set_permissions(folder.join("prism"), permissions).expect("it can be a program");
}

#[test]
#[cfg(unix)]
fn another_version_of_the_tool_is_not_used() {
    let folder = workspace();
    install(folder.path(), "1.2.3");
    let (code, messages) = conformance(folder.path(), folder.path(), &[]);
    assert!(code == 3 && messages.contains("version 1.2.3"), "{code} {messages}");
}

#[test]
#[cfg(unix)]
fn a_report_goes_between_marks_only() {
    let folder = workspace();
    let (_, missing) = conformance(folder.path(), folder.path(), &[]);
    let version = missing.split("prism-cli@").nth(1).and_then(|rest| rest.split('`').next());
    install(folder.path(), version.expect("the version is stated"));
    write(folder.path(), "notes.md", SPEC);
    let notes = folder.path().join("notes.md").display().to_string();
    let (code, messages) = conformance(folder.path(), folder.path(), &["--report", &notes]);
    assert!(code == 1 && messages.contains("<!-- conformance -->"), "{code} {messages}");
    assert_eq!(read(folder.path(), "notes.md"), SPEC);
}
