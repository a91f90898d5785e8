//! `cargo xtask list`, and the table of README.md.

use std::path::Path;

use serde_json::{Value, json};

use crate::{read, workspace, write, xtask};

const SPEC: &str = r#"
openapi: 3.0.3
info:
  title: Widgets
  version: "1"
  x-source: {title: Widgets | List, vendor: Widget Inc., version: "1", document: widgets.txt}
security: [{widget_app: []}, {widget_user: []}]
paths:
  /widgets/{id}:
    get:
      operationId: get_widget
      parameters:
        - {name: id, in: path, required: true, schema: {type: string}, example: one}
        - {name: full, in: query, schema: {type: boolean}}
      responses:
        "200": {description: One., content: {application/json: {schema: {type: string}, example: one}}}
        default: {description: None., content: {application/json: {schema: {type: string}}}}
    delete:
      operationId: delete_widget
      deprecated: true
      security: []
      parameters:
        - {name: id, in: path, required: true, schema: {type: string}}
      responses:
        "204": {description: Gone.}
components:
  securitySchemes:
    widget_app: {type: http, scheme: bearer}
    widget_user: {type: http, scheme: basic}
"#;

/// The workspace that these tests belong to.
fn this_workspace() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask is in the workspace")
}

#[test]
fn facts_of_every_operation_are_listed() {
    let folder = workspace();
    let root = folder.path();
    write(root, "specs/widgets.yaml", SPEC);
    std::fs::create_dir_all(root.join("tests/snapshots")).expect("a folder can be made");
    write(root, "tests/snapshots/wire__widgets__get_widget.snap", "");
    let (code, output, messages) = xtask(root, &["list", "--format", "json"]);
    assert_eq!(code, 0, "{messages}");
    let list: Value = serde_json::from_str(&output).expect("the list is JSON");
    let facts = |index: usize, member: &str| list[index][member].clone();
    assert_eq!(list.as_array().map(Vec::len), Some(2));
    for (member, get, delete) in [
        ("api", json!("widgets"), json!("widgets")),
        ("operation", json!("get_widget"), json!("delete_widget")),
        ("deprecated", json!(false), json!(true)),
        ("method", json!("GET"), json!("DELETE")),
        ("statuses", json!(["200", "default"]), json!(["204"])),
        ("security", json!([["widget_app"], ["widget_user"]]), json!([])),
        ("examples", json!({"given": 2, "of": 4}), json!({"given": 0, "of": 1})),
        ("snapshot", json!("wire__widgets__get_widget.snap"), json!(null)),
    ] {
        assert_eq!((facts(0, member), facts(1, member)), (get, delete), "{member}");
    }
    assert_eq!(list[0]["source"]["document"], "widgets.txt");
}

#[test]
fn an_operation_is_a_line_of_the_table_where_there_is_no_terminal() {
    let folder = workspace();
    let root = folder.path();
    write(
        root,
        "specs/widgets.yaml",
        &SPEC.replace("title: Widgets\n", "title: \"Widgets\\e[2J\"\n"),
    );
    let (code, table, messages) = xtask(root, &["list"]);
    assert_eq!(code, 0, "{messages}");
    let words: Vec<Vec<&str>> =
        table.lines().map(|line| line.split_whitespace().collect()).collect();
    assert_eq!(words[0], ["widgets:", "Widgets\u{fffd}[2J,", "1"]);
    assert_eq!(words[1].join(" "), "from Widget Inc., \"Widgets | List\", widgets.txt");
    assert_eq!(
        words[2],
        ["method", "statuses", "security", "examples", "operation", "path", "snapshot"]
    );
    assert_eq!(
        words[3].join(" "),
        "GET 200 default widget_app or widget_user 2/4 get_widget /widgets/{id} -"
    );
    assert_eq!(words[4].join(" "), "DELETE 204 none 0/1 delete_widget /widgets/{id} -");
}

#[test]
fn the_table_of_a_file_is_brought_up_to_date() {
    let folder = workspace();
    let root = folder.path();
    write(root, "specs/widgets.yaml", SPEC);
    let path = root.join("README.md").display().to_string();
    write(root, "README.md", "# Widgets\n");
    let (code, _, messages) = xtask(root, &["list", "--write", &path]);
    assert!(
        code == 1 && messages.contains("it lacks the lines") && messages.contains("next: "),
        "{messages}"
    );
    let readme = read(this_workspace(), "README.md");
    write(root, "README.md", &readme);
    assert_eq!(xtask(root, &["list", "--write", &path]).0, 0);
    let (_, markdown, _) = xtask(root, &["list", "--format", "markdown"]);
    let line = "| `widgets` | `get_widget` | GET | `/widgets/{id}` | 200 default | `WidgetApp` or `WidgetUser` |\n";
    assert!(markdown.contains(line), "{markdown}");
    let updated = read(root, "README.md");
    assert!(
        updated.contains(&format!("-->\n{markdown}<!--"))
            && !updated.contains("| `ghes_oauth_apps` | `check_token`")
    );
    let (code, _, messages) = xtask(root, &["list", "--write", &path]);
    assert!(code == 0 && messages.contains("Fresh "), "{messages}");
}

#[test]
fn bad_specs_are_not_listed() {
    let folder = workspace();
    write(folder.path(), "specs/widgets.yaml", "openapi: 3.1.0\n");
    let (code, output, messages) = xtask(folder.path(), &["list"]);
    assert_eq!((code, output.as_str()), (1, ""));
    assert!(
        messages.contains("error[openapi-too-new]")
            && messages.contains("next: `cargo xtask lint`"),
        "{messages}"
    );
}

#[test]
fn the_table_of_the_readme_is_up_to_date() {
    let (code, markdown, messages) = xtask(this_workspace(), &["list", "--format", "markdown"]);
    assert_eq!(code, 0, "{messages}");
    let is_fresh =
        read(this_workspace(), "README.md").contains(&format!("-->\n{markdown}<!-- end"));
    assert!(
        is_fresh,
        "the table of operations in README.md is stale: run `cargo xtask list --write README.md`"
    );
}
