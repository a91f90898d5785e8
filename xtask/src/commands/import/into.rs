//! Adds imported operations to an existing spec.

use codegen::lint;
use codegen::progress::observed;
use openapi::import::Secret;
use openapi::policy::Policy;
use openapi::source::SpecSource;
use serde_json::json;

use super::error::ImportError;
use super::options::Options;
use super::outcome::Spec;
use super::tell;
use crate::child;
use crate::commands::steps::{Started, steps};
use crate::edit::{self, Addition, EditError, Layout};
use crate::exit::Exit;
use crate::findings::{self, Extent, LINT_ALL, count};
use crate::io::files::replace_text;
use crate::io::messages;
use crate::io::workspace::Workspace;

/// Adds the operations of `new` to a spec, with the components that it lacks for them, and prints
/// the next steps.
///
/// # Errors
/// If the two contradict each other, or the spec leaves no place for more.
pub(super) fn add(
    workspace: &Workspace,
    options: &Options,
    existing: &SpecSource,
    new: Spec,
) -> Result<Exit, ImportError> {
    let root = edit::read(existing).inspect_err(print_found)?;
    let imported = edit::read(&SpecSource::new("specs/imported.yaml", new.text.as_str()))
        .inspect_err(print_found)?;
    let addition = edit::merge(&root, imported).map_err(EditError::Clashes)?;
    let told = |addition: &Addition| {
        for note in &addition.notes {
            messages::attention("Note", &messages::printable(note));
        }
    };
    if addition.operations == 0 {
        told(&addition);
        messages::status("Fresh", &existing.path);
        return Ok(Exit::Success);
    }
    let edited =
        edit::append(existing, &addition, &Layout { like: &new.text, ..Layout::default() })?;
    let found = child::watched(options.limits, |observer| {
        observed(observer, &edited.path, || lint(vec![edited.clone()], Policy::Refuse))
    });
    replace_text(&workspace.root().join(&edited.path), &edited.text)?;
    let components: usize =
        addition.components.values().filter_map(|all| all.as_object()).map(|all| all.len()).sum();
    let what = format!(
        "{} and {}",
        count(addition.operations, "operation"),
        count(components, "component")
    );
    messages::status("Added", &format!("{what} to {}", edited.path));
    told(&addition);
    tell::notes(&new.notes);
    tell::secrets(&added(new.secrets, &addition));
    tell::lost(options, new.lost)?;
    let first =
        format!("Hold what is new in {} against the vendor's page: {}", edited.path, tell::REVIEW);
    let steps = steps(&first, &options.stem(), Started::Operations);
    Ok(tell::findings(options, &found, &steps))
}

/// Returns the secrets in the addition.
fn added(mut secrets: Vec<Secret>, addition: &Addition) -> Vec<Secret> {
    let all = json!({"paths": addition.paths, "components": addition.components});
    secrets.retain(|secret| all.pointer(&secret.pointer).is_some());
    secrets
}

/// Prints the findings in a spec that cannot be extended.
fn print_found(error: &EditError) {
    if let EditError::Refused { found, .. } = error {
        findings::print(&[(**found).clone()], Extent::Few { more: LINT_ALL });
    }
}
