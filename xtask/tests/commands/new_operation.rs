//! `cargo xtask new NAME --operation`: from the lines of an operation to a client that has it.

use std::fs;

use crate::{SPEC, read, workspace, write, xtask};

#[test]
fn an_operation_is_added_filled_in_and_generated() {
    let folder = workspace();
    let root = folder.path();
    let head = "# Kept.\n".to_owned() + SPEC;
    write(root, "specs/widgets.yaml", &head);
    let operations = ["--operation", "post /widgets/{widget_id}", "--operation", "DELETE /widgets"];
    let (code, steps, messages) = xtask(root, &[&["new", "widgets"][..], &operations].concat());
    assert_eq!(code, 0, "{messages}");
    let expected =
        "Added 2 operations to specs/widgets.yaml: POST /widgets/{widget_id}, DELETE /widgets";
    assert!(
        messages.contains(expected)
            && steps.contains("1. Fill in every TODO of specs/widgets.yaml"),
        "{messages}{steps}"
    );
    let spec = read(root, "specs/widgets.yaml");
    assert!(spec.starts_with(&head), "the spec goes on where the path ends: {spec}");
    let (_, findings, _) = xtask(root, &["lint", "widgets"]);
    let todos = spec.matches(": TODO").count();
    assert_eq!(findings.matches("error[").count(), todos, "{findings}");
    assert_eq!(findings.matches("error[placeholder]").count(), todos, "{findings}");

    let filled = spec.replacen("operationId: TODO\n", "operationId: make_widget\n", 1);
    let filled = filled.replacen("operationId: TODO_2\n", "operationId: delete_widgets\n", 1);
    let filled: String = filled
        .lines()
        .map(|line| {
            line.split(": TODO").next().unwrap_or_default().to_owned()
                + if line.contains(": TODO") { ": text\n" } else { "\n" }
        })
        .collect();
    write(root, "specs/widgets.yaml", &filled);
    let (code, _, messages) = xtask(root, &["regen"]);
    assert_eq!(code, 0, "{messages}");
    let client = read(root, "generated/src/widgets/client.rs");
    assert!(
        client.contains("fn make_widget")
            && client.contains("fn delete_widgets")
            && client.contains("fn list_widgets")
    );
}

#[test]
fn parameters_that_the_spec_has_are_not_written_again() {
    let folder = workspace();
    let root = folder.path();
    let shared = "  /shared/{id}/{key}:
    parameters:
      - {name: id, in: path, required: true, schema: {type: string}}
      - $ref: '#/components/parameters/Key'
    get: {operationId: get_shared, responses: {'200': {description: One.}}}
components:
  parameters:
    Key: {name: key, in: path, required: true, schema: {type: string}}
";
    write(root, "specs/widgets.yaml", &format!("{SPEC}{shared}"));
    let (code, _, messages) = xtask(
        root,
        &[
            "new",
            "widgets",
            "--operation",
            "PUT /shared/{id}/{key}",
            "--operation",
            "GET /other/{key}",
        ],
    );
    assert_eq!(code, 0, "{messages}");
    let spec = read(root, "specs/widgets.yaml");
    assert_eq!(spec.matches("name: id").count(), 1, "{spec}");
    assert_eq!(spec.matches("    - $ref: \"#/components/parameters/Key\"\n").count(), 1, "{spec}");
}

#[test]
fn the_scaffold_of_a_spec_can_get_more_operations() {
    let folder = workspace();
    let root = folder.path();
    assert_eq!(xtask(root, &["new", "gadgets"]).0, 0);
    let scaffold = read(root, "specs/gadgets.yaml");
    let (code, _, messages) =
        xtask(root, &["new", "gadgets", "--operation", "PATCH /gadgets/{id}"]);
    assert_eq!(code, 0, "{messages}");
    let spec = read(root, "specs/gadgets.yaml");
    let added = spec.lines().count() - scaffold.lines().count();
    assert!(added > 30 && scaffold.lines().all(|line| spec.contains(line)), "{spec}");
    let (_, findings, _) = xtask(root, &["lint", "gadgets"]);
    assert_eq!(
        findings.matches("error[").count(),
        findings.matches("error[placeholder]").count(),
        "{findings}"
    );
}

#[test]
fn what_cannot_be_added_is_told_and_the_spec_stays() {
    let folder = workspace();
    let root = folder.path();
    for (name, operation, reason, next) in [
        ("widgets", "GET /widgets", "specs/widgets.yaml has GET /widgets already", "edit it"),
        ("widgets", "GET", "`GET` names no operation", "'GET /widgets/{id}'"),
        ("widgets", "FETCH /widgets", "names no operation", "a method and a path"),
        ("widgets", "GET widgets", "names no operation", "a method and a path"),
        ("widgets", "GET /a /b", "names no operation", "a method and a path"),
        ("widgts", "GET /a", "did you mean `widgets`?", "starts a spec"),
    ] {
        let (code, output, messages) = xtask(root, &["new", name, "--operation", operation]);
        assert_eq!((code, output.as_str()), (1, ""), "{messages}");
        assert!(messages.contains(reason) && messages.contains(next), "{messages}");
    }
    assert_eq!(read(root, "specs/widgets.yaml"), SPEC);
    assert_eq!(fs::read_dir(root.join("specs")).expect("specs/ is there").count(), 1);
}
