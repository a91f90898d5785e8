//! `cargo xtask changes`: exit codes, formats and the states that are compared.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};

use crate::{MANIFEST, SPEC, workspace, write, xtask};

const RENAMED: &str = "      operationId: all_widgets\n";

fn renamed() -> String {
    SPEC.replace("      operationId: list_widgets\n", RENAMED)
}

#[test]
fn changes_between_folders_have_lines_verdicts_and_a_bump() {
    let (before, after) = (workspace(), workspace());
    write(after.path(), "specs/widgets.yaml", &format!("# A comment.\n{}", renamed()));
    write(after.path(), "Cargo.toml", MANIFEST);
    let from = before.path().display().to_string();
    let run = |arguments: &[&str]| {
        xtask(after.path(), &[&["changes", "--from", &from], arguments].concat())
    };
    let (code, output, messages) = run(&["--format", "json"]);
    assert_eq!(code, 0, "{messages}");
    let report: Value = serde_json::from_str(&output).expect("the report is JSON");
    assert_eq!(
        (&report["bump"], report["changes"].as_array().map(Vec::len)),
        (&json!("major"), Some(2))
    );
    let change = &report["changes"][0];
    for (key, expected) in [
        ("rule", json!("operation-renamed")),
        ("api", json!("widgets")),
        ("operation", json!("list_widgets")),
        ("pointer", json!("/paths/~1widgets/get")),
        ("from", json!({"line": 7})),
        ("to", json!({"line": 8})),
        ("deployed", json!("works")),
        ("source", json!("breaks")),
        ("behaviour", json!(null)),
        ("text", json!("`list_widgets` is called `all_widgets`.")),
    ] {
        assert_eq!(change[key], expected, "{key}");
    }
    let (_, output, _) = run(&[]);
    assert!(output.contains("bump: major: from 1.2.3 to 2.0.0"), "{output}");
    let (_, output, _) = run(&["--format", "markdown"]);
    assert!(output.starts_with("### Breaking\n\n- `widgets`: "), "{output}");
    assert_eq!(run(&["--deny", "breaking"]).0, 5);
    let (code, _, messages) = run(&["gadgets"]);
    assert_eq!(code, 2, "{messages}");
}

#[test]
fn what_breaks_nothing_is_not_denied() {
    let (before, after) = (workspace(), workspace());
    write(after.path(), "specs/gadgets.yaml", &SPEC.replace("Widgets", "Gadgets"));
    let from = before.path().join("specs").display().to_string();
    let deny = |level: &str| xtask(after.path(), &["changes", "--from", &from, "--deny", level]).0;
    assert_eq!((deny("breaking"), deny("behaviour"), deny("any")), (0, 0, 5));
}

#[test]
fn revisions_of_git_are_compared_with_the_specs_as_they_are() {
    let folder = workspace();
    let root = folder.path();
    let git = |arguments: &[&str]| {
        let identity = ["-c", "user.name=w", "-c", "user.email=w@widgets.example"];
        let mut command = Command::new("git");
        let status = command.current_dir(root).args(identity).args(arguments).status();
        assert!(status.expect("git runs").success(), "{arguments:?}");
    };
    git(&["init", "-q"]);
    git(&["add", "."]);
    git(&["commit", "-q", "-m", "specs"]);
    let (code, output, messages) = xtask(root, &["changes", "--deny", "any"]);
    assert!(code == 0 && output.ends_with("bump: none\n"), "{output}{messages}");
    write(root, "specs/widgets.yaml", &renamed());
    assert_eq!(xtask(root, &["changes", "--deny", "breaking"]).0, 5);
    git(&["tag", "v1"]);
    git(&["commit", "-q", "-a", "-m", "renamed"]);
    assert_eq!(xtask(root, &["changes", "--deny", "breaking"]).0, 5);
    assert_eq!(xtask(root, &["changes", "--from", "HEAD", "--deny", "any"]).0, 0);
    let (code, _, messages) = xtask(root, &["changes", "--from", "v2"]);
    assert!(code == 1 && messages.contains("git shows no specs/ of `v2`"), "{messages}");
}

#[test]
fn two_documents_are_repaired_and_compared() {
    let folder = workspace();
    let root = folder.path();
    // Both lack what OpenAPI demands of them.
    write(root, "old.yaml", &SPEC.replace("      operationId: list_widgets\n", ""));
    let text =
        SPEC.replace("      operationId: list_widgets\n", "").replace("    get:", "    delete:");
    write(root, "new.yaml", &text);
    write(root, "bad.yaml", "openapi: 2\n");
    let path = |name: &str| root.join(name).display().to_string();
    let run = |old: &str, new: &str| {
        xtask(root, &["changes", &path(old), &path(new), "--deny", "breaking"])
    };
    let (code, output, messages) = run("old.yaml", "new.yaml");
    assert_eq!(code, 5, "{output}{messages}");
    assert!(output.contains("[operation-removed]"), "{output}");
    assert_eq!(run("old.yaml", "old.yaml").0, 0);
    let (code, _, messages) = run("old.yaml", "bad.yaml");
    assert!(code == 1 && messages.contains("no client can be made of"), "{messages}");
}

fn git(root: &Path, arguments: &[&str]) {
    let identity = ["-c", "user.name=a", "-c", "user.email=a@example.com"];
    let mut command = Command::new("git");
    command.arg("-C").arg(root).args(identity).args(arguments);
    assert!(command.output().expect("git runs").status.success(), "{arguments:?}");
}

/// Commits the spec, and changes the status code of its success.
fn commit_and_change(root: &Path) {
    git(root, &["init", "--quiet"]);
    git(root, &["add", "."]);
    git(root, &["commit", "--quiet", "-m", "All."]);
    write(root, "specs/widgets.yaml", &SPEC.replace("'200'", "'202'"));
}

#[test]
fn regen_ends_with_what_the_changes_mean() {
    let folder = workspace();
    commit_and_change(folder.path());
    let (code, _, messages) = xtask(folder.path(), &["regen"]);
    assert!(code == 0 && messages.contains("deployed programs: 1 break"), "{messages}");
}

#[test]
fn a_missing_bump_or_entry_is_told_with_the_line_to_write() {
    let folder = workspace();
    let root = folder.path();
    let state = |version: &str, entry: &str| {
        let manifest = format!("[workspace]\n\n{}", MANIFEST.replace("1.2.3", version));
        write(root, "Cargo.toml", &manifest);
        write(root, "CHANGELOG.md", &format!("# Changelog\n\n## {entry}\n"));
    };
    let check = || xtask(root, &["release", "--check"]);
    state("1.2.3", "1.2.3");
    commit_and_change(root);
    let (code, _, messages) = check();
    assert!(code == 0 && messages.contains("there is no tag of a release"), "{messages}");
    git(root, &["tag", "v1.2.3"]);
    let (code, _, messages) = check();
    assert!(code == 5 && messages.contains("write `version = \"1.3.0\"`"), "{messages}");
    state("1.3.0", "1.2.3");
    let (code, _, messages) = check();
    assert!(code == 5 && messages.contains("write `## 1.3.0 (not released)`"), "{messages}");
    state("1.3.0", "1.3.0 (not released)");
    assert_eq!(check().0, 0);
}

#[test]
fn a_kind_of_change_is_explained() {
    let (code, shown, _) = xtask(&repository(), &["explain", "status-moved"]);
    assert!(code == 0 && shown.contains("programs that are built: breaks"), "{shown}");
    assert!(shown.contains("```diff"), "{shown}");
}

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}
