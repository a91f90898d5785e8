//! The maintainer's commands: `cargo xtask --help` lists them.

mod arguments;
mod child;
mod commands;
mod edit;
mod exit;
mod findings;
mod io;

use std::process::ExitCode;

use mimalloc::MiMalloc;

use crate::arguments::{Arguments, Command};
use crate::commands::regen::watch;
use crate::commands::{
    bench, changes, ci, conformance, corpus, explain, fuzz, import, lint, list, new, regen,
    release, review,
};
use crate::exit::{Exit, Problem};
use crate::io::messages;
use crate::io::workspace::Workspace;

/// The allocator of the program, which allocates the small pieces of syntax trees in half the time.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    conclude(arguments::parse().map(|Arguments { root, color, command }| {
        color.write_global();
        run(&Workspace::new(root), command)
    }))
    .into()
}

fn run(workspace: &Workspace, command: Command) -> Exit {
    match command {
        Command::Regen { watch: true, all, limits, .. } => {
            conclude(watch::run(workspace, all.extent(), limits))
        }
        Command::Regen { check: true, all, limits, .. } => {
            conclude(regen::check(workspace, all.extent(), limits))
        }
        Command::Regen { all, limits, .. } => {
            conclude(regen::write(workspace, all.extent(), limits))
        }
        Command::Release(options) => conclude(release::run(workspace, &options)),
        Command::Review => conclude(review::run(workspace)),
        Command::Lint(options) => conclude(lint::run(workspace, &options)),
        Command::Changes(options) => conclude(changes::run(workspace, &options)),
        Command::ChangesChild(options) => changes::child(options),
        Command::Corpus(options) => conclude(corpus::run(workspace, &options)),
        Command::Conformance(options) => conclude(conformance::run(workspace, &options)),
        Command::Child { document, folder, within, limits } => {
            child::child(workspace, &document, limits, within, folder)
        }
        Command::New { name, operations } if operations.is_empty() => {
            conclude(new::run(workspace, &name))
        }
        Command::New { name, operations } => conclude(new::add(workspace, &name, &operations)),
        Command::Import(options) => conclude(import::run(workspace, &options)),
        Command::ImportChild(options) => import::child(options),
        Command::List { write: Some(file), .. } => conclude(list::write(workspace, &file)),
        Command::List { format, .. } => conclude(list::print(workspace, format)),
        Command::Explain { rule } => conclude(explain::run(workspace, rule.as_deref())),
        Command::Fuzz { seconds } => conclude(fuzz::run(workspace, seconds)),
        Command::Bench(bench) => conclude(bench::run(workspace, &bench)),
        Command::Ci { list: true } => ci::list(workspace),
        Command::Ci { list: false } => conclude(ci::run(workspace)),
    }
}

/// Prints the error of a command, if it failed, and returns its exit code.
fn conclude<P: Problem>(outcome: Result<Exit, P>) -> Exit {
    outcome.unwrap_or_else(|problem| {
        messages::error(&problem.to_string());
        messages::next(&problem.next());
        problem.exit()
    })
}
