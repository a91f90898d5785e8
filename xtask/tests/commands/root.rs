//! `--root`: a folder that is named relative to the current one, or that cannot hold specs.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::{SPEC, workspace, write, xtask};

/// Runs a command in `folder`. Returns its exit code and its whole output.
fn run_in(folder: &Path, arguments: &[&str]) -> (i32, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    let output = command.current_dir(folder).args(arguments).output().expect("xtask runs");
    let text = [output.stdout, output.stderr].concat();
    (
        output.status.code().expect("xtask ends by itself"),
        String::from_utf8_lossy(&text).into_owned(),
    )
}

#[test]
fn a_relative_root_works_in_every_command() {
    let folder = workspace();
    let (root, name) =
        (folder.path(), folder.path().file_name().expect("a folder has a name").to_string_lossy());
    let around = root.parent().expect("a temporary folder is in another one");
    write(root, "vendor.yaml", SPEC);
    write(root, "README.md", "");
    let vendor = format!("{name}/vendor.yaml");
    for (arguments, code) in [
        (&["regen"][..], 0),
        (&["regen", "--check"], 0),
        (&["lint"], 0),
        (&["lint", "widgets"], 0),
        (&["list"], 0),
        (&["ci", "--list"], 0),
        (&["corpus", &vendor.replace("/vendor.yaml", "/specs")], 0),
        (&["new", "gadgets"], 0),
        (&["import", &vendor, "--name", "gears"], 100),
    ] {
        let (ended, output) = run_in(around, &[&["--root", &name], arguments].concat());
        assert_eq!(ended, code, "{arguments:?}: {output}");
    }
    for created in ["specs/gadgets.yaml", "specs/gears.yaml", "generated/src/widgets/client.rs"] {
        assert!(root.join(created).is_file(), "{created}");
    }
    assert!(
        run_in(root, &["--root", ".", "new", "gadgets"])
            .1
            .contains("specs/gadgets.yaml is there already")
    );
}

#[test]
fn without_a_folder_of_specs_nothing_is_started() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let root = folder.path();
    write(root, "vendor.yaml", SPEC);
    let vendor = root.join("vendor.yaml").display().to_string();
    let commands = [&["new", "gadgets"][..], &["import", &vendor, "--name", "gadgets"]];
    for command in commands {
        let (code, output, messages) = xtask(root, command);
        assert_eq!((code, output.as_str()), (1, ""), "{messages}");
        assert!(
            messages.contains("error: cannot write specs/gadgets.yaml: there is no folder "),
            "{messages}"
        );
        assert!(
            messages.contains("next: if this is the workspace, `mkdir ")
                && messages.contains("`--root`"),
            "{messages}"
        );
        assert!(!messages.contains("Importing") && !messages.contains("os error"), "{messages}");
    }
    fs::write(root.join("specs"), "a file").expect("a file can be written");
    for command in commands {
        let (code, _, messages) = xtask(root, command);
        assert!(code == 1 && messages.contains("specs is no folder"), "{messages}");
        assert!(messages.contains("next: move it elsewhere"), "{messages}");
    }
    assert_eq!(fs::read_to_string(root.join("specs")).expect("it is still there"), "a file");
}
