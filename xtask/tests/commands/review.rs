//! `cargo xtask review`, and the messages of `regen` about snapshots, in a workspace with tests
//! that write given snapshots.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use crate::{MANIFEST, read, workspace, write, xtask};

/// Tests that write all snapshots of the spec with the text of a file, or fail if it is empty.
const TESTS: &str = r#"
#[test]
fn all_are_as_reviewed() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/");
    let text = std::fs::read_to_string(format!("{folder}text.txt")).unwrap();
    assert!(!text.is_empty(), "there is nothing to write");
    assert_eq!(std::env::var("INSTA_UPDATE").as_deref(), Ok("always"));
    for name in ["surface__widgets", "plan__widgets", "lowering__widgets", "wire__widgets__list_widgets"] {
        let text = format!("---\nsource: tests/snapshots.rs\n---\n{name}\n{text}");
        std::fs::write(format!("{folder}snapshots/{name}.snap"), text).unwrap();
    }
}

#[test]
fn others_are_not_run() {
    panic!();
}
"#;

/// A workspace with such tests.
fn with_tests() -> TempDir {
    let folder = workspace();
    let root = folder.path();
    fs::create_dir_all(root.join("tests/snapshots")).expect("a folder can be made");
    let package = "[package]\nname = 'contract-tests'\nversion = '0.0.0'\nedition = '2024'\n[lib]\npath = 'lib.rs'\n";
    write(
        root,
        "Cargo.toml",
        &format!("[workspace]\nresolver = '3'\nmembers = ['tests']\n\n{MANIFEST}"),
    );
    for (path, text) in [
        (
            "Cargo.lock",
            "version = 4\n\n[[package]]\nname = \"contract-tests\"\nversion = \"0.0.0\"\n",
        ),
        ("tests/Cargo.toml", &format!("{package}[[test]]\nname = 'contract'\npath = 'main.rs'\n")),
        ("tests/lib.rs", ""),
        ("tests/main.rs", TESTS),
        ("tests/text.txt", "one\n"),
    ] {
        write(root, path, text);
    }
    folder
}

/// Returns the names of the files that a run prints at its end, with the change of each.
fn told(messages: &str) -> Vec<String> {
    let lines =
        messages.lines().filter_map(|line| line.trim_start().split_once(" tests/snapshots/"));
    lines
        .map(|(verb, file)| format!("{verb} {}", file.split(':').next().unwrap_or_default()))
        .collect()
}

#[test]
fn snapshots_are_made_shown_and_deleted_when_nothing_refers_to_them() {
    let folder = with_tests();
    let root = folder.path();
    assert_eq!(xtask(root, &["regen"]).0, 0);
    write(
        root,
        "tests/snapshots/plan__gadgets.snap",
        "---\nsource: tests/snapshots.rs\n---\ngone\n",
    );
    let (code, output, messages) = xtask(root, &["review"]);
    assert_eq!(code, 0, "{output}{messages}");
    let new =
        ["lowering__widgets", "plan__widgets", "surface__widgets", "wire__widgets__list_widgets"];
    let mut expected: Vec<String> = new.iter().map(|name| format!("New {name}.snap")).collect();
    expected.insert(1, "Deleted plan__gadgets.snap".to_owned());
    assert_eq!(told(&messages), expected, "{messages}");
    assert!(output.contains("+++ plan__widgets.snap\n") && output.contains("\n+one\n"), "{output}");
    assert!(output.contains("\n-gone\n") && !output.contains("source:"), "{output}");
    assert!(messages.contains("plan__widgets.snap: hold it against the page"), "{messages}");
    assert!(messages.ends_with("commit spec, generated/ and snapshots together\n"), "{messages}");
    assert!(!root.join("tests/snapshots/plan__gadgets.snap").exists());

    let (code, output, messages) = xtask(root, &["review"]);
    assert_eq!((code, output.as_str()), (0, ""), "{messages}");
    assert!(
        told(&messages).is_empty() && messages.contains("Finished 4 snapshots, 0 to look at"),
        "{messages}"
    );

    write(root, "tests/text.txt", "two\n");
    let (_, output, messages) = xtask(root, &["review", "--color", "always"]);
    assert!(output.contains("\u{1b}[31m-one\u{1b}[0m\n\u{1b}[32m+two\u{1b}[0m\n"), "{output}");
    assert!(messages.contains("4 to look at"), "{messages}");
}

#[test]
fn what_stands_in_the_way_is_told_with_the_next_step() {
    let folder = with_tests();
    let root = folder.path();
    let (code, _, messages) = xtask(root, &["review"]);
    assert!(code == 4 && messages.contains("next: run `cargo xtask regen`"), "{messages}");
    assert_eq!(xtask(root, &["regen"]).0, 0);
    write(root, "tests/text.txt", "");
    let (code, output, messages) = xtask(root, &["review"]);
    assert_eq!((code, output.as_str()), (1, ""), "{messages}");
    assert!(
        messages.contains("there is nothing to write") && messages.contains("see above"),
        "{messages}"
    );
    assert!(messages.contains("then run `cargo xtask review` again"), "{messages}");
    write(root, "tests/text.txt", "one\n");
    write(root, "tests/main.rs", &TESTS.replace(r#""plan__widgets", "#, ""));
    let (code, _, messages) = xtask(root, &["review"]);
    assert!(code == 1 && messages.contains("error: no test writes plan__widgets\n"), "{messages}");
}

/// The snapshots that `regen` names.
fn stale(root: &Path) -> Option<String> {
    let (code, _, messages) = xtask(root, &["regen"]);
    assert_eq!(code, 0, "{messages}");
    let line = messages
        .lines()
        .find_map(|line| line.trim_start().strip_prefix("Stale ").map(str::to_owned));
    assert_eq!(
        messages
            .ends_with("next: `cargo xtask review` makes them anew and shows how they change\n"),
        line.is_some()
    );
    line
}

#[test]
fn regen_names_the_snapshots_that_are_stale() {
    let folder = workspace();
    let root = folder.path();
    assert_eq!(stale(root), None, "there is no folder of snapshots");
    fs::create_dir_all(root.join("tests/snapshots")).expect("a folder can be made");
    let all = "4 snapshots: lowering__widgets, plan__widgets, surface__widgets, wire__widgets__list_widgets";
    assert_eq!(stale(root).as_deref(), Some(all));
    let head = "---\nsource: tests/snapshots.rs\n---\n";
    write(root, "tests/snapshots/lowering__widgets.snap", &format!("{head}\n"));
    write(
        root,
        "tests/snapshots/wire__widgets__list_widgets.snap",
        &format!("{head}GET /widgets\n"),
    );
    write(root, "tests/snapshots/plan__gadgets.snap", head);
    assert_eq!(
        stale(root).as_deref(),
        Some("3 snapshots: plan__gadgets, plan__widgets, surface__widgets")
    );
}

/// Uses the snapshots of this workspace, so that `regen` compares with files that insta wrote.
#[test]
fn the_snapshots_of_this_workspace_are_not_stale() {
    let this = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask is in the workspace");
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    for inner in ["specs", "tests/snapshots"] {
        fs::create_dir_all(folder.path().join(inner)).expect("a folder can be made");
        for file in fs::read_dir(this.join(inner)).expect("the workspace has it") {
            let name = file.expect("it can be read").file_name().to_string_lossy().into_owned();
            write(
                folder.path(),
                &format!("{inner}/{name}"),
                &read(this, &format!("{inner}/{name}")),
            );
        }
    }
    assert_eq!(stale(folder.path()), None);
    let spec = read(folder.path(), "specs/ghes_oauth_apps.yaml");
    write(
        folder.path(),
        "specs/ghes_oauth_apps.yaml",
        &spec.replace("operationId: check_token", "operationId: try_token"),
    );
    let expected = "4 snapshots: plan__ghes_oauth_apps, surface__ghes_oauth_apps, wire__ghes_oauth_apps__check_token, \
        wire__ghes_oauth_apps__try_token";
    assert_eq!(stale(folder.path()).as_deref(), Some(expected));
}
