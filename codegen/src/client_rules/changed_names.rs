//! Public names of the generated code that a regeneration would remove.

use openapi::diagnostic::{Diagnostic, Location, Subject};
use openapi::rule::Rule;
use openapi::words::quote;

use crate::file_tree::FileTree;
use crate::lower::Lowered;
use crate::surface::{self, GoneName};

/// Returns the names of one API that `before` has and `after` has not, each at what it came from,
/// or else at the nearest node around that.
pub(crate) fn check(lowered: &Lowered, before: &FileTree, after: &FileTree) -> Vec<Diagnostic> {
    let mut names = surface::changed_names(before, after);
    names.retain(|name| name.api == lowered.api.name);
    names.iter().map(|name| diagnostic(name, &names)).collect()
}

fn diagnostic(gone: &GoneName, all: &[GoneName]) -> Diagnostic {
    let path = gone.path();
    Diagnostic {
        rule: Rule::ChangedName,
        subject: Subject::Name(path.clone()),
        location: Location::Pointer(gone.pointer.clone()),
        what: format!("The public name {} is removed.", quote(&path)),
        why: "Code that uses it no longer compiles.".into(),
        help: format!(
            "{}, or note the change in the changelog and run `cargo xtask regen`.",
            way_back(gone, all)
        ),
    }
}

/// Returns the remedy that restores a name. The names of status codes, values and schemas cannot be
/// set by `x-rust-name`.
fn way_back(gone: &GoneName, all: &[GoneName]) -> &'static str {
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
fn has_lost_method(gone: &GoneName, all: &[GoneName]) -> bool {
    let operation = gone.pointer.strip_suffix("/responses");
    all.iter().any(|other| Some(other.pointer.as_str()) == operation)
}

#[cfg(test)]
mod tests {
    use super::way_back;
    use crate::surface::GoneName;

    fn gone(name: &str, pointer: &str) -> GoneName {
        GoneName { api: "widgets".to_owned(), name: name.to_owned(), pointer: pointer.to_owned() }
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
