//! `--help` and the options of all commands.

use std::path::Path;

use crate::{SPEC, read, workspace, write, xtask};

fn help(arguments: &[&str]) -> String {
    let (code, help, messages) = xtask(Path::new("."), arguments);
    assert_eq!((code, messages.as_str()), (0, ""), "{arguments:?}");
    help
}

/// Returns the names of the commands that `--help` lists.
fn commands(help: &str) -> Vec<String> {
    let (_, list) = help.split_once("\nCommands:\n").expect("commands are listed");
    let (list, _) = list.split_once("\n\n").expect("the list ends");
    let names = list.lines().filter_map(|line| line.strip_prefix("  ")?.split(' ').next());
    names.filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

#[test]
fn help_is_there_for_every_command_and_every_option() {
    let all = help(&["--help"]);
    let commands = commands(&all);
    for command in ["ci", "explain", "import", "lint", "list", "new", "regen"] {
        assert!(commands.iter().any(|known| known == command), "{all}");
    }
    assert!(all.contains("Exit codes: 0 "), "{all}");
    for command in &commands {
        for flag in ["-h", "--help"] {
            let help = help(&[command, flag]);
            assert!(help.contains(&format!("Usage: cargo xtask {command}")), "{help}");
            assert!(help.lines().all(|line| line.chars().count() <= 100), "{help}");
            let mut lines = help.lines().map(str::trim).peekable();
            while let Some(line) = lines.next() {
                let is_alone = line.starts_with("--") && !line.contains("  ");
                let says_what =
                    lines.peek().is_some_and(|next| next.starts_with(char::is_uppercase));
                assert!(!is_alone || says_what, "`{line}` of {command} says nothing: {help}");
            }
        }
    }
}

#[test]
fn unknown_commands_name_the_nearest_one_and_all_that_there_are() {
    let known = commands(&help(&["--help"])).join(", ");
    for (typed, nearest) in [
        ("lnt", "; did you mean `lint`?"),
        ("regenerate", "; did you mean `regen`?"),
        ("x\u{1b}y", ""),
    ] {
        let (code, output, messages) = xtask(Path::new("."), &[typed]);
        let expected = format!(
            "error: there is no command `{}`{nearest}\nnext: `cargo xtask --help` tells what each of these does: {known}\n",
            typed.escape_debug()
        );
        assert_eq!((code, output.as_str(), messages), (2, "", expected));
    }
    let (code, _, messages) = xtask(Path::new("."), &["bench", "lins"]);
    assert!(code == 2 && messages.contains("`lins`; did you mean `lines`?"), "{messages}");
    assert!(
        messages.contains("`cargo xtask bench --help`")
            && messages.contains("calls, build, lines,"),
        "{messages}"
    );
    assert_eq!(xtask(Path::new("."), &["--no-such-option"]).0, 2);
}

#[test]
fn the_version_is_that_of_the_crate() {
    let manifest = read(Path::new(env!("CARGO_MANIFEST_DIR")), "../Cargo.toml");
    let version =
        manifest.lines().find_map(|line| line.strip_prefix("version = \"")?.strip_suffix('"'));
    assert_eq!(
        help(&["--version"]),
        format!("cargo xtask {}\n", version.expect("the workspace has a version"))
    );
}

#[test]
fn colors_are_shown_where_they_are_asked_for() {
    let folder = workspace();
    let root = folder.path();
    write(root, "specs/widgets.yaml", &SPEC.replace("responses:", "respones:"));
    for (color, is_colored) in [("always", true), ("never", false), ("auto", false)] {
        let (code, output, messages) = xtask(root, &["lint", "--color", color]);
        assert_eq!(code, 100);
        assert_eq!(
            (output.contains('\u{1b}'), messages.contains('\u{1b}')),
            (is_colored, is_colored),
            "{color}"
        );
    }
}
