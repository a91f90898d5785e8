//! The command line: its syntax and the texts of `--help`.

use std::path::PathBuf;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{CommandFactory, Parser, Subcommand};
use openapi::words::nearest;
use thiserror::Error;

use crate::child::Limits;
use crate::commands::{bench, changes, conformance, corpus, import, lint, list, release};
use crate::exit::{EXIT_CODES, Exit, Problem};
use crate::findings::All;

/// Commands of the oauth-token-clients workspace.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", version, disable_help_subcommand = true)]
#[command(next_help_heading = "Options of all commands", after_help = EXIT_CODES)]
pub(crate) struct Arguments {
    /// Folder of the workspace [default: the one that this command was built from].
    #[arg(long, global = true, value_name = "DIR")]
    pub root: Option<PathBuf>,
    #[command(flatten)]
    pub color: colorchoice_clap::Color,
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Generate the client crate: `specs/` in, `generated/` out.
    ///
    /// Writes only what changed. Exits with 0 when `generated/` is up to date, with 1 on any
    /// failure, in which case nothing was written.
    Regen {
        /// Write nothing; exit with 4 and show the difference when `generated/` is not up to date.
        #[arg(long)]
        check: bool,
        /// Generate again whenever a spec is saved, until Ctrl-C; errors leave `generated/` as it
        /// is.
        #[arg(long, conflicts_with = "check")]
        watch: bool,
        #[command(flatten)]
        all: All,
        #[command(flatten)]
        limits: Limits,
    },
    /// Make the snapshots anew after `regen`, and show those that change.
    ///
    /// Runs only the tests that hold snapshots, lets them write all of them, and deletes those that
    /// nothing refers to. Prints how each differs from what was there before, and ends with the
    /// files to look at. Exits with 4 when generated/ is not what the specs give, and with 1 when
    /// the tests fail for another reason than a snapshot.
    Review,
    /// Report what is wrong with specs, without writing anything.
    ///
    /// Findings go to standard output, everything else to standard error. Exits with 100 when there
    /// is a finding of severity error, with 1 when the command itself fails, and otherwise with 0.
    Lint(lint::Options),
    /// Tell what changed between two states of specs/ or between two documents, and what it means.
    ///
    /// Says of each change if programs that are built keep working, if code still compiles, and
    /// what acts differently. The whole gives the required bump of the version. Exits with 5 when
    /// there is a change that `--deny` names, with 1 when a state cannot be read, and otherwise
    /// with 0.
    Changes(changes::Options),
    /// Compare two documents on behalf of `changes`, with limited time and memory.
    #[command(hide = true)]
    ChangesChild(changes::Options),
    /// Try the generator on vendors' documents, and report the outcome of each.
    ///
    /// Prints a line for each document, what is wrong with those that are not good, and how much
    /// each pass noted. Exits with 100 when there is a document that no client was made of, whose
    /// client does not compile, or an example that is right but does not decode.
    Corpus(corpus::Options),
    /// Let another implementation of OpenAPI check the requests that the clients send.
    ///
    /// Records the request of every sample call, with the required inputs and with all, and sends
    /// it to a mock server of the document by Stoplight Prism. Prints each violation with its
    /// operation, and how many requests of each document are invalid or match no operation. Exits
    /// with 100 when there is one, and with 3 when Prism is missing, whose installation it tells.
    Conformance(conformance::Options),
    /// Generate from one document on behalf of other commands, with limited time and memory.
    #[command(hide = true)]
    Child {
        /// Path of the document.
        document: PathBuf,
        /// Folder to write the client into.
        folder: Option<PathBuf>,
        /// Folder below which the document may refer to files [default: the one that holds it].
        #[arg(long, value_name = "DIR")]
        within: Option<PathBuf>,
        #[command(flatten)]
        limits: Limits,
    },
    /// Start the spec of an API, or of an operation, to be filled in from the vendor's page.
    ///
    /// Writes `specs/NAME.yaml`, or adds operations at the end of it, and prints the steps from
    /// there to a client. `lint` finds whatever has not been filled in. Exits with 1 if there is
    /// such a spec or such an operation already, or if the name is not a valid module name.
    New {
        /// Name of the module and the feature, in snake case, such as `azure_container_apps`.
        name: String,
        /// Add an operation to a spec that is there, such as 'GET /widgets/{id}'; can be given
        /// several times.
        #[arg(long = "operation", value_name = "METHOD /PATH")]
        operations: Vec<String>,
    },
    /// Start the spec of an API from an OpenAPI document that its vendor publishes, or add
    /// operations to one.
    ///
    /// The document may be YAML or JSON, of OpenAPI 3.0 or 3.1. Its common mistakes are repaired,
    /// and what is named like a secret is marked as one. With `--into` the operations go behind
    /// those of a spec that is there, with the components that it lacks; what is there stays as it
    /// is. Prints the findings in the spec and the steps from there to a client. Exits with 100
    /// when there is a finding of severity error, such as a TODO in the spec, and with 1 when
    /// nothing was written.
    Import(import::Options),
    /// Import on behalf of `import`, with limited time and memory.
    #[command(hide = true)]
    ImportChild(import::Options),
    /// List all operations: status codes, security, source, examples and snapshots.
    ///
    /// Examples are given as `3/4`: of four parameters and bodies, three have one. The snapshot is
    /// the one in tests/snapshots/ that shows what goes over the wire, or `-`. Exits with 1 if a
    /// spec has errors.
    List {
        /// Format of the list.
        #[arg(long, value_enum, default_value_t = list::Format::Table)]
        format: list::Format,
        /// Write the list as Markdown between the marks in this file instead of printing it.
        #[arg(long, value_name = "FILE", conflicts_with = "format")]
        write: Option<PathBuf>,
    },
    /// Explain a rule or a kind of change, with an example; without a name, list all of them.
    Explain {
        /// Name of the rule or change, as reports give it in brackets.
        rule: Option<String>,
    },
    /// Search for documents that the generator fails at, with libFuzzer.
    ///
    /// Needs a nightly toolchain and cargo-fuzz, and says how to get them. It starts from the specs
    /// and the fixtures.
    Fuzz {
        /// Time of the search, in seconds.
        #[arg(long, default_value_t = 300)]
        seconds: u32,
    },
    /// Measure the cost of the clients, compared with alternatives, for docs/performance.md.
    #[command(subcommand)]
    Bench(bench::Bench),
    /// Prepare a release: version, changelog and packages.
    ///
    /// Compares the specs with those of the last tag, raises the version by what the changes need,
    /// completes CHANGELOG.md, generates, checks the licences and packages both crates. Prints the
    /// two commands that publish them, and tags nothing. Exits with 5 when `--check` finds that a
    /// bump or an entry is missing.
    Release(release::Options),
    /// Run what CI runs: formatting, lints, freshness, tests, documentation, features, packages.
    Ci {
        /// Print the steps and their commands without running them.
        #[arg(long)]
        list: bool,
    },
}

/// An unknown command.
#[derive(Debug, Error)]
#[error("there is no command `{}`{}", name.escape_debug(), meant.as_ref().map_or(String::new(), |one| format!("; did you mean `{one}`?")))]
pub(crate) struct UnknownCommand {
    name: String,
    meant: Option<String>,
    /// The commands that there are.
    known: Vec<String>,
    /// The command whose `--help` describes them.
    within: String,
}

impl Problem for UnknownCommand {
    fn next(&self) -> String {
        format!("`{} --help` tells what each of these does: {}", self.within, self.known.join(", "))
    }

    fn exit(&self) -> Exit {
        Exit::WrongUsage
    }
}

/// Reads the command line. Ends the process if help is requested, or for any error other than an
/// unknown command.
///
/// # Errors
/// If there is no such command.
pub(crate) fn parse() -> Result<Arguments, UnknownCommand> {
    Arguments::try_parse().map_err(|error| match error.get(ContextKind::InvalidSubcommand) {
        Some(ContextValue::String(name)) if error.kind() == ErrorKind::InvalidSubcommand => {
            unknown(name, &error)
        }
        _ => error.exit(),
    })
}

fn unknown(name: &str, error: &clap::Error) -> UnknownCommand {
    let meant = match error.get(ContextKind::SuggestedSubcommand) {
        Some(ContextValue::Strings(names)) => nearest(name, names.iter().map(String::as_str))
            .map(str::to_owned)
            .or_else(|| names.first().cloned()),
        Some(ContextValue::String(name)) => Some(name.clone()),
        _ => None,
    };
    let mut command = &Arguments::command();
    let mut within = "cargo xtask".to_owned();
    for word in std::env::args().skip(1).take_while(|word| word != name) {
        if let Some(inner) = command.find_subcommand(&word) {
            within = format!("{within} {word}");
            command = inner;
        }
    }
    let known = command
        .get_subcommands()
        .filter(|one| !one.is_hide_set())
        .map(|one| one.get_name().to_owned());
    UnknownCommand { name: name.to_owned(), meant, known: known.collect(), within }
}
