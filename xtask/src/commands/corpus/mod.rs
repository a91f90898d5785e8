//! `cargo xtask corpus`: generates from vendors' documents, and reports the outcome of each.

mod client_tests;
pub(crate) mod compile;
pub(crate) mod documents;
mod error;
mod report;
mod table;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use clap::Args;
use openapi::Findings;
use openapi::rule::{Rule, Severity};
use openapi::source::SpecSource;

use crate::child::{self, ChildError, Limits, Outcome};
use crate::exit::Exit;
use crate::findings::{self, All, Extent, count};
use crate::io::difference;
use crate::io::files::{Action, Cannot, read_text};
use crate::io::messages;
use crate::io::workspace::Workspace;
use compile::Verdict;
use documents::Documents;
use error::CorpusError;

/// The documents, and what to do with them.
#[derive(Args)]
pub(crate) struct Options {
    /// Folder with documents, in YAML or JSON, in folders of any depth. Documents may refer to any
    /// file below it. [default: the one that the variable CORPUS names, else ../corpus or
    /// ../*/corpus, seen from the workspace]
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,
    /// Let rustc compile each client and its tests, and run these: every example of a document is
    /// to decode.
    #[arg(long)]
    compile: bool,
    /// Documents to generate from at once [default: one for each core].
    #[arg(long, value_name = "N")]
    jobs: Option<usize>,
    /// Write the table as Markdown into a file, without what changes from run to run. Without
    /// `--compile` it keeps what only a compiler can tell of documents that are as the file says.
    #[arg(long, value_name = "FILE", conflicts_with = "check")]
    report: Option<PathBuf>,
    /// Exit with 4 when a file does not hold the table that `--report` would write, and with 0 when
    /// it does. Without `--compile` whatever only a compiler can tell is not compared.
    #[arg(long, value_name = "FILE")]
    check: Option<PathBuf>,
    #[command(flatten)]
    all: All,
    #[command(flatten)]
    limits: Limits,
}

/// A document and its outcome.
struct Entry {
    /// Path below the folder.
    name: String,
    /// Version of OpenAPI, as the document states it.
    version: String,
    outcome: Outcome,
    /// A line for each error that is shown if there is no client, or else for each finding about
    /// what the client lacks.
    told: Vec<String>,
    /// The verdict of rustc on the client, if it was asked.
    compiled: Option<Verdict>,
}

impl Entry {
    /// Returns true if there is a client, and it compiles and decodes what it should, as far as
    /// that is known.
    fn is_good(&self) -> bool {
        let is_good = |verdict: &Verdict| verdict.is_good() && self.failed(verdict).is_empty();
        self.outcome.client.is_some() && self.compiled.as_ref().is_none_or(is_good)
    }

    /// True if the example that a test decodes is a value of its schema; nothing if it is not the
    /// test of an example.
    fn example(&self, test: &str) -> Option<bool> {
        self.outcome.client.as_ref()?.examples.get(test).copied()
    }

    /// Counts the examples that the tests of the client decode, and those of them that are no
    /// values of their schemas.
    fn examples(&self) -> (usize, usize) {
        let examples = self.outcome.client.iter().flat_map(|client| client.examples.values());
        (examples.clone().count(), examples.filter(|is_right| !**is_right).count())
    }

    /// Counts the examples that decode, and those of them that encode to the same JSON.
    fn decoded(&self, verdict: &Verdict) -> (usize, usize) {
        let examples = |tests: &BTreeSet<String>| {
            tests.iter().filter(|test| self.example(test).is_some()).count()
        };
        let same = examples(&verdict.tried.passed);
        (same + examples(&verdict.tried.unequal), same)
    }

    /// Returns the tests that fail although their examples match the schemas, with the reasons.
    fn failed<'v>(&self, verdict: &'v Verdict) -> Vec<(&'v str, &'v str)> {
        let failed =
            verdict.tried.failed.iter().filter(|(test, _)| self.example(test) != Some(false));
        failed.map(|(test, why)| (test.as_str(), why.as_str())).collect()
    }

    /// Counts the locations that keep operations from being in the client.
    fn left_out(&self) -> usize {
        self.outcome
            .diagnostics
            .iter()
            .filter(|diagnostic| diagnostic.rule == Rule::OperationLeftOut)
            .count()
    }
}

/// Generates from every document, and prints the table.
///
/// # Errors
/// If that cannot be done, or a report is stale.
pub(crate) fn run(workspace: &Workspace, options: &Options) -> Result<Exit, CorpusError> {
    let folder = match &options.folder {
        Some(folder) => folder.clone(),
        None => documents::at_hand(workspace)?,
    };
    // Whatever stands in the way of the report is told before the work.
    let known = match (&options.report, &options.check) {
        (Some(file), _) => report_at(file)?,
        (_, Some(file)) => read_text(file)?,
        _ => String::new(),
    };
    let mut entries = generate_all(workspace, options, &folder)?;
    if options.compile {
        let clients: Vec<usize> =
            (0..entries.len()).filter(|index| entries[*index].outcome.client.is_some()).collect();
        let mut verdicts = compile::run(workspace, &clients)?;
        for (index, entry) in entries.iter_mut().enumerate() {
            entry.compiled = verdicts.remove(&index);
        }
    }
    messages::print(&table::terminal(&entries));
    let good = entries.iter().filter(|entry| entry.is_good()).count();
    messages::status("Finished", &format!("{}: {good} good", count(entries.len(), "document")));
    if let Some(file) = &options.report {
        fs::write(file, report::render(&entries, &known)).or_cannot(Action::Write, file)?;
    }
    if let Some(file) = &options.check {
        return check(&entries, file, &known);
    }
    Ok(if good == entries.len() { Exit::Success } else { Exit::Found })
}

/// Reads the report in a file that is to be written, if there is such a file.
fn report_at(file: &Path) -> Result<String, CorpusError> {
    let is_there = file.exists();
    // Nothing is known from a pipe.
    let known = if file.is_file() { read_text(file)? } else { String::new() };
    if !known.is_empty() && !known.starts_with(report::TITLE) {
        return Err(CorpusError::NoReport(file.to_path_buf()));
    }
    fs::OpenOptions::new().append(true).create(true).open(file).or_cannot(Action::Write, file)?;
    if !is_there {
        fs::remove_file(file).or_cannot(Action::Delete, file)?;
    }
    Ok(known)
}

/// Compares the report with that in a file, and shows how they differ.
fn check(entries: &[Entry], file: &Path, known: &str) -> Result<Exit, CorpusError> {
    let report = report::render(entries, known);
    if known == report {
        messages::status("Fresh", &file.display().to_string());
        return Ok(Exit::Success);
    }
    messages::print(&difference::unified(known, &report, 0, ["known", "found"]));
    Err(CorpusError::Stale(file.to_path_buf()))
}

fn generate_all(
    workspace: &Workspace,
    options: &Options,
    folder: &Path,
) -> Result<Vec<Entry>, CorpusError> {
    let Documents { paths: documents, parts } =
        documents::find(folder).or_cannot(Action::Read, folder)?;
    if parts > 0 {
        let without = "without `openapi` or `swagger` at the top: parts of documents";
        messages::status("Skipped", &format!("{} {without}", count(parts, "file")));
    }
    if documents.is_empty() {
        return Err(CorpusError::NoDocument(folder.to_path_buf()));
    }
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let next = AtomicUsize::new(0);
    let entries: Mutex<BTreeMap<usize, Result<Entry, ChildError>>> = Mutex::default();
    messages::status("Generating", &format!("from {}", count(documents.len(), "document")));
    thread::scope(|scope| {
        for _ in 0..options.jobs.unwrap_or(cores).clamp(1, documents.len()) {
            scope.spawn(|| {
                while let Some(path) = documents.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let index = documents.iter().position(|one| one == path).unwrap_or_default();
                    let package = options.compile.then(|| compile::package(workspace, index));
                    let entry = entry(workspace, path, options, folder, package.as_deref());
                    entries.lock().expect("no worker panics").insert(index, entry);
                }
            });
        }
    });
    Ok(entries.into_inner().expect("no worker panics").into_values().collect::<Result<_, _>>()?)
}

fn entry(
    workspace: &Workspace,
    path: &Path,
    options: &Options,
    folder: &Path,
    package: Option<&Path>,
) -> Result<Entry, ChildError> {
    let outcome = child::generate(workspace, path, options.limits, folder, package)?;
    let name = path.strip_prefix(folder).unwrap_or(path).display().to_string();
    let text = fs::read(path)
        .map_or_else(|_| String::new(), |bytes| String::from_utf8_lossy(&bytes).into_owned());
    let version = version(&text);
    let told = told(&outcome, &name, text, options.all.extent());
    Ok(Entry { name, version, outcome, told, compiled: None })
}

/// The rules about what a client lacks of its document.
const OF_LOSSES: [Rule; 4] =
    [Rule::LossyRepair, Rule::MissingFile, Rule::NoSuccessResponse, Rule::OperationLeftOut];

/// Returns the errors in a document without a client, or what its client lacks, one per line.
fn told(outcome: &Outcome, name: &str, text: String, extent: Extent) -> Vec<String> {
    let mut diagnostics = outcome.diagnostics.clone();
    let severity = match outcome.client {
        Some(_) => Severity::Warning,
        None => Severity::Error,
    };
    diagnostics.retain(|one| severity == Severity::Error || OF_LOSSES.contains(&one.rule));
    let found = Findings { source: SpecSource::new(name, text), diagnostics };
    let lines = findings::lines(&found, severity, extent).into_iter();
    match severity {
        Severity::Warning => lines.map(|line| format!("{}: {line}", severity.name())).collect(),
        Severity::Error => lines.collect(),
    }
}

/// Returns the version of OpenAPI that follows the first `openapi` or `swagger`.
fn version(text: &str) -> String {
    let behind = ["openapi", "swagger"]
        .iter()
        .find_map(|word| text.split_once(word))
        .map_or("", |(_, behind)| behind);
    let is_number = |sign: &char| sign.is_ascii_digit() || *sign == '.';
    let version = behind.chars().skip_while(|sign| !is_number(sign)).take_while(is_number);
    version.take(8).collect()
}
