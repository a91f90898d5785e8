//! Vendors' documents in several files, with `cargo xtask lint` and `corpus`.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use crate::{write, xtask};

/// Creates a folder with a document, the files that it refers to, and a file outside.
fn split() -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    for inner in ["docs/pets/paths", "docs/pets/schemas"] {
        fs::create_dir_all(folder.path().join(inner)).expect("a folder can be made");
    }
    let files = [
        (
            "docs/pets/openapi.yaml",
            "openapi: 3.0.3\ninfo: {title: Pets, version: '1'}\npaths: {/pets: {$ref: paths/pets.yaml}, /owners: {$ref: '../common.yaml#/owners'}}\n",
        ),
        (
            "docs/pets/paths/pets.yaml",
            "get:
  operationId: list_pets
  parameters: [{$ref: '../parameters.json#/limit'}]
  responses: {'200': {description: Pets, content: {application/json: {schema: {$ref: ../schemas/Pet.yaml}}}}}
",
        ),
        ("docs/pets/parameters.json", r#"{"limit": {"name": "limit", "in": "query", "schema": {"type": "integer"}}}"#),
        (
            "docs/pets/schemas/Pet.yaml",
            "type: object\nproperties: {name: {type: string}, parent: {$ref: Pet.yaml}, owner: {$ref: ../owner.yaml}}\n",
        ),
        ("docs/pets/owner.yaml", "{type: object, properties: {name: {type: string}}}"),
        ("docs/common.yaml", "owners: {get: {operationId: list_owners, responses: {'200': {description: Owners}}}}\n"),
    ];
    for (path, text) in files {
        write(folder.path(), path, text);
    }
    folder
}

/// Lints the document. Returns the exit code and the findings.
fn lint(root: &Path) -> (i32, String) {
    let document = root.join("docs/pets/openapi.yaml").display().to_string();
    let (code, findings, _) = xtask(root, &["lint", &document]);
    (code, findings)
}

#[test]
fn lint_reads_what_a_document_refers_to_below_its_folder() {
    let folder = split();
    let (code, findings) = lint(folder.path());
    assert!(code == 0 && findings.matches("warning[").count() == 1, "{findings}");
    assert!(
        findings.contains("The reference `../common.yaml#/owners` cannot be resolved"),
        "{findings}"
    );
    assert!(
        findings.contains("help: It points outside the folder that files are read from."),
        "{findings}"
    );
    fs::copy(folder.path().join("docs/common.yaml"), folder.path().join("docs/pets/common.yaml"))
        .expect("it is there");
    let text = crate::read(folder.path(), "docs/pets/openapi.yaml").replace("../common", "common");
    write(folder.path(), "docs/pets/openapi.yaml", &text);
    assert_eq!(lint(folder.path()), (0, String::new()));
    fs::remove_file(folder.path().join("docs/pets/schemas/Pet.yaml")).expect("it is there");
    let (code, findings) = lint(folder.path());
    assert!(
        code == 0 && findings.contains("help: `schemas/Pet.yaml` cannot be read: No such file"),
        "{findings}"
    );
}

#[test]
fn corpus_generates_from_documents_and_skips_their_parts() {
    let folder = split();
    let root = folder.path();
    let (report, docs) =
        (root.join("report.md").display().to_string(), root.join("docs").display().to_string());
    let (code, table, messages) = xtask(root, &["corpus", &docs, "--report", &report]);
    assert_eq!(code, 0, "{table}{messages}");
    assert!(
        messages.contains("Skipped 5 files without `openapi` or `swagger` at the top"),
        "{messages}"
    );
    assert!(messages.contains("Finished 1 document: 1 good"), "{messages}");
    let report = crate::read(root, "report.md");
    assert!(report.contains("| pets/openapi.yaml | Pets | 3.0.3 | 2 of 2 | client |"), "{report}");
}
