//! What a vendor's document loses is told by each command that reads it.

use std::fs;
use std::path::Path;

use crate::{read, workspace, write, xtask};

/// A document with a reference that leads nowhere, an operation that nothing is known of, and an
/// operation without a success.
const DOCUMENT: &str = "openapi: 3.0.3
info: {title: Gadgets, version: '1'}
paths:
  /gadgets:
    get:
      operationId: list_gadgets
      responses: {'200': {description: All.}, '404': {$ref: '#/components/responses/Gone'}}
    put: {operationId: put_gadgets, requestBody: {$ref: '#/lost'}, responses: {'204': {description: Done.}}}
    delete: {operationId: delete_gadgets, responses: {'404': {description: None.}}}
";

/// What is told of it: the rule, the line and a part of the message.
const TOLD: [(&str, usize, &str); 4] = [
    ("lossy-repair", 7, "The reference `#/components/responses/Gone` points to nothing."),
    ("lossy-repair", 8, "The reference `#/lost` points to nothing."),
    ("operation-left-out", 8, "The client leaves out `put_gadgets`."),
    ("no-success-response", 9, "This operation documents no success response."),
];

fn documents(root: &Path) -> String {
    fs::create_dir(root.join("documents")).expect("a folder can be made");
    write(root, "documents/gadgets.yaml", DOCUMENT);
    root.join("documents").display().to_string()
}

#[track_caller]
fn check(shown: &str, told: &[(&str, usize, &str)]) {
    for (rule, line, message) in told {
        // `corpus` prints a line for each, without its rule.
        let is_there = (shown.contains(&format!("warning[{rule}]")) || shown.contains("warning: "))
            && shown.contains(&format!("gadgets.yaml:{line}:"))
            && shown.contains(message);
        assert!(is_there, "{rule} {line} {message}:\n{shown}");
    }
}

#[test]
fn lint_and_corpus_tell_what_the_client_lacks() {
    let folder = workspace();
    let documents = documents(folder.path());
    let document = format!("{documents}/gadgets.yaml");
    let (code, shown, messages) = xtask(folder.path(), &["lint", &document]);
    check(&shown, &TOLD);
    assert!(code == 0 && messages.contains("Linted 1 spec: 4 warnings"), "{code} {messages}");
    let (code, shown, _) = xtask(folder.path(), &["corpus", &documents]);
    check(&shown, &TOLD);
    assert!(code == 0 && shown.contains("client, 1 left out"), "{code} {shown}");
}

#[test]
fn losses_are_not_folded_until_they_are_many() {
    let folder = workspace();
    let names = |number: usize| -> String {
        (0..number).map(|number| format!("    A{number}: {{$ref: '#/gone/{number}'}}\n")).collect()
    };
    for (number, is_folded) in [(9, false), (60, true)] {
        let text = format!(
            "openapi: 3.0.3\ninfo: {{title: A, version: '1'}}\npaths: {{}}\ncomponents:\n  schemas:\n{}",
            names(number)
        );
        write(folder.path(), "many.yaml", &text);
        let document = folder.path().join("many.yaml").display().to_string();
        let (_, shown, _) = xtask(folder.path(), &["lint", &document]);
        assert!(shown.contains("`#/gone/8`"), "{shown}");
        assert_eq!(shown.contains("[lossy-repair]: and 10 more like it"), is_folded, "{shown}");
    }
}

#[test]
fn import_tells_what_the_spec_lacks() {
    let folder = workspace();
    let root = folder.path();
    let document = documents(root) + "/gadgets.yaml";
    let import = |name: &str, operations: &str| {
        xtask(root, &["import", &document, "--name", name, "--operations", operations]).1
    };
    check(&import("gadgets", "list_gadgets,put_gadgets"), &TOLD[..2]);
    assert!(read(root, "specs/gadgets.yaml").contains("put_gadgets"));
    let shown = import("others", "delete_gadgets");
    assert!(!shown.contains("lossy-repair"), "what is not imported is not told:\n{shown}");
    let into = ["import", &document, "--into", "widgets", "--operations", "list_gadgets"];
    let (_, shown, messages) = xtask(root, &into);
    check(&(shown + &messages), &TOLD[..1]);
}
