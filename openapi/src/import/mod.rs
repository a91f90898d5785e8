//! Creates a spec from a vendor's document: the requested operations and everything that they refer
//! to, in the layout of hand-written specs.

mod arrange;
mod order;
mod print;
mod scalars;
mod secrets;
mod select;
mod tidy;

use std::panic::{AssertUnwindSafe, catch_unwind};

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::diagnostic::{Diagnostic, Location};
use crate::extensions::{SOURCE, SOURCE_PROPERTIES};
use crate::findings::Findings;
use crate::load::load;
use crate::notes::Note;
use crate::object::ObjectMut;
use crate::objects::METHODS;
use crate::pointer;
use crate::policy::Policy;
use crate::rule::Rule;
use crate::source::SpecSource;
use crate::words::PLACEHOLDER;
use crate::{repair, yaml};

pub use secrets::Secret;

/// The parameters of an import.
#[derive(Clone, Copy, Debug)]
pub struct Import<'a> {
    /// The ids of the operations to import. If empty, all are imported.
    pub operations: &'a [String],
    /// The path of the spec to be written, such as `specs/github.yaml`.
    pub path: &'a str,
}

/// A spec that was created from a document.
#[derive(Clone, Debug)]
pub struct Imported {
    /// The spec.
    pub spec: SpecSource,
    /// The number of operations in the spec.
    pub operations: usize,
    /// The values that were marked as secrets because of their names, for review.
    pub secrets: Vec<Secret>,
    /// The changes and omissions of the import.
    pub notes: Vec<Note>,
    /// Findings about what repairs of the vendor's document have lost or invented in the spec.
    pub lost: Vec<Diagnostic>,
}

/// The reason why no spec was created.
#[derive(Clone, Debug)]
pub enum Refused {
    /// The findings about the document.
    Document(Findings),
    /// The document has no operation with this id.
    Operation(UnknownOperation),
}

/// An unknown `operationId`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnknownOperation {
    /// The requested id.
    pub id: String,
    /// The id that was most likely meant.
    pub nearest: Option<String>,
    /// All ids of the document, sorted.
    pub known: Vec<String>,
}

/// Creates a spec from a document. A panic becomes a finding.
///
/// # Errors
/// Returns the findings that prevent the document from being read, or an unknown `operationId`.
pub fn import(source: &SpecSource, import: Import<'_>) -> Result<Imported, Refused> {
    let outcome = catch_unwind(AssertUnwindSafe(|| stages(source, import)));
    outcome.unwrap_or_else(|panic| Err(refused(source, vec![Diagnostic::panicked(panic.as_ref())])))
}

/// Prints a document in the layout of the specs. Names that the document chooses are in the order
/// of another one, `like`.
#[must_use]
pub fn print_spec(root: &Value, like: &str) -> String {
    print::print(&arrange::arrange(root, &order::Order::of(like)))
}

fn refused(source: &SpecSource, diagnostics: Vec<Diagnostic>) -> Refused {
    Refused::Document(Findings { source: source.clone(), diagnostics })
}

fn stages(source: &SpecSource, import: Import<'_>) -> Result<Imported, Refused> {
    let document = load(source.clone(), Policy::Repair).map_err(Refused::Document)?;
    let order = order::Order::of(&source.text);
    let mut notes = document.notes;
    let mut lost = document.diagnostics;
    lost.retain(|one| matches!(one.rule, Rule::LossyRepair | Rule::MissingFile));
    let (lost, removed): (Vec<_>, Vec<_>) =
        lost.into_iter().partition(|one| is_kept(pointer_of(one), &document.root));
    let mut root = select::wanted(document.root, import.operations).map_err(Refused::Operation)?;
    select::components(&mut root);
    tidy::run(&mut root, &mut notes);
    // Removed objects may have been referred to, so there may be something to repair, and more that
    // is unused.
    let repaired = repair::run(&mut root, &mut notes).map_err(|found| refused(source, found))?.lost;
    select::components(&mut root);
    let secrets = secrets::mark(&mut root);
    state_source(&mut root);
    let text = print::print(&arrange::arrange(&root, &order));
    check_printed(&text, &root).map_err(|found| refused(source, found))?;
    let spec = SpecSource::new(import.path, text);
    let operations = select::ids(&root).len();
    let mut lost: Vec<Diagnostic> = lost.into_iter().chain(repaired).collect();
    lost.retain(|one| is_kept(pointer_of(one), &root));
    if import.operations.is_empty() {
        lost.extend(removed);
    }
    let mut notes = notes.sorted();
    notes.retain(|note| is_kept(&note.pointer, &root));
    Ok(Imported { operations, secrets, notes, lost, spec })
}

/// Writes `x-source`, as far as the document states the source.
fn state_source(root: &mut Value) {
    let Some(info) = root.object_mut("info") else { return };
    let known = info.remove(SOURCE);
    let source = SOURCE_PROPERTIES.map(|member| {
        let stated =
            known.as_ref().and_then(|known| known.get(member)).or_else(|| info.get(member));
        let stated = stated.and_then(Value::as_str).filter(|text| !text.trim().is_empty());
        (member.to_owned(), json!(stated.map_or_else(|| placeholder(member), str::to_owned)))
    });
    info.insert(SOURCE.to_owned(), source.into_iter().collect());
}

/// Returns the placeholder of a property of `x-source`.
fn placeholder(member: &str) -> String {
    let what = match member {
        "title" => "title of the document",
        "vendor" => "publisher of the document",
        "version" => "version that the document states",
        _ => "file name or URL of the document",
    };
    format!("{PLACEHOLDER} {what}")
}

/// Parses the printed spec again. A different value, or a finding, is a bug of the generator,
/// except for a document that is nested too deeply for a spec.
fn check_printed(text: &str, root: &Value) -> Result<(), Vec<Diagnostic>> {
    let problem = match yaml::read_strictly(text) {
        Ok(read) if read == *root => return Ok(()),
        Ok(_) => "the printed spec differs from what was imported".to_owned(),
        Err(found) => match found.into_iter().next() {
            Some(deep) if deep.rule == Rule::TooDeep => {
                return Err(vec![Diagnostic {
                    location: Location::Pointer(String::new()),
                    ..deep
                }]);
            }
            found => format!(
                "the printed spec is refused: {}",
                found.map_or_else(String::new, |found| found.what)
            ),
        },
    };
    Err(vec![Diagnostic::stopped(&problem)])
}

fn pointer_of(finding: &Diagnostic) -> &str {
    finding.location.pointer().unwrap_or_default()
}

/// Returns true if a pointer is about an operation or a component that is in a document.
fn is_kept(pointer: &str, root: &Value) -> bool {
    let steps: Vec<&str> = pointer.split('/').collect();
    let object = |length: usize| steps[..steps.len().min(length)].join("/");
    match steps.get(1).copied() {
        Some("paths") if steps.get(3).is_some_and(|member| METHODS.contains(member)) => {
            root.pointer(&object(4)).is_some()
        }
        // A slash may have been prepended to the path.
        Some("paths") => steps.get(2).is_none_or(|path| {
            let path = pointer::unescape(path);
            let paths =
                [pointer::child("/paths", &path), pointer::child("/paths", &format!("/{path}"))];
            paths.iter().any(|path| root.pointer(path).is_some())
        }),
        Some("components") => root.pointer(&object(4)).is_some(),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::check_printed;
    use crate::rule::Rule;

    #[track_caller]
    fn check(text: &str, expected: &[Rule]) {
        let found = check_printed(text, &json!({"openapi": "no"})).err().unwrap_or_default();
        let rules: Vec<Rule> = found.iter().map(|found| found.rule).collect();
        assert_eq!(rules, expected, "{found:?}");
    }

    #[test]
    fn output_with_another_meaning_is_a_bug_of_the_generator() {
        check("openapi: \"no\"\n", &[]);
        check("openapi: \"yes\"\n", &[Rule::GeneratorStopped]);
        check("openapi: no\n", &[Rule::GeneratorStopped]);
        check(&format!("openapi: {}\n", "[".repeat(110)), &[Rule::TooDeep]);
    }
}
