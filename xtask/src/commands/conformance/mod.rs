//! `cargo xtask conformance`: lets another implementation of OpenAPI check the requests that the
//! clients send.
//!
//! The sample calls of each client are recorded on loopback, byte for byte. A mock server, which
//! knows nothing of this workspace, then gets them with the document and says what violates it.

mod error;
mod mock;
mod recorded;
mod report;
mod verdict;

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;

use super::corpus::documents;
use crate::child::referenced_files::folder_of;
use crate::child::{self, Limits};
use crate::exit::Exit;
use crate::findings::count;
use crate::io::files::{Action, Cannot, read_text};
use crate::io::messages;
use crate::io::workspace::Workspace;
use error::ConformanceError;
use mock::Mock;
use recorded::{Fate, Recorded};
use verdict::Verdict;

pub(crate) use mock::check as check_tool;

/// The documents, and where the report goes.
#[derive(Args)]
pub(crate) struct Options {
    /// Documents, and folders with documents, in YAML or JSON; the specs if none is named.
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Write the table as Markdown between the marks in this file.
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
    #[command(flatten)]
    limits: Limits,
}

/// A document, and what came of the sample calls of its client.
struct Entry {
    name: String,
    path: PathBuf,
    /// Number of operations in the document.
    operations: usize,
    /// The reason why there is no verdict.
    problem: Option<String>,
    calls: Vec<(Recorded, Option<Verdict>)>,
}

/// Records the requests of all sample calls, and prints what violates the documents.
///
/// # Errors
/// If the tool is missing, or that cannot be done.
pub(crate) fn run(workspace: &Workspace, options: &Options) -> Result<Exit, ConformanceError> {
    mock::check().map_err(ConformanceError::Missing)?;
    let known = options.report.as_deref().map(read_text).transpose()?;
    let known = known.map(|known| report::halves(&known)).transpose()?;
    let mut entries = entries(workspace, options)?;
    let clients: Vec<usize> =
        (0..entries.len()).filter(|index| entries[*index].problem.is_none()).collect();
    messages::status("Compiling", &count(clients.len(), "client"));
    let programs = recorded::compile(workspace, &clients)?;
    for index in clients {
        let entry = &mut entries[index];
        let Some(program) = programs.get(&index) else {
            entry.problem = Some("its sample calls do not compile".to_owned());
            continue;
        };
        let calls = recorded::record(workspace, index, program)?;
        messages::status("Checking", &format!("{}: {}", entry.name, count(calls.len(), "call")));
        judge(workspace, index, entry, calls)?;
    }
    messages::print(&report::terminal(&entries));
    if let (Some(file), Some([before, after])) = (&options.report, known) {
        let table = report::markdown(&entries);
        fs::write(file, format!("{before}{table}{after}")).or_cannot(Action::Write, file)?;
    }
    let is_good = entries.iter().all(report::is_good);
    Ok(if is_good { Exit::Success } else { Exit::Found })
}

/// Sends recorded requests to a mock server of a document.
fn judge(
    workspace: &Workspace,
    index: usize,
    entry: &mut Entry,
    calls: Vec<Recorded>,
) -> Result<(), ConformanceError> {
    let log = recorded::folder(workspace).join(format!("mock-{index}.log"));
    let mock = match Mock::start(&entry.path, &log)? {
        Ok(mock) => mock,
        Err(problem) => {
            entry.problem = Some(problem);
            return Ok(());
        }
    };
    for call in calls {
        let verdict = match &call.fate {
            Fate::Sent(request) => Some(mock.judge(request)),
            Fate::Refused(_) | Fate::Panicked(_) => None,
        };
        entry.calls.push((call, verdict));
    }
    Ok(())
}

/// Generates the clients of all documents.
fn entries(workspace: &Workspace, options: &Options) -> Result<Vec<Entry>, ConformanceError> {
    let specs = [workspace.spec_folder()];
    let named = if options.paths.is_empty() { &specs[..] } else { &options.paths };
    let mut documents: Vec<(PathBuf, PathBuf)> = Vec::new();
    for path in named {
        if path.is_dir() {
            let found = documents::find(path).or_cannot(Action::Read, path)?.paths;
            documents.extend(found.into_iter().map(|document| (document, path.clone())));
        } else {
            documents.push((path.clone(), folder_of(path).to_path_buf()));
        }
    }
    if documents.is_empty() {
        return Err(ConformanceError::NoDocument);
    }
    messages::status("Generating", &format!("from {}", count(documents.len(), "document")));
    let entry = |(index, (path, within)): (usize, (PathBuf, PathBuf))| {
        entry(workspace, options.limits, index, path, &within)
    };
    documents.into_iter().enumerate().map(entry).collect()
}

fn entry(
    workspace: &Workspace,
    limits: Limits,
    index: usize,
    path: PathBuf,
    within: &Path,
) -> Result<Entry, ConformanceError> {
    fs::metadata(&path).or_cannot(Action::Read, &path)?;
    let package = recorded::client(workspace, index);
    let outcome = child::generate(workspace, &path, limits, within, Some(&package))?;
    let name = path.strip_prefix(within).unwrap_or(&path).display().to_string();
    let (operations, problem) = match outcome.client {
        Some(client) if client.operations == 0 => (client.documented, Some("no operations")),
        Some(client) => (client.documented, None),
        None => (0, Some("no client")),
    };
    if problem.is_none() {
        recorded::write_program(workspace, index)?;
    }
    Ok(Entry { name, path, operations, problem: problem.map(str::to_owned), calls: Vec::new() })
}
