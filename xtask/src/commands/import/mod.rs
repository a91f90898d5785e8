//! `cargo xtask import`: starts a spec from an OpenAPI document that a vendor publishes.

mod error;
mod outcome;

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::Args;
use codegen::Findings;
use codegen::diagnostic::Diagnostic;
use codegen::rule::Severity;
use codegen::source::SpecSource;

use super::new;
use crate::child::Limits;
use crate::exit::Exit;
use crate::findings::{self, All, LINT_ALL, count};
use crate::io::files::{FileError, read_document};
use crate::io::messages;
use crate::io::workspace::Workspace;
use error::ImportError;
use outcome::{Outcome, Spec, outcome};

pub use outcome::child;

/// Most notes that are told one by one; of more, it is told how many there are of each kind.
const MOST_NOTES: usize = 20;

/// What to import, and as what.
#[derive(Args, Clone)]
pub struct Options {
    /// The document, in YAML or JSON.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Name of the module and the feature, in snake case, such as `azure_container_apps`.
    #[arg(long)]
    name: String,
    /// Ids of the operations to take over, separated by commas [default: all].
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    operations: Vec<String>,
    #[command(flatten)]
    all: All,
    #[command(flatten)]
    limits: Limits,
}

impl Options {
    /// The same import as a spec of another name.
    fn command(&self, name: &str) -> String {
        let operations = match self.wanted().join(",") {
            ids if ids.is_empty() => String::new(),
            ids => format!(" --operations {}", messages::word(&ids)),
        };
        format!("import {}{operations} --name {name}", messages::word(&self.file.display().to_string()))
    }

    /// The ids that are named, without the spaces that people put around commas.
    fn wanted(&self) -> Vec<String> {
        let ids = self.operations.iter().map(|id| id.trim());
        ids.filter(|id| !id.is_empty()).map(str::to_owned).collect()
    }

    /// Path of the spec in the workspace.
    fn spec(&self) -> String {
        format!("specs/{}.yaml", self.name)
    }
}

/// Writes the spec, and prints what was done to the document, what the lint finds and what to do next.
///
/// # Errors
/// If no spec can be made of the document, or it cannot be written.
pub fn run(workspace: &Workspace, options: &Options) -> Result<Exit, ImportError> {
    new::check_name(workspace, &options.name, |name| workspace.command(&options.command(name)))?;
    if !options.operations.is_empty() && options.wanted().is_empty() {
        return Err(ImportError::NoOperationNamed);
    }
    let file = options.file.clone();
    match messages::progress("Importing", &file.display().to_string(), || outcome(options))? {
        Outcome::Imported(spec) if spec.operations == 0 => Err(ImportError::NoOperation(file)),
        Outcome::Imported(spec) => written(workspace, options, spec),
        Outcome::Unknown(unknown) => Err(ImportError::UnknownOperation { file, unknown }),
        Outcome::Refused(found) => Err(refused(options, found)?),
    }
}

fn written(workspace: &Workspace, options: &Options, spec: Spec) -> Result<Exit, ImportError> {
    new::create(workspace, &options.name, &spec.text)?;
    messages::status("Created", &format!("{}: {}", options.spec(), count(spec.operations, "operation")));
    tell_notes(&spec.notes);
    for secret in &spec.secrets {
        let before =
            secret.format.as_ref().map_or(String::new(), |format| format!(", in place of the format `{format}`"));
        let line = format!("`{}`, at {}{before}", secret.name, secret.pointer);
        messages::attention("Secret", &messages::printable(&line));
    }
    let found = vec![Findings { source: SpecSource::new(options.spec(), spec.text), diagnostics: spec.findings }];
    findings::print(&found, options.all.extent_or(LINT_ALL));
    messages::status(
        "Linted",
        &format!("{}: {}{}", options.spec(), findings::summary(&found), findings::outlook(&found)),
    );
    messages::print(&steps(&options.name));
    Ok(if findings::number(&found, Severity::Error) == 0 { Exit::Success } else { Exit::Found })
}

/// Tells what was changed in what was taken over: in lines if they are few, or else how many there are.
fn tell_notes(notes: &[(String, String)]) {
    if notes.len() <= MOST_NOTES {
        return notes.iter().for_each(|(pass, note)| messages::status(verb(pass), &messages::printable(note)));
    }
    let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
    notes.iter().for_each(|(pass, _)| *numbers.entry(verb(pass)).or_default() += 1);
    for (verb, number) in numbers {
        messages::status(verb, &count(number, "thing"));
    }
}

/// What a pass did, as a verb in the margin.
fn verb(pass: &str) -> &'static str {
    match pass {
        "left_out" => "Left out",
        "openapi_3_1" => "Rewritten",
        _ => "Repaired",
    }
}

/// Prints what is wrong with a document.
fn refused(options: &Options, diagnostics: Vec<Diagnostic>) -> Result<ImportError, FileError> {
    let found = vec![Findings { source: read_document(&options.file)?, diagnostics }];
    findings::print(&found, options.all.extent_or(LINT_ALL));
    Ok(ImportError::Refused { file: options.file.clone(), summary: findings::summary(&found) })
}

fn steps(name: &str) -> String {
    let first = format!(
        "Hold specs/{name}.yaml against the vendor's page: fill in every TODO, rewrite the descriptions as short sentences of your\n     \
         own, and see whether `format: password` is at every secret and at nothing else."
    );
    new::steps_behind(&first, name)
}
