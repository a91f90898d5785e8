//! Creates a spec from a document in a child process.

use std::ffi::OsStr;

use codegen::lint;
use openapi::diagnostic::Diagnostic;
use openapi::import::{Import, Imported, Refused, Secret, UnknownOperation, import};
use openapi::notes::Note;
use openapi::policy::Policy;
use serde::{Deserialize, Serialize};

use super::error::ImportError;
use super::options::Options;
use crate::child::{self, referenced_files};
use crate::exit::Exit;
use crate::io::files::{FileError, read_document};

/// The outcome of a document.
#[derive(Deserialize, Serialize)]
pub(super) enum Outcome {
    Imported(Spec),
    Unknown(UnknownOperation),
    Refused(Vec<Diagnostic>),
}

/// A spec that is not written yet.
#[derive(Deserialize, Serialize)]
pub(super) struct Spec {
    pub text: String,
    pub operations: usize,
    /// The pass that left each note, and the note.
    pub notes: Vec<(String, String)>,
    pub secrets: Vec<Secret>,
    /// Findings about what repairs of the vendor's document have lost or invented.
    pub lost: Vec<Diagnostic>,
    /// The findings of the lint in it.
    pub findings: Vec<Diagnostic>,
}

/// Lets a child do the work, since a vendor's document may need any amount of time, memory and
/// stack.
///
/// # Errors
/// If the document cannot be read, or the child cannot be run.
pub(super) fn outcome(options: &Options) -> Result<Outcome, ImportError> {
    // A document that cannot be read is none of the child's business.
    read_document(&options.file)?;
    let operations = options.wanted().join(",");
    let name = options.stem();
    let mut arguments = vec![OsStr::new("--name"), OsStr::new(&*name)];
    if !operations.is_empty() {
        arguments.extend([OsStr::new("--operations"), OsStr::new(&operations)]);
    }
    if let Some(folder) = &options.within {
        arguments.extend([OsStr::new("--within"), folder.as_os_str()]);
    }
    arguments.extend([OsStr::new("--"), options.file.as_os_str()]);
    let outcome = child::run("import-child", &arguments, options.limits)?;
    Ok(outcome.unwrap_or_else(|stopped| Outcome::Refused(vec![stopped])))
}

/// Does the work of the child: imports and lints, and prints the outcome.
pub(crate) fn child(options: Options) -> Exit {
    child::limited(options.limits, move || -> Result<Outcome, FileError> {
        let path = options.spec();
        let what = Import { operations: &options.operations, path: &path };
        let own = referenced_files::folder_of(&options.file);
        let within = options.within.as_deref().unwrap_or(own);
        let source = referenced_files::read_with_files(&options.file, within)?;
        Ok(match import(&source, what) {
            Ok(imported) => Outcome::Imported(Spec::of(imported)),
            Err(Refused::Operation(unknown)) => Outcome::Unknown(unknown),
            Err(Refused::Document(found)) => Outcome::Refused(found.diagnostics),
        })
    })
}

impl Spec {
    fn of(imported: Imported) -> Self {
        let found = lint(vec![imported.spec.clone()], Policy::Refuse);
        let line = |note: Note| match note.pointer.as_str() {
            "" => note.text,
            pointer => format!("{pointer}: {}", note.text),
        };
        Self {
            text: imported.spec.text,
            operations: imported.operations,
            notes: imported
                .notes
                .into_iter()
                .map(|note| (note.pass.to_owned(), line(note)))
                .collect(),
            secrets: imported.secrets,
            lost: imported.lost,
            findings: found.into_iter().flat_map(|found| found.diagnostics).collect(),
        }
    }
}
