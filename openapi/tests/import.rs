//! Tests the promises of importing, with any document.

use std::path::Path;

use openapi::Findings;
use openapi::import::{Import, Imported, Refused, import};
use openapi::rule::Rule;
use openapi::source::SpecSource;

use crate::document;
use crate::support::{check_import, imported, source};

/// Imports the named operations of a document, or all of them.
fn import_some(source: &SpecSource, operations: &[&str]) -> Result<Imported, Refused> {
    let operations: Vec<String> = operations.iter().map(|id| (*id).to_owned()).collect();
    import(source, Import { operations: &operations, path: "specs/imported.yaml" })
}

#[test]
fn keys_may_have_any_length() {
    for length in [499, 510, 1030] {
        let name = "é".repeat(length);
        let text = r#"{"openapi": "3.0.3", "info": {"title": "A", "version": "1"}, "paths": {"/a": {"get": {"operationId": "a",
            "parameters": [{"name": "b", "in": "query", "schema": {"type": "string"}, "example": [{"NAME": {"NAME": []}}]}],
            "responses": {"204": {"description": "None"}}}}}}"#;
        let text =
            imported(&SpecSource::new("vendor.json", text.replace("NAME", &name)), &[]).spec.text;
        let is_explicit = text.contains(&format!("- ? {name}\n"));
        assert_eq!(is_explicit, length > 500, "{text}");
    }
}

#[test]
fn security_is_that_of_the_operations_that_are_kept() {
    let source = document("import/selection.yaml");
    for (operations, is_for_all, schemes) in [
        (&["getUser"][..], false, vec!["basic"]),
        (&["getWidget"], true, vec!["key"]),
        (&["getUser", "getWidget"], true, vec!["basic", "key"]),
    ] {
        let operations: Vec<String> = operations.iter().map(|id| (*id).to_owned()).collect();
        let text = imported(&source, &operations).spec.text;
        assert_eq!(text.contains("\nsecurity:\n  - key: []\n"), is_for_all, "{text}");
        for scheme in ["basic", "key", "idle"] {
            assert_eq!(
                text.contains(&format!("\n    {scheme}:\n      type: ")),
                schemes.contains(&scheme),
                "{text}"
            );
        }
    }
}

/// Imports the documents that the generator is tested with.
#[test]
fn what_is_imported_of_any_shape_is_openapi_and_marks_its_secrets() {
    let shapes =
        fixtures::list(Path::new(env!("CARGO_MANIFEST_DIR")), "../codegen/tests/fixtures/shapes");
    shapes.iter().for_each(|shape| drop(check_import(&source(shape), &[])));
}

/// Returns the keys in the order of the source text, with their indentation. Words of folded
/// strings are not keys.
fn keys(text: &str) -> Vec<&str> {
    let keys = text.lines().filter_map(|line| line.split_once(':').map(|(key, _)| key));
    keys.filter(|key| !key.trim_start_matches([' ', '-']).contains([' ', '('])).collect()
}

#[test]
fn the_layout_is_that_of_the_specs_that_are_written_by_hand() {
    for spec in fixtures::list(Path::new(env!("CARGO_MANIFEST_DIR")), "../specs").iter().map(source)
    {
        let text = imported(&spec, &[]).spec.text;
        let (ours, theirs) = (keys(&text), keys(&spec.text));
        let first = ours.iter().zip(&theirs).position(|(one, other)| one != other);
        let around =
            first.map(|at| (&ours[at.saturating_sub(9)..=at], &theirs[at.saturating_sub(9)..=at]));
        assert_eq!((around, ours.len()), (None, theirs.len()), "{}", spec.path);
    }
}

#[test]
fn a_document_that_has_no_sensible_repair_is_refused() {
    let refused = |text: &str| match import_some(&SpecSource::new("vendor.yaml", text), &[]) {
        Err(Refused::Document(Findings { diagnostics, .. })) => {
            diagnostics.into_iter().map(|one| one.rule).collect()
        }
        _ => Vec::new(),
    };
    assert_eq!(refused("swagger: '2.0'\n"), [Rule::Swagger2]);
    assert_eq!(refused("a: [\n"), [Rule::Syntax]);
    assert_eq!(refused(&format!("{{\"openapi\": {}}}", "[".repeat(200))), [Rule::TooDeep]);
    let deep = "[".repeat(105) + &"]".repeat(105);
    let deep = format!(
        "{{\"openapi\": \"3.0.3\", \"info\": {{\"title\": \"A\", \"version\": \"1\", \"x-paging\": {deep}}}, \"paths\": {{}}}}"
    );
    assert_eq!(refused(&deep.replace("x-paging", "x-lint-ignore")), [Rule::TooDeep]);
    assert_eq!(refused(&deep), []);
}

#[test]
fn an_operation_that_there_is_not_is_told_with_the_nearest() {
    let source = document("import/selection.yaml");
    for (id, nearest) in [
        ("getWidgets", Some("getWidget")),
        ("put-the-widget", None),
        ("-put--widget-", Some("putWidget")),
    ] {
        let Err(Refused::Operation(unknown)) = import_some(&source, &["getUser", id]) else {
            panic!("{id} is found")
        };
        assert_eq!((unknown.id.as_str(), unknown.nearest.as_deref()), (id, nearest));
        assert_eq!(unknown.known, ["getUser", "getWidget", "putWidget"]);
    }
}
