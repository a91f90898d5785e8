//! The outcome of a document, as a child reports it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::Instant;

use codegen::Generated;
use codegen::package::Package;
use openapi::diagnostic::Diagnostic;
use openapi::policy::Policy;
use openapi::source::SpecSource;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::io::disk;
use crate::io::files::FileError;

/// The outcome of a document.
#[derive(Debug, Default, Deserialize, Serialize)]
pub(crate) struct Outcome {
    /// Findings, one of which may be that the generator stopped.
    pub diagnostics: Vec<Diagnostic>,
    /// The client, if there is one.
    pub client: Option<Client>,
    /// Time that it took, in milliseconds.
    pub milliseconds: u128,
    /// The peak memory use in KiB, if the system reports it.
    pub memory: Option<u64>,
}

/// The figures of a client.
#[derive(Debug, Deserialize, Serialize)]
pub(crate) struct Client {
    /// Title of the document.
    pub title: String,
    /// Number of its operations.
    pub operations: usize,
    /// Number of the document's operations.
    pub documented: usize,
    /// Number of its lines of Rust, without its tests.
    pub lines: usize,
    /// Number of notes of each pass.
    pub notes: BTreeMap<String, usize>,
    /// Tests of the document's examples; true if the example is a value of its schema.
    pub examples: BTreeMap<String, bool>,
}

/// Generates from a document, and writes the client into `folder` if there is one.
///
/// # Errors
/// If the client cannot be written.
pub(super) fn outcome(
    package: &Package,
    source: SpecSource,
    folder: Option<&Path>,
) -> Result<Outcome, FileError> {
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
    let wrong: Vec<&Value> =
        generated.inventories.iter().flat_map(|inventory| &inventory.wrong_examples).collect();
    let examples =
        generated.examples.iter().map(|test| (test.name.clone(), !wrong.contains(&&test.value)));
    Client {
        title: generated.apis.iter().map(|lowered| lowered.api.title.as_str()).collect(),
        operations: generated.apis.iter().map(|lowered| lowered.api.operations.len()).sum(),
        documented: generated.inventories.iter().map(|inventory| inventory.operations).sum(),
        lines: sources.map(|(_, text)| text.lines().count()).sum(),
        notes,
        examples: examples.collect(),
    }
}

/// Returns the peak memory use of this process in KiB, on Linux.
fn peak_memory() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse().ok()
}
