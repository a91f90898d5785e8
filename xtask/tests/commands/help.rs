//! `--help` and the options of all commands.

use std::path::Path;

use crate::{SPEC, workspace, write, xtask};

fn help(arguments: &[&str]) -> String {
    let (code, help, messages) = xtask(Path::new("."), arguments);
    assert_eq!((code, messages.as_str()), (0, ""), "{arguments:?}");
    help
}

/// Names of the commands that `--help` lists.
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
                let says_what = lines.peek().is_some_and(|next| next.starts_with(char::is_uppercase));
                assert!(!is_alone || says_what, "`{line}` of {command} says nothing: {help}");
            }
        }
    }
    assert_eq!(xtask(Path::new("."), &["regenerate"]).0, 2);
}

#[test]
fn colors_are_shown_where_they_are_asked_for() {
    let folder = workspace();
    let root = folder.path();
    write(root, "specs/widgets.yaml", &SPEC.replace("responses:", "respones:"));
    for (color, is_colored) in [("always", true), ("never", false), ("auto", false)] {
        let (code, output, messages) = xtask(root, &["lint", "--color", color]);
        assert_eq!(code, 100);
        assert_eq!((output.contains('\u{1b}'), messages.contains('\u{1b}')), (is_colored, is_colored), "{color}");
    }
}
