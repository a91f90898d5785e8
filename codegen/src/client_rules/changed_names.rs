//! Public names of the generated code that a regeneration would remove, or give other arguments.

use openapi::diagnostic::{Diagnostic, Location, Subject};
use openapi::rule::Rule;
use openapi::words::quote;

use crate::file_tree::FileTree;
use crate::lower::Lowered;
use crate::surface::{self, ChangeKind, ChangedName};

/// Returns the names of one API that `before` has and `after` has not, or has with other arguments,
/// each at what it came from, or else at the nearest node around that.
pub(crate) fn check(lowered: &Lowered, before: &FileTree, after: &FileTree) -> Vec<Diagnostic> {
    let mut names = surface::changed_names(before, after);
    names.retain(|name| name.api == lowered.api.name);
    names.iter().map(|name| diagnostic(name, &names)).collect()
}

fn diagnostic(gone: &ChangedName, all: &[ChangedName]) -> Diagnostic {
    let path = gone.path();
    let (what, why, way_back) = match &gone.kind {
        ChangeKind::Gone => (
            format!("The public name {} is removed.", quote(&path)),
            "Code that uses it no longer compiles.",
            way_back(gone, all),
        ),
        ChangeKind::Arguments { before, now } => (
            format!("The arguments of {} change: {before} -> {now}.", quote(&path)),
            "Code that calls it may still compile, and pass one value for another.",
            "Restore the order in the document, or the names with `x-rust-name`",
        ),
    };
    Diagnostic {
        rule: Rule::ChangedName,
        subject: Subject::Name(path),
        location: Location::Pointer(gone.pointer.clone()),
        what,
        why: why.into(),
        help: format!(
            "{way_back}, or note the change in the changelog and run `cargo xtask regen`."
        ),
    }
}

/// Returns the remedy that restores a name. The names of status codes, values and schemas cannot be
/// set by `x-rust-name`.
fn way_back(gone: &ChangedName, all: &[ChangedName]) -> &'static str {
    let steps: Vec<&str> = gone.pointer.split('/').skip(1).collect();
    match steps.as_slice() {
        [.., "headers", _] => "Restore the header that it stands for",
        ["components", "securitySchemes", _] => "Restore the old name of the security scheme",
        [.., "enum", _] => "Restore the value that it stands for",
        ["components", "schemas", _] => "Restore the old name of the schema",
        ["paths", .., "responses"] if !has_lost_method(gone, all) => {
            "Document the status codes again that it stands for"
        }
        ["paths", .., "responses", _] => "Document the status code again that it stands for",
        [] if gone.name == "outcomes" => "Document the status codes again that its types stand for",
        _ => "Restore the old name with `x-rust-name`",
    }
}

/// Returns true if the operation around what a name came from has lost the name of its method, too.
fn has_lost_method(gone: &ChangedName, all: &[ChangedName]) -> bool {
    let operation = gone.pointer.strip_suffix("/responses");
    all.iter().any(|other| Some(other.pointer.as_str()) == operation)
}

#[cfg(test)]
mod tests {
    use super::way_back;
    use crate::surface::{ChangeKind, ChangedName};

    fn gone(name: &str, pointer: &str) -> ChangedName {
        ChangedName {
            api: "widgets".to_owned(),
            name: name.to_owned(),
            pointer: pointer.to_owned(),
            kind: ChangeKind::Gone,
        }
    }

    #[test]
    fn only_names_that_can_be_asked_for_are_given_back_by_name() {
        let operation = "/paths/~1w/get";
        let method = gone("Client::get_widget", operation);
        for (name, pointer, expected) in [
            ("Client::get_widget", operation, "x-rust-name"),
            ("operations::GetWidget::limit", "/paths/~1w/get/parameters/0", "x-rust-name"),
            ("types::Widget.name", "/components/schemas/Widget/properties/name", "x-rust-name"),
            ("outcomes", "", "status codes"),
            ("outcomes::GetWidgetError", "/paths/~1w/get/responses", "status codes"),
            (
                "outcomes::GetWidgetError::NotFound",
                "/paths/~1w/get/responses/404",
                "the status code ",
            ),
            ("types::Color::Blue", "/components/schemas/Color/enum/1", "value"),
            ("types::Widget", "/components/schemas/Widget", "schema"),
            ("headers::LINK", "/paths/~1w/get/responses/200/headers/Link", "header"),
            ("credentials::App", "/components/securitySchemes/App", "scheme"),
        ] {
            assert!(way_back(&gone(name, pointer), &[]).contains(expected), "{name}");
        }
        let error = gone("outcomes::GetWidgetError", "/paths/~1w/get/responses");
        assert!(
            way_back(&error, &[method]).contains("x-rust-name"),
            "the operation has another name"
        );
    }
}
