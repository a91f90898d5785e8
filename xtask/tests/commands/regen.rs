//! `cargo xtask regen`, and the behaviour that all commands share.

use std::fs;

use crate::{MANIFEST, SPEC, read, workspace, write, xtask};

#[test]
fn writes_then_is_fresh_and_touches_nothing() {
    let folder = workspace();
    let root = folder.path();
    let (code, _, messages) = xtask(root, &["regen"]);
    assert_eq!(code, 0, "{messages}");
    assert!(messages.contains("Generated widgets"), "{messages}");
    let written = |path: &str| {
        fs::metadata(root.join(path)).and_then(|file| file.modified()).expect("the file is there")
    };
    let before = written("generated/src/widgets/client.rs");
    let (code, _, messages) = xtask(root, &["regen"]);
    assert_eq!(code, 0, "{messages}");
    assert!(
        messages.contains("Fresh widgets") && messages.contains("0 changed, 0 missing, 0 extra"),
        "{messages}"
    );
    assert_eq!(written("generated/src/widgets/client.rs"), before);
    assert_eq!(xtask(root, &["regen", "--check"]).0, 0);
}

#[test]
fn check_sees_changed_missing_and_extra_files_and_writes_nothing() {
    let folder = workspace();
    let root = folder.path();
    assert_eq!(xtask(root, &["regen", "--check"]).0, 4, "everything is missing");
    assert!(!root.join("generated").exists());
    assert_eq!(xtask(root, &["regen"]).0, 0);
    let client = read(root, "generated/src/widgets/client.rs");
    write(root, "generated/src/widgets/client.rs", &format!("{client}// by hand\n"));
    fs::remove_file(root.join("generated/README.md")).expect("the file is there");
    write(root, "generated/src/extra.rs", "// by hand\n");
    let (code, difference, messages) = xtask(root, &["regen", "--check"]);
    assert_eq!(code, 4, "{messages}");
    for shown in [
        "changed: generated/src/widgets/client.rs",
        "missing: generated/README.md",
        "extra: generated/src/extra.rs",
    ] {
        assert!(difference.contains(shown), "{difference}");
    }
    assert!(difference.contains("-// by hand"), "{difference}");
    assert!(messages.contains("next: run `cargo xtask regen`"), "{messages}");
    assert!(
        root.join("generated/src/extra.rs").exists() && !root.join("generated/README.md").exists()
    );
    let (code, _, messages) = xtask(root, &["regen"]);
    assert!(code == 0 && messages.contains("Deleted generated/src/extra.rs\n"), "{messages}");
    assert_eq!(read(root, "generated/src/widgets/client.rs"), client);
    assert!(!root.join("generated/src/extra.rs").exists());
    assert_eq!(xtask(root, &["regen", "--check"]).0, 0);
}

#[test]
fn files_of_a_removed_spec_go_with_their_folders() {
    let folder = workspace();
    let root = folder.path();
    write(root, "specs/gadgets.yaml", SPEC);
    assert_eq!(xtask(root, &["regen"]).0, 0);
    assert!(root.join("generated/src/gadgets").exists());
    fs::remove_file(root.join("specs/gadgets.yaml")).expect("the file is there");
    assert_eq!(xtask(root, &["regen"]).0, 0);
    assert!(
        !root.join("generated/src/gadgets").exists() && root.join("generated/src/widgets").exists()
    );
}

#[test]
fn a_bad_spec_is_reported_and_leaves_everything_as_it_was() {
    let folder = workspace();
    let root = folder.path();
    assert_eq!(xtask(root, &["regen"]).0, 0);
    let before = read(root, "generated/src/widgets/client.rs");
    write(root, "specs/widgets.yaml", &SPEC.replace("responses:", "respones:"));
    for arguments in [&["regen"][..], &["regen", "--check"]] {
        let (code, output, messages) = xtask(root, arguments);
        assert_eq!((code, output.as_str()), (1, ""), "{messages}");
        for shown in [
            "specs/widgets.yaml:9:7",
            "/paths/~1widgets/get/respones",
            "Did you mean `responses`?",
            "next: ",
        ] {
            assert!(messages.contains(shown), "{messages}");
        }
        assert!(!messages.contains('\u{1b}'), "no colors where there is no terminal");
    }
    assert_eq!(read(root, "generated/src/widgets/client.rs"), before);
}

#[test]
fn a_file_that_cannot_be_written_leaves_everything_as_it_was() {
    let folder = workspace();
    let root = folder.path();
    assert_eq!(xtask(root, &["regen"]).0, 0);
    write(root, "generated/README.md", "by hand\n");
    fs::remove_dir_all(root.join("generated/src/widgets")).expect("the folder is there");
    write(root, "generated/src/widgets", "a file where a folder should be\n");
    let (code, _, messages) = xtask(root, &["regen"]);
    assert!(
        code == 1 && messages.contains("generated/src/widgets") && messages.contains("next: "),
        "{messages}"
    );
    assert_eq!(read(root, "generated/README.md"), "by hand\n");
    assert!(!root.join("generated/README.md.new").exists());
}

#[test]
fn the_manifest_of_the_workspace_states_the_package() {
    let folder = workspace();
    let root = folder.path();
    write(root, "Cargo.toml", MANIFEST);
    write(root, "LICENSE-MIT", "Do as you like.\n");
    let (code, _, messages) = xtask(root, &["regen"]);
    assert_eq!(code, 0, "{messages}");
    let manifest = read(root, "generated/Cargo.toml");
    for line in [
        "name = \"widget-clients\"",
        "description = \"Clients of widgets.\"",
        "include = [\"src\", \"README.md\", \"LICENSE-MIT\"]",
        "default = [\"tracing\", \"widgets\"]",
        "## Spans.\ntracing = [\"widget-runtime/tracing\"]",
        "widget-runtime = { path = \"../runtime\", version = \"=1.2.3\" }",
    ] {
        assert!(manifest.contains(&format!("\n{line}\n")), "{line}: {manifest}");
    }
    assert!(
        read(root, "generated/README.md").contains("\n# widget-clients\n\nClients of widgets.\n")
    );
    assert!(read(root, "generated/src/lib.rs").contains("pub use ::widget_runtime as runtime;"));
    assert_eq!(read(root, "generated/LICENSE-MIT"), "Do as you like.\n");
}

#[test]
fn a_bad_manifest_is_reported_and_leaves_everything_as_it_was() {
    let folder = workspace();
    let root = folder.path();
    write(root, "Cargo.toml", MANIFEST);
    assert_eq!(xtask(root, &["regen"]).0, 0);
    write(
        root,
        "Cargo.toml",
        &MANIFEST.replace("description = \"Clients", "describtion = \"Clients"),
    );
    for (arguments, expected) in
        [(&["regen"][..], 1), (&["regen", "--check"], 1), (&["list"], 1), (&["lint"], 100)]
    {
        let (code, output, messages) = xtask(root, arguments);
        assert_eq!(code, expected, "{messages}");
        for shown in [
            "error[bad-package]",
            "Cargo.toml:6:1",
            "unknown field `describtion`",
            "= help: ",
            "next: ",
        ] {
            assert!((output.clone() + &messages).contains(shown), "{shown}: {output}{messages}");
        }
    }
    assert!(read(root, "generated/Cargo.toml").contains("name = \"widget-clients\""));
}

#[test]
fn no_spec_has_the_name_of_a_feature() {
    let folder = workspace();
    let root = folder.path();
    write(root, "Cargo.toml", MANIFEST);
    let (code, _, messages) = xtask(root, &["new", "tracing"]);
    assert!(
        code == 1
            && messages.contains("a feature `tracing`")
            && messages.contains("new tracing_api`"),
        "{messages}"
    );
    write(root, "specs/tracing.yaml", SPEC);
    let (code, _, messages) = xtask(root, &["regen"]);
    assert!(code == 1 && messages.contains("specs/tracing.yaml:1:1"), "{messages}");
    assert!(
        messages.contains("error[file-name]: The package has a feature `tracing`"),
        "{messages}"
    );
    assert!(!root.join("generated").exists());
}

#[test]
fn findings_of_all_specs_come_in_one_run() {
    let folder = workspace();
    let root = folder.path();
    write(root, "specs/gadgets.yaml", "openapi: 3.1.0\n");
    write(root, "specs/widgets.yaml", "a: [\n");
    let (code, _, messages) = xtask(root, &["regen"]);
    assert_eq!(code, 1);
    assert!(
        messages.contains("specs/gadgets.yaml:1:") && messages.contains("specs/widgets.yaml:"),
        "{messages}"
    );
}

#[test]
fn files_that_are_missing_or_not_utf8_are_reported() {
    let folder = workspace();
    let root = folder.path();
    fs::write(root.join("specs/widgets.yaml"), b"openapi: \xff\n").expect("a file can be written");
    let (code, _, messages) = xtask(root, &["regen"]);
    assert!(
        code == 1
            && messages.contains("specs/widgets.yaml:1:10")
            && messages.contains("error[not-utf8]"),
        "{messages}"
    );
    fs::remove_file(root.join("specs/widgets.yaml")).expect("the file is there");
    let (code, _, messages) = xtask(root, &["regen"]);
    assert!(code == 1 && messages.contains("holds no spec"), "{messages}");
    let (code, _, messages) = xtask(&root.join("nowhere"), &["regen"]);
    assert!(code == 1 && messages.contains("cannot read"), "{messages}");
}

#[test]
fn names_that_go_away_are_printed_and_found_until_they_are_gone() {
    let folder = workspace();
    let root = folder.path();
    let renamed = SPEC.replace("list_widgets", "get_widgets");
    let kept = renamed.replace("get_widgets", "get_widgets\n      x-rust-name: list_widgets");
    let is_missed = |specs: &str| {
        write(root, "specs/widgets.yaml", specs);
        let (_, _, messages) = xtask(root, &["regen", "--check"]);
        let (code, findings, _) = xtask(root, &["lint"]);
        assert_eq!(code, 0, "{findings}");
        let shown = messages.contains(
            "Gone widgets::Client::list_widgets: consumers that use it no longer compile",
        );
        assert_eq!(shown, findings.contains("warning[changed-name]"), "{messages}{findings}");
        (shown, findings)
    };
    assert!(!is_missed(SPEC).0, "nothing was generated before");
    assert_eq!(xtask(root, &["regen"]).0, 0);
    assert!(!is_missed(&kept).0, "the old name was given back");
    let (shown, findings) = is_missed(&renamed);
    assert!(shown && findings.contains("at /paths/~1widgets/get\n"), "{findings}");
    let (_, _, messages) = xtask(root, &["regen"]);
    assert!(messages.contains("Gone widgets::Client::list_widgets"), "{messages}");
    assert!(!is_missed(&renamed).0, "it is gone");
}
