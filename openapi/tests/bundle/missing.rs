//! Tests missing and unread files of a document in several files, and the locations of findings in
//! files.

use std::collections::BTreeMap;

use openapi::diagnostic::Subject;
use openapi::load;
use openapi::policy::Policy;
use openapi::report::{Coloring, render, render_json};
use openapi::rule::Rule;
use serde_json::{Value, json};

use super::{document, get, has_note, list_of, source};

/// Returns the warning about a reference that `items` of the schema `A` has, with the resulting
/// schema.
#[track_caller]
fn check_missing(reference: &str, files: &[(&str, &str)], help: &str) {
    let source = source(&json!({}), &list_of(reference), files);
    let document = document(source.clone());
    let found: Vec<_> =
        document.diagnostics.iter().filter(|one| one.rule == Rule::MissingFile).collect();
    assert!(found.len() == 1 && found[0].help.contains(help), "{found:?}");
    assert!(has_note(&document, "external_references", " is not included: "));
    // It is cut like any other reference that leads nowhere, and told once.
    assert_eq!(document.diagnostics.len(), 1, "{:?}", document.diagnostics);
    // The place is in the document, or the nearest one around it.
    assert!(
        render(&source, &document.diagnostics, Coloring::Plain).contains("warning[missing-file]")
    );
    assert!(render_json(&source, &document.diagnostics)[0]["line"].is_u64());
}

#[test]
fn what_is_missing_is_found_and_cut() {
    check_missing("s/Pet.yaml#/a", &[], "There is no file `s/Pet.yaml`.");
    check_missing("Pet.yaml#/a", &[("Pet.yaml", "b: {}\n")], "There is nothing at `Pet.yaml#/a`.");
    check_missing(
        "Pet.yaml",
        &[("Pet.yaml", "$ref: Pet.yaml\n")],
        "`Pet.yaml` refers back to itself.",
    );
    check_missing("Pet.yaml", &[("Pet.yaml", "a: [\n")], "`Pet.yaml`: The YAML cannot be read");
    check_missing(
        "../Pet.yaml",
        &[("Pet.yaml", "{}"), ("../Pet.yaml", "{}")],
        "It points outside the folder",
    );
    check_missing(
        "Pet.yaml",
        &[("Pet.yaml", "items: {$ref: '#/b'}\ntype: array\n")],
        "There is nothing at `Pet.yaml#/b`.",
    );
    let mut unread = source(&json!({}), &list_of("Pet.yaml"), &[]);
    unread.referenced.texts =
        BTreeMap::from([("Pet.yaml".to_owned(), Err("it is too large".to_owned()))]);
    assert!(
        document(unread).diagnostics[0]
            .help
            .contains("`Pet.yaml` cannot be read: it is too large.")
    );
}

#[test]
fn missing_files_are_named_by_their_paths_below_the_folder() {
    let files = [("s/Pet.yaml", "type: object\nproperties: {a: {$ref: ./Tag.yaml}}\n")];
    let document = document(source(&json!({}), &list_of("s/Pet.yaml"), &files));
    assert!(
        document.diagnostics[0]
            .what
            .starts_with("The reference `./Tag.yaml` in `s/Pet.yaml` cannot be resolved")
    );
}

/// A reference into another file must not be taken for one within the document.
#[test]
fn a_reference_that_leads_nowhere_in_its_file_is_not_looked_for_in_the_document() {
    let files = [("Pet.yaml", "type: object\nproperties: {a: {$ref: '#/components/schemas/A'}}\n")];
    let document = document(source(&json!({}), &list_of("Pet.yaml"), &files));
    assert_eq!(document.root["components"]["schemas"]["Pet"]["properties"]["a"], json!({}));
}

#[test]
fn urls_and_absolute_paths_are_cut_as_ever() {
    for reference in ["https://vendor.example/a.yaml#/A", "file:///etc/passwd", "/etc/passwd"] {
        let document =
            document(source(&json!({}), &list_of(reference), &[("etc/passwd", "type: string\n")]));
        assert_eq!(
            document.root["components"]["schemas"],
            json!({"A": {"type": "array", "items": {}}})
        );
        let lost: Vec<(Rule, &Subject)> =
            document.diagnostics.iter().map(|one| (one.rule, &one.subject)).collect();
        assert_eq!(lost, [(Rule::LossyRepair, &Subject::Name(reference.to_owned()))]);
    }
}

#[test]
fn what_holds_itself_ends() {
    let hook = "post: {operationId: hook, responses: {}, callbacks: {on: {'{$url}': {$ref: hook.yaml}}}}\n";
    let files = [
        ("hook.yaml", hook),
        ("Pet.yaml", "{$ref: Pet.yaml, title: Pet}"),
        ("x.yaml", "{$ref: 'y.yaml', a: 1}"),
        ("y.yaml", "{$ref: 'x.yaml', b: 1}"),
    ];
    let paths = json!({"/hook": {"$ref": "hook.yaml"}, "/x": {"$ref": "x.yaml"}});
    let found = document(source(&paths, &json!({}), &files));
    let missing = found.diagnostics.iter().filter(|one| one.rule == Rule::MissingFile);
    let helps: Vec<&str> = missing.map(|one| one.help.as_str()).collect();
    assert!(
        !helps.is_empty() && helps.iter().all(|help| help.contains("contains itself")),
        "{helps:?}"
    );
    for components in
        [list_of("Pet.yaml"), list_of("x.yaml"), json!({"schemas": {"Pet": {"$ref": "Pet.yaml"}}})]
    {
        let found = document(source(&json!({}), &components, &files));
        assert!(
            found.diagnostics.iter().all(|one| one.rule == Rule::LossyRepair
                && one.what.starts_with("This reference refers back to itself")),
            "{:?}",
            found.diagnostics
        );
        assert!(!found.diagnostics.is_empty());
    }
}

#[test]
fn a_document_without_files_stays_as_it_is() {
    let mut components = list_of("#/components/schemas/B");
    components["schemas"]["B"] = json!({"type": "string"});
    let mut other = components.clone();
    other["schemas"]["B"] = json!({"$ref": "https://vendor.example/b.yaml"});
    for (components, files) in
        [(&components, &[][..]), (&components, &[("B.yaml", "type: string")][..]), (&other, &[])]
    {
        let with = document(source(&get(&json!({})), components, files));
        assert!(!has_note(&with, "external_references", ""));
        assert_eq!(with.diagnostics.len(), usize::from(*components == other));
        // One reference to the web is cut, as ever.
        let text = with.source.text.replace(r#""$ref":"https://vendor.example/b.yaml""#, "");
        let value: Value = serde_json::from_str(&text).expect("the document is JSON");
        assert_eq!(with.root, value);
    }
}

#[test]
fn specs_remain_one_file() {
    let source = source(&get(&json!({})), &list_of("Pet.yaml"), &[("Pet.yaml", "type: string\n")]);
    let Err(found) = load(source, Policy::Refuse) else { panic!("a file is included") };
    assert_eq!(found.diagnostics[0].rule, Rule::ReferenceNotLocal);
}
