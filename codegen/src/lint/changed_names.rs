//! Public names that generated code on disk has, and that a regeneration would take away.

use crate::diagnostic::{Diagnostic, Location};
use crate::lower::Lowered;
use crate::naming;
use crate::parse::words::quote;
use crate::rule::Rule;
use crate::surface;
use crate::tree::FileTree;

/// The names of one API that `before` has and `after` has not, each at the operation or schema that it belongs to, or else at
/// the top of the spec.
pub(crate) fn check(lowered: &Lowered, before: &FileTree, after: &FileTree) -> Vec<Diagnostic> {
    let module = format!("{}::", lowered.api.name);
    let names = surface::changed_names(before, after);
    let names = names.iter().filter_map(|name| Some((name, name.strip_prefix(&module)?)));
    names.map(|(name, inside)| diagnostic(name, place(lowered, inside))).collect()
}

fn diagnostic(name: &str, pointer: String) -> Diagnostic {
    Diagnostic {
        rule: Rule::ChangedName,
        location: Location::Pointer(pointer),
        what: format!("The public name {} goes away.", quote(name)),
        why: "Consumers that use it no longer compile.".into(),
        help: "Give the old name back with `x-rust-name`, or state the change in the changelog and run `cargo xtask regen`."
            .into(),
    }
}

/// Pointer of what a name stands for: `types::Widget.name` for a schema, `operations::GetWidget::limit` for an operation.
fn place(lowered: &Lowered, name: &str) -> String {
    let steps: Vec<&str> = name.split([':', '.']).collect();
    let operation = lowered.api.operations.iter().find(|operation| {
        let (method, old_method) = (operation.rust_name.as_str(), naming::method(&operation.id));
        let names = [method, &old_method].map(naming::pascal);
        let is_type = |step: &str| names.iter().any(|name| step == name || step.strip_suffix("Error") == Some(name));
        steps.iter().any(|step| *step == old_method || is_type(step))
    });
    if let Some(operation) = operation {
        return operation.pointer.clone();
    }
    let schema = lowered.api.schemas.iter().find(|schema| steps.contains(&schema.name.as_str()));
    schema.map_or_else(String::new, |schema| format!("/components/schemas/{}", schema.name))
}
