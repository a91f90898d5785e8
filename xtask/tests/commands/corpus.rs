//! `cargo xtask corpus`: the report on the outcomes of documents, and its folder.

use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

use crate::{SPEC, read, write, xtask};

/// Creates a folder with a workspace and, next to it, two documents, one of which has a valid and
/// an invalid example.
fn workspace_with_documents() -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    for inner in ["workspace", "others/corpus"] {
        fs::create_dir_all(folder.path().join(inner)).expect("a folder can be made");
    }
    let json = "          content: {application/json: {schema: {type: integer}, examples: {a: {value: 1}, b: {value: x}}}}\n";
    write(
        folder.path(),
        "others/corpus/gadgets.yaml",
        &format!("{}{json}", SPEC.replace("Widgets", "Gad|gets")),
    );
    write(folder.path(), "others/corpus/widgets.yaml", "swagger: '2.0'\n");
    folder
}

/// Runs the command with the default folder, which is that of `named` or next to the workspace.
fn corpus(root: &Path, named: Option<&Path>, arguments: &[&str]) -> (i32, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.env_remove("CORPUS").envs(named.map(|folder| ("CORPUS", folder)));
    let output = command.arg("--root").arg(root).args(arguments).output().expect("xtask runs");
    let text = [output.stdout, output.stderr].concat();
    (
        output.status.code().expect("xtask ends by itself"),
        String::from_utf8_lossy(&text).into_owned(),
    )
}

#[test]
fn a_report_is_compared_but_for_what_only_a_compiler_can_tell() {
    let folder = workspace_with_documents();
    let root = folder.path();
    let (documents, report) =
        (root.join("others").display().to_string(), root.join("report.md").display().to_string());
    let check = || {
        let (code, table, messages) = xtask(root, &["corpus", &documents, "--check", &report]);
        (code, table + &messages)
    };
    let (code, table, messages) = xtask(root, &["corpus", &documents, "--report", &report]);
    assert!(code == 100 && messages.contains("2 documents: 1 good"), "{table}{messages}");
    // What follows the table stays.
    let text = read(root, "report.md") + "\n## More\n\nOther tables.\n";
    write(root, "report.md", &text);
    assert_eq!(check().0, 0);
    xtask(root, &["corpus", &documents, "--report", &report]);
    assert_eq!(read(root, "report.md"), text);
    let row = "| corpus/gadgets.yaml | Gad gets | 3.0.3 | 1 of 1 | client | 2 | 1 | ? | ? | ? |\n";
    assert!(
        text.contains(row)
            && text.contains(
                "0 of them have no operations. There is a client of 1, with 1 of 1 operations;"
            ),
        "{text}"
    );
    assert_eq!(check().0, 0, "what is known to be bad is no news");
    for (known, expected, what) in [
        (
            text.replace(row, &row.replace("? | ? | ?", "yes | 1 | 1")),
            4,
            "the summary counts what compiles and decodes",
        ),
        (text.replace("1 of 1 |", "1 of 2 |"), 4, "an operation less"),
        (text.replace(row, ""), 4, "a document less"),
        (text.replace("refused: ", "client"), 4, "a client less"),
        (text.replace("? | ? | ? |", "maybe | 0 | 0 |"), 4, "what no compiler says"),
        (text.replace("? | ? | ? |", "yes | 0 (x) | 0 |"), 4, "what is no number"),
        (text.clone(), 0, "the same"),
    ] {
        write(root, "report.md", &known);
        let (code, messages) = check();
        assert_eq!(code, expected, "{what}: {messages}");
        assert_eq!(
            messages.contains("next: ") && messages.contains("\n+"),
            expected == 4,
            "{what}: {messages}"
        );
    }
    let compiled = text
        .replace(row, &row.replace("? | ? | ?", "yes | 1 | 1"))
        .replace("0 compile", "1 compile");
    write(root, "report.md", &compiled.replace("0 decode, 0 of", "1 decode, 1 of"));
    let (code, messages) = check();
    assert!(code == 0 && messages.contains("Fresh "), "{messages}");
    assert_eq!(xtask(root, &["corpus", &documents, "--report", &report]).0, 100);
    assert!(read(root, "report.md").contains("| yes | 1 | 1 |"), "what is known stays");
    let (_, table, _) = xtask(root, &["corpus", &documents]);
    assert!(table.contains("\ncorpus/widgets.yaml:1:1: /swagger: This is Swagger 2.0"), "{table}");
}

#[test]
fn a_report_that_cannot_be_written_or_read_is_told_before_the_work() {
    let folder = workspace_with_documents();
    let root = folder.path();
    write(root, "notes.md", "Notes\n");
    for (option, file, problem) in [
        ("--report", "notes.md", "holds something else than a report"),
        ("--report", "nowhere/report.md", "cannot write "),
        ("--check", "nowhere.md", "cannot read "),
    ] {
        let file = root.join(file).display().to_string();
        let (code, table, messages) =
            xtask(root, &["corpus", &root.display().to_string(), option, &file]);
        assert!(code == 1 && table.is_empty() && messages.contains(problem), "{table}{messages}");
        assert!(!messages.contains("Generating"), "{messages}");
    }
    assert_eq!(read(root, "notes.md"), "Notes\n");
}

#[test]
fn documents_next_to_the_workspace_are_found() {
    let folder = workspace_with_documents();
    let root = folder.path().join("workspace");
    let (code, output) = corpus(&root, None, &["corpus"]);
    assert!(code == 100 && output.contains("2 documents: 1 good"), "{output}");
    assert!(
        corpus(&root, None, &["ci", "--list"])
            .1
            .contains("\ncorpus: cargo xtask corpus --check docs/corpus.md")
    );
    fs::create_dir(folder.path().join("named")).expect("a folder can be made");
    write(folder.path(), "named/widgets.yaml", SPEC);
    let (code, output) = corpus(&root, Some(&folder.path().join("named")), &["corpus"]);
    assert!(code == 0 && output.contains("1 document: 1 good"), "{output}");
    fs::rename(folder.path().join("others/corpus"), folder.path().join("corpus"))
        .expect("a folder can be moved");
    assert_eq!(corpus(&root, None, &["corpus"]).0, 100);
    fs::remove_dir_all(folder.path().join("corpus")).expect("a folder can be removed");
    let (code, output) = corpus(&root, None, &["corpus"]);
    assert!(code == 1 && output.contains("CORPUS names none"), "{output}");
    assert!(!corpus(&root, None, &["ci", "--list"]).1.contains("\ncorpus: "));
}
