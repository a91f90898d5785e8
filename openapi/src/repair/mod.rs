//! Repairs a vendor's document where there is one sensible way to do so, and notes each repair.
//!
//! Vendors' documents violate OpenAPI in a few ways, over and over. The same checks that refuse a
//! spec find these violations, and for each rule there is the edit that a maintainer would make.
//! The specs of this workspace are never repaired: their maintainers correct them.

mod edits;
mod missing_types;
mod names;
mod openapi_3_1;
mod path_items;
mod security;

use std::collections::BTreeSet;

use serde_json::Value;

use crate::check;
use crate::diagnostic::Diagnostic;
use crate::notes::Notes;
use crate::rule::Rule;

/// The largest number of rounds. An edit can reveal what another check had not reached.
const ROUNDS: usize = 12;

/// Repairs a document. OpenAPI 3.1 is converted to 3.0 first.
///
/// # Errors
/// Returns the findings that have no sensible edit.
pub(crate) fn run(root: &mut Value, notes: &mut Notes) -> Result<(), Vec<Diagnostic>> {
    path_items::run(root, notes);
    if openapi_3_1::is(root) {
        openapi_3_1::run(root, notes);
    }
    missing_types::run(root, notes);
    for _ in 0..ROUNDS {
        let mut found = findings(root);
        if found.is_empty() {
            return Ok(());
        }
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
            if diagnostic.location.pointer().is_some_and(|pointer| root.pointer(pointer).is_none())
            {
                // An edit of this round has removed it.
                continue;
            }
            match repair(root, &diagnostic) {
                Some(text) => {
                    let pointer = diagnostic.location.pointer().unwrap_or_default();
                    notes.add("repair", pointer, format!("{} {text}", diagnostic.what));
                }
                None => left.push(diagnostic),
            }
        }
        if !left.is_empty() {
            left.reverse();
            return Err(left);
        }
    }
    Err(findings(root))
}

/// Returns the findings of the first check that has any.
fn findings(root: &Value) -> Vec<Diagnostic> {
    let found = check::check(root, None);
    if found.is_empty() { check::schemas(root) } else { found }
}

/// Applies the edit for a finding. Returns a description of it, or `None` if there is no sensible
/// edit.
fn repair(root: &mut Value, diagnostic: &Diagnostic) -> Option<&'static str> {
    let pointer = diagnostic.location.pointer()?;
    let is_wrong =
        matches!(diagnostic.rule, Rule::WrongType | Rule::BadValue | Rule::UnknownKeyword);
    if is_wrong && security::is_about(pointer) {
        return security::restate(root, pointer);
    }
    match diagnostic.rule {
        Rule::MissingKeyword if pointer.starts_with(security::SCHEMES) => {
            security::complete(root, pointer)
        }
        Rule::UnknownKeyword if edits::is_secret_format(root, pointer) => {
            edits::restate_format(root, pointer)
        }
        Rule::UnknownKeyword | Rule::MisspeltExtension | Rule::MisplacedExtension => {
            edits::remove(root, pointer, "It is ignored.")
        }
        Rule::MisspeltFormat => edits::correct_format(root, pointer),
        Rule::BadPattern | Rule::Contradiction => edits::remove(root, pointer, "It is ignored."),
        Rule::WrongType | Rule::BadValue => edits::remove_optional(root, pointer),
        Rule::BadStatus => edits::correct_status(root, pointer),
        Rule::MissingKeyword => edits::add_missing(root, pointer, &diagnostic.subject),
        Rule::MissingOperationId => names::make_up_operation_id(root, pointer),
        Rule::DuplicateOperationId => names::make_operation_id_unique(root, pointer),
        Rule::RequiredWithoutProperty => edits::add_property(root, pointer),
        Rule::DanglingReference | Rule::ReferenceNotLocal | Rule::ReferenceToWrongKind => {
            edits::cut_reference(root, pointer)
        }
        Rule::PathWithoutSlash => edits::add_slash(root, pointer),
        Rule::UndeclaredPathParameter => edits::declare(root, pointer, &diagnostic.subject),
        Rule::PathParameterWithoutTemplate | Rule::DuplicateParameter => {
            edits::remove(root, pointer, "It is ignored.")
        }
        Rule::OptionalPathParameter => edits::require(root, pointer),
        Rule::UndefinedSecurityScheme => security::define_scheme(root, pointer),
        _ => None,
    }
}
