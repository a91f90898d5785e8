//! `cargo xtask import`: starts a spec from an OpenAPI document that a vendor publishes.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::path::PathBuf;

use clap::Args;
use codegen::lint;
use openapi::Findings;
use openapi::diagnostic::Diagnostic;
use openapi::import::{Import, Imported, Refused, Secret, UnknownOperation, import};
use openapi::notes::Note;
use openapi::policy::Policy;
use openapi::report::Style;
use openapi::rule::Severity;
use openapi::source::SpecSource;
use serde::{Deserialize, Serialize};

use crate::findings::{self, Format, count};
use crate::guarded::{self, Limits};
use crate::workspace::{Workspace, read};
use crate::{FAILURE, FOUND, SUCCESS, beside, messages, new};

/// Most notes that are told one by one; of more, it is told how many there are of each kind.
const MOST_NOTES: usize = 20;

/// Most ids that are listed where one is not known.
const MOST_IDS: usize = 10;

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

/// What a child makes of a document.
#[derive(Deserialize, Serialize)]
enum Outcome {
    Imported(Spec),
    Unknown(UnknownOperation),
    Refused(Vec<Diagnostic>),
}

/// A spec that is not written yet.
#[derive(Deserialize, Serialize)]
struct Spec {
    text: String,
    operations: usize,
    /// The pass that left each note, and the note.
    notes: Vec<(String, String)>,
    secrets: Vec<Secret>,
    /// What the lint finds in it.
    findings: Vec<Diagnostic>,
}

/// Writes the spec, and prints what was done to the document, what the lint finds and what to do next.
pub fn run(workspace: &Workspace, options: &Options) -> u8 {
    let file = options.file.display();
    let command = |name: &str| workspace.command(&options.command(name));
    if let Err(code) = new::check_name(workspace, &options.name, command) {
        return code;
    }
    if !options.operations.is_empty() && options.wanted().is_empty() {
        messages::error("`--operations` names no operation");
        messages::next("name ids of operations of the document, or leave the option out to take over all");
        return FAILURE;
    }
    let outcome = messages::progress("Importing", &file.to_string(), || outcome(options));
    match outcome {
        Ok(Outcome::Imported(spec)) if spec.operations == 0 => without_operations(&file.to_string()),
        Ok(Outcome::Imported(spec)) => written(workspace, options, spec),
        Ok(Outcome::Unknown(unknown)) => not_there(&file.to_string(), &unknown),
        Ok(Outcome::Refused(found)) => refused(options, found),
        Err(problem) => {
            messages::error(&problem);
            messages::next("name a document of OpenAPI 3.0 or 3.1, in YAML or JSON");
            FAILURE
        }
    }
}

/// Lets a child do the work, since a document from elsewhere may take any time, memory and depth of the stack.
fn outcome(options: &Options) -> Result<Outcome, String> {
    // A document that cannot be read is none of the child's business.
    read(&options.file)?;
    let operations = options.wanted().join(",");
    let mut arguments = vec![OsStr::new("import-child"), OsStr::new("--name"), OsStr::new(&options.name)];
    if !operations.is_empty() {
        arguments.extend([OsStr::new("--operations"), OsStr::new(&operations)]);
    }
    arguments.extend([OsStr::new("--"), options.file.as_os_str()]);
    Ok(guarded::run(&arguments, options.limits)?.unwrap_or_else(|stopped| Outcome::Refused(vec![stopped])))
}

/// The child: imports and lints, and prints the outcome.
pub fn child(options: Options) -> u8 {
    guarded::limited(options.limits, move || {
        let path = options.spec();
        let what = Import { operations: &options.operations, path: &path };
        let source = beside::read_with_files(&options.file, beside::folder_of(&options.file))?;
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
            notes: imported.notes.into_iter().map(|note| (note.pass.to_owned(), line(note))).collect(),
            secrets: imported.secrets,
            findings: found.into_iter().flat_map(|found| found.diagnostics).collect(),
        }
    }
}

fn written(workspace: &Workspace, options: &Options, spec: Spec) -> u8 {
    if let Err(code) = new::create(workspace, &options.name, &spec.text) {
        return code;
    }
    messages::status("Created", &format!("{}: {}", options.spec(), count(spec.operations, "operation")));
    tell_notes(&spec.notes);
    for secret in &spec.secrets {
        let before =
            secret.format.as_ref().map_or(String::new(), |format| format!(", in place of the format `{format}`"));
        let line = format!("`{}`, at {}{before}", secret.name, secret.pointer);
        messages::attention("Secret", &messages::printable(&line));
    }
    let found = vec![Findings { source: SpecSource::new(options.spec(), spec.text), diagnostics: spec.findings }];
    print(&found);
    messages::status(
        "Linted",
        &format!("{}: {}{}", options.spec(), findings::summary(&found), findings::outlook(&found)),
    );
    messages::print(&steps(&options.name));
    if findings::number(&found, Severity::Error) == 0 { SUCCESS } else { FOUND }
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

fn print(found: &[Findings]) {
    let colored = anstream::AutoStream::choice(&std::io::stdout()) != anstream::ColorChoice::Never;
    let style = if colored { Style::Colored } else { Style::Plain };
    messages::print(&findings::render(found, Format::Human, style));
}

fn without_operations(file: &str) -> u8 {
    messages::error(&format!("{file} has no operation, so that there is nothing to make a client of"));
    messages::next("name another document");
    FAILURE
}

fn not_there(file: &str, unknown: &UnknownOperation) -> u8 {
    let meant = unknown.nearest.as_ref().map_or(String::new(), |meant| format!("; did you mean `{meant}`?"));
    messages::error(&format!("{file} has no operation `{}`{meant}", unknown.id.escape_debug()));
    let shown: Vec<String> = unknown.known.iter().take(MOST_IDS).map(|id| format!("`{}`", id.escape_debug())).collect();
    let more = unknown.known.len().saturating_sub(MOST_IDS);
    let more = if more == 0 { String::new() } else { format!(" and {more} more") };
    messages::next(&match shown.as_slice() {
        [] => "name another document: this one has no operation at all".to_owned(),
        shown => format!("name operations of the document: it has {}{more}", shown.join(", ")),
    });
    FAILURE
}

fn refused(options: &Options, diagnostics: Vec<Diagnostic>) -> u8 {
    let Ok(source) = read(&options.file) else { return FAILURE };
    let found = vec![Findings { source, diagnostics }];
    print(&found);
    messages::error(&format!("no spec can be made of {}: {}", options.file.display(), findings::summary(&found)));
    messages::next("correct a copy of the document, then import that");
    FAILURE
}

fn steps(name: &str) -> String {
    let first = format!(
        "Hold specs/{name}.yaml against the vendor's page: fill in every TODO, rewrite the descriptions as short sentences of your\n     \
         own, and see whether `format: password` is at every secret and at nothing else."
    );
    new::steps_behind(&first, name)
}
