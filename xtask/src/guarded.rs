//! Generates from a document from elsewhere in a child process whose time, memory and stack are limited, since no panic handler
//! catches a stack that overflows.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::thread;
use std::time::{Duration, Instant};

use clap::Args;
use codegen::Generated;
use codegen::package::{Name, Package, Runtime};
use openapi::diagnostic::Diagnostic;
use openapi::policy::Policy;
use openapi::source::SpecSource;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::corpus::samples;
use crate::findings::count;
use crate::workspace::Workspace;
use crate::{FAILURE, SUCCESS, beside, disk};

/// What a child may use for one document.
#[derive(Args, Clone, Copy, Debug)]
pub struct Limits {
    /// Longest time for one document from elsewhere, in seconds.
    #[arg(long, default_value_t = 60, value_name = "SECONDS")]
    time_limit: u64,
    /// Most memory for one document from elsewhere, in MiB of address space; has an effect on Unix alone.
    #[arg(long, default_value_t = 4096, value_name = "MIB")]
    memory_limit: u64,
}

/// Stack of the thread that the generator runs on, in bytes.
const STACK: usize = 64 << 20;

/// Exit code of a child that ran out of time, as timeout(1) has it.
const TIMED_OUT: u8 = 124;

/// What a child says that has no memory left, or none for the stack of another thread.
const OUT_OF_MEMORY: [&str; 3] = ["memory allocation", "Cannot allocate memory", "Resource temporarily unavailable"];

/// What became of a document.
#[derive(Debug, Default, Deserialize, Serialize)]
pub struct Outcome {
    /// What was found in it, which may be that the generator stopped.
    pub diagnostics: Vec<Diagnostic>,
    /// What was generated from it, if it was.
    pub client: Option<Client>,
    /// How long it took, in milliseconds.
    pub milliseconds: u128,
    /// Most memory that was in use, in KiB, where the system tells.
    pub memory: Option<u64>,
}

/// What was generated from a document.
#[derive(Debug, Deserialize, Serialize)]
pub struct Client {
    /// What the document calls itself.
    pub title: String,
    /// How many operations it has.
    pub operations: usize,
    /// How many operations the document has.
    pub documented: usize,
    /// How many lines of Rust it has, without its tests.
    pub lines: usize,
    /// How many notes each pass left.
    pub notes: BTreeMap<String, usize>,
    /// Tests of the document's examples, and whether the example is a value of its schema.
    pub samples: BTreeMap<String, bool>,
}

/// Generates from a document in a child, which may read files `within` a folder, and lets it write the client into `folder`
/// if there is one.
///
/// # Errors
/// What stands in the way, in a sentence.
pub fn generate(
    workspace: &Workspace,
    path: &Path,
    limits: Limits,
    within: &Path,
    folder: Option<&Path>,
) -> Result<Outcome, String> {
    let root = [OsStr::new("--root"), workspace.root().as_os_str()];
    let within = [OsStr::new("--within"), within.as_os_str()];
    let mut arguments = vec![OsStr::new("child")];
    arguments.extend(root.into_iter().chain(within).chain([path.as_os_str()]));
    arguments.extend(folder.map(Path::as_os_str));
    let stopped = |diagnostic| Outcome { diagnostics: vec![diagnostic], ..Outcome::default() };
    Ok(run(&arguments, limits)?.unwrap_or_else(stopped))
}

/// Runs this program as a child, and reads what it prints; or tells how it ended that it printed nothing.
///
/// # Errors
/// What stands in the way, in a sentence.
pub fn run<T: DeserializeOwned>(arguments: &[&OsStr], limits: Limits) -> Result<Result<T, Diagnostic>, String> {
    let program = std::env::current_exe().map_err(|error| format!("cannot find this program: {error}"))?;
    let limited = [("--time-limit", limits.time_limit), ("--memory-limit", limits.memory_limit)];
    let limited = limited.map(|(name, limit)| format!("{name}={limit}"));
    let mut child = Command::new(program);
    let (command, rest) = arguments.split_first().ok_or("there is no command to run")?;
    child.arg(command).args(limited).args(rest);
    let output = child.output().map_err(|error| format!("cannot run this program again: {error}"))?;
    let messages = String::from_utf8_lossy(&output.stderr);
    if let Some(reached) = limit_reached(&output, &messages, limits) {
        return Ok(Err(reached));
    }
    if output.status.success() {
        let printed = serde_json::from_slice(&output.stdout);
        return printed.map(Ok).map_err(|error| format!("cannot read the outcome: {error}"));
    }
    if output.status.code() == Some(i32::from(FAILURE)) {
        return Err(messages.trim().to_owned());
    }
    Ok(Err(Diagnostic::stopped(&match messages.contains("overflowed its stack") {
        true => "its stack overflowed".to_owned(),
        false => format!("it ended with {}", output.status),
    })))
}

/// The limit that a child came to, if it did; the outcome of one that had no memory left for a thread is of no use.
fn limit_reached(output: &Output, messages: &str, limits: Limits) -> Option<Diagnostic> {
    let (how, flag) = if output.status.code() == Some(i32::from(TIMED_OUT)) {
        let seconds = usize::try_from(limits.time_limit).unwrap_or(usize::MAX);
        (format!("it took longer than {}", count(seconds, "second")), "--time-limit")
    } else if OUT_OF_MEMORY.iter().any(|text| messages.contains(text)) {
        (format!("it needed more memory than {} MiB", limits.memory_limit), "--memory-limit")
    } else {
        return None;
    };
    Some(Diagnostic {
        why: "Time and memory are limited for documents from elsewhere.".into(),
        help: format!("Raise the limit by `{flag}`, or take out operations."),
        ..Diagnostic::stopped(&how)
    })
}

/// The child: prints the outcome of one document as JSON.
pub fn child(
    workspace: Workspace,
    path: &Path,
    limits: Limits,
    within: Option<PathBuf>,
    folder: Option<PathBuf>,
) -> u8 {
    let path = path.to_path_buf();
    limited(limits, move || {
        let within = within.as_deref().unwrap_or_else(|| beside::folder_of(&path));
        let package = match &folder {
            Some(folder) => package_in(&workspace, folder)?,
            None => Package::default(),
        };
        outcome(&package, beside::read_with_files(&path, within)?, folder.as_deref())
    })
}

/// The package in a folder of this name, which stands on the runtime of the workspace.
fn package_in(workspace: &Workspace, folder: &Path) -> Result<Package, String> {
    let ours = workspace.package()?.map_err(|_| "Cargo.toml does not state the package to generate")?;
    let runtime = workspace.generated().join(&ours.runtime.path).display().to_string();
    let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
    Ok(Package {
        name: Name::try_from(name)?,
        runtime: Runtime { path: runtime, ..ours.runtime },
        version: ours.version,
        ..Package::default()
    })
}

/// Does the work of a child within its limits, and prints what it gives as JSON.
pub fn limited<T: Serialize>(limits: Limits, work: impl FnOnce() -> Result<T, String> + Send + 'static) -> u8 {
    if let Err(problem) = limit_memory(limits) {
        eprintln!("{problem}");
        return FAILURE;
    }
    thread::spawn(move || {
        thread::sleep(Duration::from_secs(limits.time_limit));
        std::process::exit(i32::from(TIMED_OUT));
    });
    let worker = thread::Builder::new().stack_size(STACK);
    let done = worker.spawn(move || serde_json::to_vec(&work()?).map_err(|error| error.to_string()));
    let done = done.map_err(|error| error.to_string()).and_then(|thread| thread.join().map_err(|_| String::new())?);
    match done.and_then(|json| std::io::stdout().write_all(&json).map_err(|error| error.to_string())) {
        Ok(()) => SUCCESS,
        Err(problem) => {
            eprintln!("{problem}");
            FAILURE
        }
    }
}

fn outcome(package: &Package, source: SpecSource, folder: Option<&Path>) -> Result<Outcome, String> {
    let started = Instant::now();
    let generated = codegen::generate(package, vec![source], Policy::Repair);
    let milliseconds = started.elapsed().as_millis();
    let (findings, client) = match generated {
        Err(findings) => (findings, None),
        Ok(generated) => {
            if let Some(folder) = folder {
                let changes = disk::compare(&generated.files, folder)?;
                disk::write(&generated.files, &changes, folder)?;
            }
            let client = client(&generated);
            (generated.warnings, Some(client))
        }
    };
    let diagnostics = findings.into_iter().flat_map(|found| found.diagnostics).collect();
    Ok(Outcome { diagnostics, client, milliseconds, memory: peak_memory() })
}

fn client(generated: &Generated) -> Client {
    let mut notes = BTreeMap::new();
    for note in generated.apis.iter().flat_map(|lowered| &lowered.notes) {
        *notes.entry(note.pass.to_owned()).or_default() += 1;
    }
    let sources = generated.files.iter().filter(|(path, _)| path.starts_with("src/"));
    let tests = generated.files.iter().filter(|(path, _)| path.starts_with("tests/"));
    let wrong: Vec<&Value> = generated.inventories.iter().flat_map(|inventory| &inventory.wrong_examples).collect();
    Client {
        title: generated.apis.iter().map(|lowered| lowered.api.title.as_str()).collect(),
        operations: generated.apis.iter().map(|lowered| lowered.api.operations.len()).sum(),
        documented: generated.inventories.iter().map(|inventory| inventory.operations).sum(),
        lines: sources.map(|(_, text)| text.lines().count()).sum(),
        notes,
        samples: tests.flat_map(|(_, text)| samples::in_tests(text, &wrong)).collect(),
    }
}

/// Most memory that this process has used, in KiB, where Linux tells.
fn peak_memory() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse().ok()
}

#[cfg(unix)]
fn limit_memory(limits: Limits) -> Result<(), String> {
    use rlimit::Resource;
    let (_, most) = Resource::AS.get().map_err(|error| error.to_string())?;
    Resource::AS
        .set(limits.memory_limit.saturating_mul(1 << 20).min(most), most)
        .map_err(|error| format!("cannot limit the memory: {error}"))
}

#[cfg(not(unix))]
fn limit_memory(_: Limits) -> Result<(), String> {
    Ok(())
}
