//! What becomes of a document that is imported, and that whatever can be imported is OpenAPI again.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use openapi::Findings;
use openapi::import::{Import, Imported, Refused, import};
use openapi::policy::Policy;
use openapi::report::{Style, render};
use openapi::rule::{Group, Rule, Severity};
use openapi::source::SpecSource;

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn source(path: &Path) -> SpecSource {
    SpecSource::from_bytes(path.display().to_string(), fs::read(path).expect("the document can be read"))
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("the folder can be read");
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("the folder can be read").path()).collect();
    files.sort();
    files
}

/// Imports some operations of a document; all of them if none is named.
fn import_from(source: &SpecSource, operations: &[&str]) -> Result<Imported, Refused> {
    let operations: Vec<String> = operations.iter().map(|id| (*id).to_owned()).collect();
    import(source, Import { operations: &operations, path: "specs/imported.yaml" })
}

#[track_caller]
fn imported(source: &SpecSource, operations: &[&str]) -> Imported {
    import_from(source, operations).unwrap_or_else(|refused| match refused {
        Refused::Document(found) => panic!("{}", render(&found.source, &found.diagnostics, Style::Plain)),
        Refused::Operation(unknown) => panic!("{unknown:?}"),
    })
}

/// Snapshots the spec that some operations of `fixtures/import/<file>` become, with what there is to say about it.
#[track_caller]
fn check(file: &str, operations: &[&str]) {
    let imported = imported(&source(&folder("tests/fixtures/import").join(file)), operations);
    let mut shown = imported.spec.text;
    for note in imported.notes {
        write!(shown, "\nnote: {note}").expect("a String can be written to");
    }
    for secret in imported.secrets {
        write!(shown, "\nsecret: {} at {}, {:?}", secret.name, secret.pointer, secret.format)
            .expect("a String can be written to");
    }
    let name = file.split_once('.').map_or(file, |(stem, _)| stem);
    insta::with_settings!({ omit_expression => true }, { insta::assert_snapshot!(name, shown) });
}

#[test]
fn only_what_an_operation_leads_to_is_kept() {
    check("selection.yaml", &["putWidget"]);
}

#[test]
fn openapi_3_1_becomes_3_0() {
    check("published_as_3_1.yaml", &["makeWidget"]);
}

#[test]
fn texts_that_are_named_like_secrets_are_marked() {
    check("secrets.yaml", &[]);
}

#[test]
fn keywords_have_an_order_and_names_keep_theirs() {
    check("order.json", &[]);
}

#[test]
fn what_readers_could_take_for_something_else_is_in_quotes() {
    check("quoting.json", &[]);
}

#[test]
fn references_into_paths_that_are_left_out_are_written_out() {
    check("references_into_paths.yaml", &["b", "c"]);
}

#[test]
fn what_leads_into_something_that_is_left_out_is_repaired() {
    check("references_into_callbacks.yaml", &[]);
}

#[test]
fn keys_may_have_any_length() {
    for length in [499, 510, 1030] {
        let name = "é".repeat(length);
        let text = r#"{"openapi": "3.0.3", "info": {"title": "A", "version": "1"}, "paths": {"/a": {"get": {"operationId": "a",
            "parameters": [{"name": "b", "in": "query", "schema": {"type": "string"}, "example": [{"NAME": {"NAME": []}}]}],
            "responses": {"204": {"description": "None"}}}}}}"#;
        let text = imported(&SpecSource::new("vendor.json", text.replace("NAME", &name)), &[]).spec.text;
        let is_explicit = text.contains(&format!("- ? {name}\n"));
        assert_eq!(is_explicit, length > 500, "{text}");
    }
}

#[test]
fn security_is_that_of_the_operations_that_are_kept() {
    let source = source(&folder("tests/fixtures/import/selection.yaml"));
    for (operations, is_for_all, schemes) in [
        (vec!["getUser"], false, vec!["basic"]),
        (vec!["getWidget"], true, vec!["key"]),
        (vec!["getUser", "getWidget"], true, vec!["basic", "key"]),
    ] {
        let text = imported(&source, &operations).spec.text;
        assert_eq!(text.contains("\nsecurity:\n  - key: []\n"), is_for_all, "{text}");
        for scheme in ["basic", "key", "idle"] {
            assert_eq!(text.contains(&format!("\n    {scheme}:\n      type: ")), schemes.contains(&scheme), "{text}");
        }
    }
}

/// The rules of these groups that find something in a spec, errors alone.
fn errors(spec: &SpecSource, groups: &[Group]) -> Vec<Rule> {
    let found = codegen::lint(vec![spec.clone()], Policy::Refuse).into_iter().flat_map(|found| found.diagnostics);
    let rules = found.map(|diagnostic| diagnostic.rule);
    rules.filter(|rule| groups.contains(&rule.group()) && rule.severity() == Severity::Error).collect()
}

#[test]
fn what_is_imported_is_openapi_and_marks_its_secrets() {
    for file in files(&folder("tests/fixtures/shapes")).into_iter().chain(files(&folder("tests/fixtures/import"))) {
        let imported = imported(&source(&file), &[]);
        let found = errors(&imported.spec, &[Group::Yaml, Group::OpenApi, Group::Safety]);
        // Nobody but a person can tell which path of two is meant, or what type a secret was to have.
        let is_for_a_person = |rule: &Rule| matches!(rule, Rule::PathClash | Rule::RedactionDefeated);
        let found: Vec<Rule> = found.into_iter().filter(|rule| !is_for_a_person(rule)).collect();
        assert_eq!(found, [], "{}:\n{}", file.display(), imported.spec.text);
        let again = self::imported(&imported.spec, &[]);
        assert_eq!(again.spec.text, imported.spec.text, "{}", file.display());
    }
}

/// The keys in the order of the text, with their indentation. No word of a folded text is taken for one.
fn keys(text: &str) -> Vec<&str> {
    let keys = text.lines().filter_map(|line| line.split_once(':').map(|(key, _)| key));
    keys.filter(|key| !key.trim_start_matches([' ', '-']).contains([' ', '('])).collect()
}

#[test]
fn the_layout_is_that_of_the_specs_that_are_written_by_hand() {
    for file in files(&folder("../specs")) {
        let spec = source(&file);
        let text = imported(&spec, &[]).spec.text;
        let (ours, theirs) = (keys(&text), keys(&spec.text));
        let first = ours.iter().zip(&theirs).position(|(one, other)| one != other);
        let around = first.map(|at| (&ours[at.saturating_sub(9)..=at], &theirs[at.saturating_sub(9)..=at]));
        assert_eq!((around, ours.len()), (None, theirs.len()), "{}", file.display());
    }
}

#[test]
fn a_document_that_has_no_sensible_repair_is_refused() {
    let refused = |text: &str| match import_from(&SpecSource::new("vendor.yaml", text), &[]) {
        Err(Refused::Document(Findings { diagnostics, .. })) => diagnostics.into_iter().map(|one| one.rule).collect(),
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
    let source = source(&folder("tests/fixtures/import/selection.yaml"));
    for (id, nearest) in
        [("getWidgets", Some("getWidget")), ("put-the-widget", None), ("-put--widget-", Some("putWidget"))]
    {
        let Err(Refused::Operation(unknown)) = import_from(&source, &["getUser", id]) else { panic!("{id} is found") };
        assert_eq!((unknown.id.as_str(), unknown.nearest.as_deref()), (id, nearest));
        assert_eq!(unknown.known, ["getUser", "getWidget", "putWidget"]);
    }
}
