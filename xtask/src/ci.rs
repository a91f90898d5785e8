//! `cargo xtask ci`: what CI runs, in the order in which it fails fastest.

use std::process::Command;

use crate::workspace::Workspace;
use crate::{FAILURE, SUCCESS, messages};

/// A command that must succeed.
struct Step {
    name: &'static str,
    program: &'static str,
    arguments: &'static [&'static str],
    variables: &'static [(&'static str, &'static str)],
}

const STEPS: &[Step] = &[
    Step { name: "formatting", program: "cargo", arguments: &["fmt", "--all", "--check"], variables: &[] },
    Step { name: "freshness", program: "cargo", arguments: &["xtask", "regen", "--check"], variables: &[] },
    Step {
        name: "lints",
        program: "cargo",
        arguments: &["clippy", "--workspace", "--all-targets", "--locked", "--", "-D", "warnings"],
        variables: &[],
    },
    Step {
        name: "tests",
        program: "cargo",
        arguments: &["test", "--workspace", "--no-fail-fast"],
        variables: &[("INSTA_UPDATE", "no")],
    },
    Step {
        name: "documentation",
        program: "cargo",
        arguments: &["doc", "--workspace", "--no-deps", "--locked"],
        variables: &[("RUSTDOCFLAGS", "-D rustdoc::all -D warnings")],
    },
];

/// Prints the steps.
pub fn list() -> u8 {
    for step in STEPS {
        anstream::println!("{}: {}", step.name, text(step));
    }
    SUCCESS
}

/// Runs the steps and stops at the first that fails.
pub fn run(workspace: &Workspace) -> u8 {
    for step in STEPS {
        messages::status("Running", &format!("{}: {}", step.name, text(step)));
        let mut command = Command::new(step.program);
        command.args(step.arguments).envs(step.variables.iter().copied()).current_dir(workspace.root());
        match command.status() {
            Ok(status) if status.success() => {}
            Ok(_) => {
                messages::error(&format!("{} failed", step.name));
                messages::next(&format!("run `{}` alone and put right what it shows", text(step)));
                return FAILURE;
            }
            Err(error) => {
                messages::error(&format!("cannot run {}: {error}", step.program));
                return FAILURE;
            }
        }
    }
    messages::status("Finished", "everything that CI runs");
    SUCCESS
}

fn text(step: &Step) -> String {
    let variables = step.variables.iter().map(|(name, value)| format!("{name}='{value}'"));
    let program = std::iter::once(step.program.to_owned());
    let arguments = step.arguments.iter().map(|argument| (*argument).to_owned());
    variables.chain(program).chain(arguments).collect::<Vec<_>>().join(" ")
}
