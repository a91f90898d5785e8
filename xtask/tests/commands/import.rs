//! `cargo xtask import`: from a vendor's document to a client.

use std::fs;
use std::path::Path;

use crate::{read, workspace, write, xtask};

/// The vendor's document.
const DOCUMENT: &str = include_str!("import/vendor.yaml");

/// The spec that one operation of it becomes.
const SPEC: &str = include_str!("import/gadgets.yaml");

/// The output on the way, on standard output and on standard error.
const SESSION: [&str; 2] = [include_str!("import/output.txt"), include_str!("import/messages.txt")];

fn import(root: &Path, arguments: &[&str]) -> (i32, String, String) {
    let document = root.join("vendor.yaml").display().to_string();
    xtask(root, &[&["import", &document], arguments].concat())
}

#[test]
fn a_document_becomes_a_spec_a_list_of_what_is_left_and_then_a_client() {
    let folder = workspace();
    let root = folder.path();
    write(root, "vendor.yaml", DOCUMENT);
    let (code, output, messages) =
        import(root, &["--name", "gadgets", "--operations", "deleteGadgets"]);
    // A busy machine announces what takes long.
    let messages: String =
        messages.split_inclusive('\n').filter(|line| !line.contains(" Importing ")).collect();
    assert_eq!((code, read(root, "specs/gadgets.yaml").as_str()), (100, SPEC));
    let output = output.replace(&root.display().to_string(), "FOLDER");
    assert_eq!([output.as_str(), messages.as_str()], SESSION);
    assert_eq!(xtask(root, &["regen"]).0, 1);

    let spec = SPEC
        .replace(": TODO", ": It is filled in,")
        .replace("  x-source", "  description: Gadgets.\n  x-source");
    write(root, "specs/gadgets.yaml", &spec);
    let (code, _, messages) = xtask(root, &["regen"]);
    assert!(code == 0 && messages.contains("Generated gadgets"), "{messages}");
    assert!(read(root, "generated/src/gadgets/client.rs").contains("fn delete_gadgets"));
}

#[test]
fn a_document_that_names_its_source_may_leave_nothing_to_do() {
    let folder = workspace();
    let root = folder.path();
    let source = r#"version: "2", x-source: {vendor: Example, document: gadgets.yaml}"#;
    write(root, "vendor.yaml", &DOCUMENT.replace(r#"version: "2""#, source));
    let (code, output, messages) =
        import(root, &["--name", "gadgets", "--operations", "deleteGadgets"]);
    assert!(code == 0 && !output.contains("error["), "{output}{messages}");
    // What was there is still correct: the second import takes all operations.
    let all = ["--name", "more_gadgets", "--operations", "listGadgets, deleteGadgets,"];
    let (code, _, messages) = import(root, &all);
    assert!(
        code == 0 && messages.contains("Created specs/more_gadgets.yaml: 2 operations"),
        "{messages}"
    );
}

#[test]
fn a_document_in_several_files_becomes_one_spec() {
    let folder = workspace();
    let root = folder.path();
    write(
        root,
        "receipts.yaml",
        "Receipt: {type: object, properties: {number_of_gadgets: {type: integer}}}\n",
    );
    write(
        root,
        "vendor.yaml",
        &DOCUMENT.replace("#/components/schemas/Receipt", "receipts.yaml#/Receipt"),
    );
    let (code, _, messages) = import(root, &["--name", "gadgets", "--operations", "deleteGadgets"]);
    assert_eq!(code, 100, "{messages}");
    let spec = read(root, "specs/gadgets.yaml");
    assert!(spec.contains("number_of_gadgets") && !spec.contains("receipts.yaml"), "{spec}");
}

#[test]
fn what_a_document_says_cannot_move_the_cursor() {
    let folder = workspace();
    let root = folder.path();
    let name = "\"\\u001b[2J_token\"";
    write(
        root,
        "vendor.yaml",
        &DOCUMENT
            .replace("tags:", "\"x-\\u001b[2J\":")
            .replace("undo_token: {", &format!("{name}: {{")),
    );
    let (_, _, messages) = import(root, &["--name", "gadgets"]);
    assert!(
        messages.contains("[2J_token`") && messages.contains("`x-") && !messages.contains('\u{1b}'),
        "{messages}"
    );
}

#[test]
fn many_notes_are_counted() {
    let folder = workspace();
    let root = folder.path();
    let extensions: String = (0..30).map(|number| format!("x-one-{number}: 1, ")).collect();
    write(
        root,
        "vendor.yaml",
        &DOCUMENT.replace("info: {", &format!("webhooks: {{}}\ninfo: {{{extensions}")),
    );
    let (_, _, messages) = import(root, &["--name", "gadgets"]);
    assert!(
        messages.contains("Left out 31 things") && messages.contains("Rewritten 1 thing"),
        "{messages}"
    );
    assert!(!messages.contains("x-one-7"), "{messages}");
}

/// Imports into a workspace that must not change. Returns the output on standard error.
#[track_caller]
fn check_refused(root: &Path, arguments: &[&str], reasons: &[&str]) {
    let before = specs(root);
    let (code, output, messages) = import(root, arguments);
    assert_eq!(code, 1, "{messages}");
    for reason in reasons {
        assert!(
            messages.contains(reason) || output.contains(reason),
            "{reason}: {output}{messages}"
        );
    }
    assert!(messages.contains("next: "), "{messages}");
    assert_eq!(specs(root), before);
}

#[test]
fn the_command_to_run_next_is_the_same_import() {
    let folder = workspace();
    let file = folder.path().join("a vendor's.yaml").display().to_string();
    let arguments = ["import", &file, "--name", "my-gadgets", "--operations", "a, b"];
    let (_, _, messages) = xtask(folder.path(), &arguments);
    let root = folder.path().display();
    let next = format!(
        "next: `cargo xtask --root {root} import '{root}/a vendor'\\''s.yaml' --operations a,b --name my_gadgets`"
    );
    assert!(messages.contains(&next) || cfg!(windows), "{messages}");
}

fn specs(root: &Path) -> Vec<(String, String)> {
    let files = fs::read_dir(root.join("specs")).expect("specs/ is there");
    let names = files
        .map(|file| file.expect("specs/ can be read").file_name().to_string_lossy().into_owned());
    let mut specs: Vec<_> =
        names.map(|name| (read(root, &format!("specs/{name}")), name)).collect();
    specs.sort();
    specs
}

#[test]
fn what_cannot_be_imported_is_refused_with_the_next_step() {
    let folder = workspace();
    let root = folder.path();
    check_refused(root, &["--name", "gadgets"], &["cannot read", "vendor.yaml"]);
    write(root, "vendor.yaml", DOCUMENT);
    let unknown = [
        "has no operation `deleteGadget`; did you mean `deleteGadgets`?",
        "`deleteGadgets`, `listGadgets`",
    ];
    check_refused(
        root,
        &["--name", "gadgets", "--operations", "listGadgets,deleteGadget"],
        &unknown,
    );
    check_refused(
        root,
        &["--name", "gadgets", "--operations", " Gadgets"],
        &["did you mean `listGadgets`?"],
    );
    check_refused(
        root,
        &["--name", "gadgets", "--operations", ", "],
        &["`--operations` names no operation"],
    );
    check_refused(root, &["--name", "gadgets", "--operations", "x"], &["has no operation `x`\n"]);
    check_refused(
        root,
        &["--name", "widgets"],
        &["specs/widgets.yaml is there already", "choose another name"],
    );
    check_refused(
        root,
        &["--name", "my-gadgets"],
        &["is not a valid module name", "vendor.yaml --name my_gadgets`"],
    );
    check_refused(&root.join("."), &["--name", "../gadgets"], &["is not a valid module name"]);
    write(root, "vendor.yaml", "swagger: '2.0'\n");
    check_refused(
        root,
        &["--name", "gadgets"],
        &["error[swagger-2]", "no spec can be made of", "1 error"],
    );
    write(root, "vendor.yaml", "openapi: 3.2.0\n");
    let versions = "This is OpenAPI 3.2.0; vendors' documents are read in 3.0 and 3.1.";
    check_refused(root, &["--name", "gadgets"], &["error[openapi-too-new]", versions]);
    write(root, "vendor.yaml", "openapi: 3.0.3\ninfo: {title: A, version: '1'}\npaths: {}\n");
    check_refused(root, &["--name", "gadgets"], &["vendor.yaml has no operation,"]);
    write(root, "vendor.yaml", &format!("[{}]", "a: b, ".repeat(400_000)));
    check_refused(
        root,
        &["--name", "gadgets", "--time-limit", "1"],
        &["error[generator-stopped]", "longer than 1 second.", "Raise the limit by `--time-limit`"],
    );
}
