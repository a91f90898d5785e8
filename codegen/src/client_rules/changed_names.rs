//! Public names that generated code on disk has, and that a regeneration would take away.

use crate::file_tree::FileTree;
use crate::lower::Lowered;
use crate::surface;
use openapi::components::schema_pointer;
use openapi::diagnostic::{Diagnostic, Location};
use openapi::naming;
use openapi::rule::Rule;
use openapi::words::quote;

/// The names of one API that `before` has and `after` has not, each at the operation or schema that it belongs to, or else at
/// the top of the spec.
pub(crate) fn check(lowered: &Lowered, before: &FileTree, after: &FileTree) -> Vec<Diagnostic> {
    let module = format!("{}::", lowered.api.name);
    let names = surface::changed_names(before, after);
    let names = names.iter().filter_map(|name| Some((name, name.strip_prefix(&module)?)));
    names.map(|(name, inside)| diagnostic(lowered, name, inside)).collect()
}

fn diagnostic(lowered: &Lowered, name: &str, inside: &str) -> Diagnostic {
    Diagnostic {
        rule: Rule::ChangedName,
        location: Location::Pointer(place(lowered, inside)),
        what: format!("The public name {} goes away.", quote(name)),
        why: "Consumers that use it no longer compile.".into(),
        help: format!(
            "{}, or state the change in the changelog and run `cargo xtask regen`.",
            way_back(inside, has_operation(lowered, inside))
        ),
    }
}

/// What gives a name back: one that follows from a status, a value or a schema is not asked for by `x-rust-name`.
fn way_back(name: &str, has_operation: bool) -> &'static str {
    let steps: Vec<&str> = name.split("::").collect();
    match steps.as_slice() {
        ["outcomes", _, _] => "Document the status again that it stands for",
        ["outcomes"] => "Document the statuses again that its types stand for",
        ["outcomes", _] if has_operation => "Document the statuses again that it stands for",
        ["headers", ..] => "Document the header again that it stands for",
        ["credentials", ..] => "Give the security scheme its old name back",
        ["types", _, variant] if variant.starts_with(char::is_uppercase) => "Add the value again that it stands for",
        ["types", schema] if !schema.contains('.') => "Give the schema its old name back",
        _ => "Give the old name back with `x-rust-name`",
    }
}

/// Whether the operation that outcomes are named after is still there.
fn has_operation(lowered: &Lowered, outcomes: &str) -> bool {
    let last = outcomes.rsplit("::").next().unwrap_or_default();
    let operation = last.strip_suffix("Error").or_else(|| last.strip_suffix("Success"));
    lowered.api.operations.iter().any(|one| Some(naming::pascal(&one.rust_name).as_str()) == operation)
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
    schema.map_or_else(String::new, |schema| schema_pointer(&schema.name))
}

#[cfg(test)]
mod tests {
    use super::way_back;

    #[test]
    fn only_names_that_can_be_asked_for_are_given_back_by_name() {
        for name in ["Client::get_widget", "operations::GetWidget", "types::Widget.name", "types::Widget::token"] {
            assert!(way_back(name, true).contains("x-rust-name"), "{name}");
        }
        assert!(way_back("outcomes::GetWidgetError", false).contains("x-rust-name"), "the operation has another name");
        for (name, thing) in [
            ("outcomes", "statuses"),
            ("outcomes::GetWidgetError", "statuses"),
            ("outcomes::GetWidgetError::NotFound", "the status "),
            ("types::Color::Blue", "value"),
            ("types::Widget", "schema"),
            ("headers::LINK", "header"),
            ("credentials::App", "scheme"),
        ] {
            assert!(way_back(name, true).contains(thing), "{name}");
        }
    }
}
