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
        findings.contains(
            "help: It points outside the folder that files are read from; `--within DIR` names another one."
        ),
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
fn a_folder_that_is_named_holds_what_documents_refer_to() {
    let folder = split();
    let root = folder.path();
    let path = |below: &str| root.join(below).display().to_string();
    let (document, docs) = (path("docs/pets/openapi.yaml"), path("docs"));
    let (code, findings, _) = xtask(root, &["lint", &document, "--within", &docs]);
    assert_eq!((code, findings.as_str()), (0, ""));
    fs::create_dir(root.join("specs")).expect("a folder can be made");
    let import = ["import", &document, "--name", "pets", "--within", &docs];
    let (code, findings, messages) = xtask(root, &import);
    assert!(messages.contains("Created specs/pets.yaml: 2 operations"), "{code} {messages}");
    assert!(!findings.contains("missing-file"), "{findings}");
    assert!(crate::read(root, "specs/pets.yaml").contains("operationId: list_owners"));
    for (folder, problem) in [
        ("docs/pets/paths", "it is not below "),
        ("nowhere", "cannot read "),
        ("docs/common.yaml", "it is not below "),
    ] {
        for arguments in [["lint"].as_slice(), &["import", "--name", "others"]] {
            let within = [document.as_str(), "--within", &path(folder)];
            let (code, _, messages) = xtask(root, &[arguments, &within].concat());
            assert!(code == 1 && messages.contains(problem), "{messages}");
        }
    }
}

#[test]
#[cfg(unix)]
fn links_do_not_lead_out_of_the_folder_that_is_named() {
    let folder = split();
    let root = folder.path();
    let path = |below: &str| root.join(below).display().to_string();
    fs::rename(root.join("docs/common.yaml"), root.join("common.yaml")).expect("it is there");
    std::os::unix::fs::symlink("../common.yaml", root.join("docs/common.yaml"))
        .expect("a link can be made");
    let document = path("docs/pets/openapi.yaml");
    let (code, findings, _) = xtask(root, &["lint", &document, "--within", &path("docs")]);
    let problem =
        "leads out of the folder that files are read from; `--within DIR` names another one";
    assert!(code == 0 && findings.contains(problem), "{findings}");
    std::os::unix::fs::symlink(".", root.join("linked")).expect("a link can be made");
    let (code, findings, _) = xtask(root, &["lint", &document, "--within", &path("linked")]);
    assert_eq!((code, findings.as_str()), (0, ""));
}

#[test]
fn many_files_that_refer_to_each_other_take_no_longer_than_as_many_that_do_not() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let number = 1900;
    let root = "openapi: 3.0.3\ninfo: {title: Parts, version: '1'}\npaths: {/parts: {get: {operationId: list_parts, responses: {'200': {description: All, content: {application/json: {schema: {$ref: 0.yaml}}}}}}}}\n";
    write(folder.path(), "openapi.yaml", root);
    for file in 0..number {
        let others = (1..20).map(|step| (file + step * step) % number);
        let properties = others.map(|other| format!("  p{other}: {{$ref: {other}.yaml}}\n"));
        let schema = format!("type: object\nproperties:\n{}", properties.collect::<String>());
        write(folder.path(), &format!("{file}.yaml"), &schema);
    }
    let document = folder.path().join("openapi.yaml").display().to_string();
    let (code, findings, _) = xtask(folder.path(), &["lint", &document, "--time-limit", "30"]);
    assert_eq!((code, findings.as_str()), (0, ""));
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
