//! Repairs a vendor's document where there is one sensible way to do so. A repair that loses or
//! invents something is reported, and the others are noted.
//!
//! Vendors' documents violate OpenAPI in a few ways, over and over. The same checks that refuse a
//! spec find these violations, and for each rule there is the edit that a maintainer would make.
//! The specs of this workspace are never repaired: their maintainers correct them.

mod certificates;
mod edits;
mod log;
mod methods;
mod missing_types;
mod names;
mod nullable_references;
mod openapi_3_1;
mod parameters;
mod path_items;
mod path_parameters;
mod security;
mod unknown;
mod unknown_keywords;
mod versions;

use std::collections::BTreeSet;

use serde_json::Value;

use crate::check::{self, State};
use crate::diagnostic::Diagnostic;
use crate::notes::Notes;
use crate::pointer::last;
use crate::rule::Rule;
use log::{Edit, Log};

/// The largest number of rounds. An edit can reveal what another check had not reached.
const ROUNDS: usize = 12;

/// What a repair has left of a document, beside the document itself.
pub(crate) struct Repaired {
    /// The findings about what was lost or invented.
    pub(crate) lost: Vec<Diagnostic>,
    /// The document before it was converted to 3.0, if it is OpenAPI 3.1.
    pub(crate) as_3_1: Option<Value>,
}

/// Repairs a document. OpenAPI 3.1 is converted to 3.0 first.
///
/// # Errors
/// Returns the findings that have no sensible edit.
pub(crate) fn run(root: &mut Value, notes: &mut Notes) -> Result<Repaired, Vec<Diagnostic>> {
    let mut log = Log::new(notes);
    versions::run(root, &mut log);
    path_items::run(root, &mut log);
    methods::run(root, &mut log);
    parameters::run(root, &mut log);
    path_parameters::run(root, &mut log);
    certificates::run(root, &mut log);
    let as_3_1 = openapi_3_1::is(root).then(|| root.clone());
    if as_3_1.is_some() {
        openapi_3_1::run(root, &mut log);
    } else {
        nullable_references::run(root, &mut log);
    }
    missing_types::run(root, &mut log);
    for _ in 0..ROUNDS {
        let found = findings(root);
        if found.is_empty() {
            return Ok(Repaired { lost: log.into_findings(), as_3_1 });
        }
        round(root, found, &mut log)?;
    }
    Err(findings(root))
}

/// Repairs each finding once.
///
/// # Errors
/// Returns those that have no sensible edit.
fn round(
    root: &mut Value,
    mut found: Vec<Diagnostic>,
    log: &mut Log<'_>,
) -> Result<(), Vec<Diagnostic>> {
    // A value can be reported twice, and is removed once.
    let mut known = BTreeSet::new();
    found.retain(|one| {
        known.insert((
            one.rule.id(),
            one.location.pointer().map(str::to_owned),
            one.subject.clone(),
        ))
    });
    let mut left = Vec::new();
    // Backwards, so that removing an item of an array does not move those still to come.
    for diagnostic in found.into_iter().rev() {
        if diagnostic.location.pointer().is_some_and(|pointer| root.pointer(pointer).is_none()) {
            // An edit of this round has removed it.
            continue;
        }
        match repair(root, &diagnostic) {
            Some(edit) => log.edited(diagnostic, edit),
            None => left.push(diagnostic),
        }
    }
    left.reverse();
    if left.is_empty() { Ok(()) } else { Err(left) }
}

/// Returns the findings of the first check that has any.
fn findings(root: &Value) -> Vec<Diagnostic> {
    let found = check::check(root, State::Repaired);
    if found.is_empty() { check::schemas(root) } else { found }
}

/// Applies the edit for a finding. Returns `None` if there is no sensible edit.
fn repair(root: &mut Value, diagnostic: &Diagnostic) -> Option<Edit> {
    let pointer = diagnostic.location.pointer()?;
    let is_wrong =
        matches!(diagnostic.rule, Rule::WrongType | Rule::BadValue | Rule::UnknownKeyword);
    if is_wrong && security::is_about(pointer) {
        return security::restate(root, pointer);
    }
    let is_unknown_scheme = pointer.starts_with(security::SCHEMES)
        && (diagnostic.rule == Rule::MissingKeyword
            || is_wrong && matches!(last(pointer).as_str(), "in" | "type"));
    if is_unknown_scheme {
        return security::complete(root, pointer);
    }
    match diagnostic.rule {
        Rule::UnknownKeyword if edits::is_secret_format(root, pointer) => {
            edits::restate_format(root, pointer)
        }
        Rule::UnknownKeyword => unknown_keywords::remove(root, pointer),
        Rule::MisspeltExtension | Rule::MisplacedExtension => {
            edits::remove(root, pointer, Edit::Restated("It is ignored."))
        }
        Rule::MisspeltFormat => edits::correct_format(root, pointer),
        Rule::BadPattern => {
            edits::remove(root, pointer, Edit::Lossy("The client does not check it."))
        }
        Rule::Contradiction => edits::remove(root, pointer, Edit::Lossy("The client ignores it.")),
        Rule::WrongType | Rule::BadValue => edits::remove_optional(root, pointer),
        Rule::BadStatus => edits::correct_status(root, pointer),
        Rule::MissingKeyword => edits::add_missing(root, pointer, &diagnostic.subject),
        Rule::MissingOperationId => names::make_up_operation_id(root, pointer),
        Rule::DuplicateOperationId => names::make_operation_id_unique(root, pointer),
        Rule::RequiredWithoutProperty => edits::add_property(root, pointer),
        Rule::CircularReference
        | Rule::DanglingReference
        | Rule::ReferenceNotLocal
        | Rule::ReferenceToWrongKind => unknown::cut_reference(root, pointer),
        Rule::PathWithoutSlash => edits::add_slash(root, pointer),
        Rule::UndeclaredPathParameter => edits::declare(root, pointer, &diagnostic.subject),
        Rule::PathParameterWithoutTemplate | Rule::DuplicateParameter => {
            edits::remove(root, pointer, Edit::Lossy("The client does not send it."))
        }
        Rule::OptionalPathParameter => edits::require(root, pointer),
        Rule::UndefinedSecurityScheme => security::define_scheme(root, pointer),
        _ => None,
    }
}
