//! Tests that a document without findings of the rules of `openapi` becomes a client.

use codegen::package::Package;
use std::path::Path;

use fixtures::{Fixture, list};
use openapi::policy::Policy;
use openapi::report::{Coloring, render, render_json};
use openapi::rule::Rule;
use openapi::source::{ReferencedFiles, SpecSource};
use serde_json::json;

use crate::support::{found_by_its_rule, source};

/// The folder of the fixtures of `openapi`.
const FIXTURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../openapi/tests/fixtures");

#[test]
fn what_a_rule_passes_becomes_a_client() {
    let passed: Vec<Fixture> = list(Path::new(FIXTURES), "lint")
        .into_iter()
        .filter(|fixture| fixture.stem().starts_with("passes_"))
        .collect();
    assert!(!passed.is_empty());
    for fixture in passed {
        assert_eq!(found_by_its_rule(&fixture), "");
        assert_becomes_a_client(&fixture, Policy::Repair);
    }
}

#[test]
fn what_is_clean_becomes_a_client_as_a_spec() {
    for fixture in list(Path::new(FIXTURES), "clean") {
        assert_becomes_a_client(&fixture, Policy::Refuse);
    }
}

#[test]
fn what_is_accepted_becomes_a_client() {
    for fixture in list(Path::new(FIXTURES), "load/accepted") {
        assert_becomes_a_client(&fixture, Policy::Repair);
    }
}

/// Compares the number of operations of the client, including those left out with a warning, with
/// that of the document.
#[track_caller]
fn assert_becomes_a_client(fixture: &Fixture, policy: Policy) {
    let generated = codegen::generate(&Package::default(), vec![source(fixture)], policy);
    let generated =
        generated.unwrap_or_else(|found| panic!("{}: {:#?}", fixture.path, found[0].diagnostics));
    let lowered = &generated.apis[0];
    let left_out = lowered.found.iter().filter(|found| found.rule == Rule::OperationLeftOut);
    let operations = lowered.api.operations.len() + left_out.count();
    let stated = fixture.text.matches("operationId").count();
    assert_eq!(operations, stated, "{}: operations are lost", fixture.path);
}

/// No value of these types can be printed.
#[test]
fn what_is_not_defeated_becomes_a_secret_type() {
    let fixture = Fixture::read(
        Path::new(FIXTURES),
        "lint/redaction-defeated/passes_redaction_that_works.yaml",
    );
    let generated =
        codegen::generate(&Package::default(), vec![source(&fixture)], Policy::Repair).ok();
    let files = generated.expect("the fixture is one that a client can be made of").files;
    let types = files.get("src/passes_redaction_that_works/types.rs").expect("there are types");
    let (_, token) =
        types.split_once("pub struct Token {").expect("there is a type for the response");
    let (fields, _) = token.split_once("\n}").expect("the type ends");
    let fields: Vec<&str> =
        fields.lines().filter(|line| line.trim_start().starts_with("pub ")).collect();
    assert!(
        fields.len() == 10 && fields.iter().all(|field| field.contains("SecretString")),
        "{fields:#?}"
    );
    let client = files.get("src/passes_redaction_that_works/client.rs").expect("there is a client");
    assert!(client.contains("token: &runtime::SecretString"));
}

/// A finding in a referenced file has no location in the document, so the nearest enclosing
/// location is reported.
#[test]
fn findings_in_what_was_included_have_a_location() {
    let item = "get: {operationId: a, parameters: [{name: a b, in: header, schema: {type: string}}], responses: {}}\n";
    let text = json!({"openapi": "3.0.3", "info": {"title": "Pets", "version": "1"}, "paths": {"/a": {"$ref": "a.yaml"}}});
    let texts = [("a.yaml".to_owned(), Ok(item.to_owned()))].into();
    let source = SpecSource::new("pets/openapi.yaml", text.to_string());
    let source = source.with_files(ReferencedFiles { document: "openapi.yaml".to_owned(), texts });
    let found = codegen::lint(vec![source.clone()], Policy::Repair);
    let left_out: Vec<_> = found[0]
        .diagnostics
        .iter()
        .filter(|one| one.rule == Rule::OperationLeftOut)
        .cloned()
        .collect();
    assert_eq!(left_out.len(), 1, "{found:?}");
    let locations = render_json(&source, &left_out);
    let column = source.text.find("\"/a\"").expect("the path is there") + 1;
    assert_eq!((&locations[0]["line"], &locations[0]["column"]), (&json!(1), &json!(column)));
    assert!(render(&source, &left_out, Coloring::Plain).contains("at /paths/~1a/get"));
}
