//! `cargo xtask import --into`: operations of a vendor's document become part of an existing spec.

use std::path::Path;

use crate::{read, workspace, write, xtask};

/// A hand-written spec, with comments, a blank line and a comment at the end.
const SPEC: &str = r##"# All about gadgets.
openapi: 3.0.3
info: {title: Gadgets, version: "2", x-source: {title: a, vendor: b, version: "2", document: c}}
servers:
  - url: https://gadgets.example.com
    description: All gadgets.
security:
  - account: [] # the only one
paths:
  # Deletes and adds.
  /gadgets:
    delete:
      operationId: deleteGadgets
      description: Deletes them.
      responses:
        "404": {$ref: "#/components/responses/Missing"}

components:
  securitySchemes:
    account:
      type: apiKey
      in: header
      name: X-Key
      description: The key, in words of our own.
  responses:
    Missing:
      description: There was none.
# The end.
"##;

/// The vendor's document.
const DOCUMENT: &str = r##"
openapi: 3.0.0
info: {title: Gadgets, version: "2"}
servers: [{url: "https://gadgets.example.com/"}]
security: [{key: []}]
paths:
  /gadgets:
    get:
      operationId: listGadgets
      summary: List gadgets
      description: Lists them.
      responses:
        "200": {description: All of them., content: {application/json: {schema: {$ref: "#/components/schemas/Gadgets"}, example: [{size: 1}]}}}
        "404": {$ref: "#/components/responses/Missing"}
    delete:
      operationId: deleteGadgets
      responses: {"404": {$ref: "#/components/responses/Missing"}}
  /gadgets/{id}:
    parameters: [{name: id, in: path, required: true, description: The id., schema: {type: string}, example: a}]
    get:
      operationId: getGadget
      summary: Get a gadget
      description: Gets one.
      security: [{key: []}, {other: []}]
      responses:
        "200": {description: One., content: {application/json: {schema: {$ref: "#/components/schemas/Gadget"}, example: {size: 1}}}}
        "404": {$ref: "#/components/responses/Missing"}
components:
  securitySchemes:
    key: {type: apiKey, in: header, name: X-Key, description: Vendor's words.}
    other: {type: http, scheme: bearer, description: A token.}
  responses: {Missing: {description: No such gadget.}}
  schemas:
    Gadgets: {type: array, description: Several., items: {$ref: "#/components/schemas/Gadget"}}
    Gadget: {type: object, description: One., properties: {size: {type: integer, description: How large.}, color: {type: string, description: Which.}}}
"##;

fn import(root: &Path, document: &str, operations: &str) -> (i32, String, String) {
    write(root, "vendor.yaml", document);
    let document = root.join("vendor.yaml").display().to_string();
    xtask(root, &["import", &document, "--into", "gadgets", "--operations", operations])
}

/// Returns the added lines, if all previous lines are still in the spec in their order.
#[track_caller]
fn added(before: &str, after: &str) -> String {
    let mut before = before.lines().peekable();
    let added = after.lines().filter(|line| before.next_if_eq(line).is_none());
    let added: Vec<&str> = added.collect();
    assert_eq!(before.next(), None, "a line is gone: {after}");
    added.join("\n")
}

#[test]
fn operations_and_what_they_need_go_behind_what_is_there() {
    let folder = workspace();
    let root = folder.path();
    write(root, "specs/gadgets.yaml", SPEC);
    let (code, output, messages) = import(root, DOCUMENT, "listGadgets");
    assert_eq!(code, 0, "{output}{messages}");
    assert!(
        messages.contains("Added 1 operation and 2 components to specs/gadgets.yaml"),
        "{messages}"
    );
    assert!(
        messages.contains("Note the security scheme `key` is `account` in the spec"),
        "{messages}"
    );
    assert!(
        output.contains("1. Hold what is new in specs/gadgets.yaml against")
            && output.contains("`cargo xtask review`")
    );
    let once = read(root, "specs/gadgets.yaml");
    let expected = include_str!("import/added.yaml");
    assert_eq!(added(SPEC, &once), expected.trim_end());
    assert!(once.ends_with("# The end.\n"), "{once}");

    let (code, _, messages) = import(root, DOCUMENT, "getGadget,listGadgets");
    assert_eq!(code, 0, "{messages}");
    assert!(
        messages.contains("Added 1 operation and 1 component to")
            && messages.contains("GET /gadgets is there already")
    );
    let twice = added(&once, &read(root, "specs/gadgets.yaml"));
    assert!(
        twice.contains("  /gadgets/{id}:\n")
            && twice.contains("        - account: []\n        - other: []"),
        "{twice}"
    );
    assert!(
        twice.contains("    other:\n      type: http") && !twice.contains("schemas:"),
        "{twice}"
    );

    let (code, _, messages) = import(root, DOCUMENT, "getGadget");
    assert!(code == 0 && messages.contains("Fresh specs/gadgets.yaml"), "{messages}");
    let (code, _, messages) = xtask(root, &["regen"]);
    assert_eq!(code, 0, "{messages}");
    let client = read(root, "generated/src/gadgets/client.rs");
    assert!(
        client.contains("fn list_gadgets")
            && client.contains("fn get_gadget")
            && client.contains("fn delete_gadgets")
    );
}

/// Imports all operations. The spec must not change.
#[track_caller]
fn check_refused(root: &Path, spec: &str, document: &str, reason: &str) {
    write(root, "specs/gadgets.yaml", spec);
    let (code, output, messages) = import(root, document, "listGadgets,getGadget");
    assert!(
        code == 1 && messages.contains(reason) && messages.contains("next: "),
        "{output}{messages}"
    );
    assert_eq!(read(root, "specs/gadgets.yaml"), spec);
}

#[test]
fn what_contradicts_the_spec_is_named_and_nothing_is_written() {
    let folder = workspace();
    let root = folder.path();
    let with = |schema: &str| {
        SPEC.replace(
            "  responses:\n    Missing",
            &format!("  schemas:\n    Gadget: {schema}\n  responses:\n    Missing"),
        )
    };
    check_refused(
        root,
        &with("{type: string}"),
        DOCUMENT,
        "components/schemas/Gadget is there already, and says something else",
    );
    check_refused(
        root,
        &SPEC.replace("deleteGadgets", "listGadgets"),
        DOCUMENT,
        "another operation has the id `listGadgets` already",
    );
    let get = "get: {operationId: all, description: a, responses: {\"200\": {description: a}}}\n    delete:";
    check_refused(
        root,
        &SPEC.replace("delete:", get),
        DOCUMENT,
        "GET /gadgets is there already, and is another operation",
    );
    let scheme = SPEC.replace("    account:", "    key: {type: http, scheme: basic}\n    account:");
    let other = DOCUMENT.replace("name: X-Key", "name: Y-Key");
    check_refused(root, &scheme, &other, "components/securitySchemes/key is there already");
    let shared = "delete:\n      parameters: []";
    let parameters = "parameters: [{name: a, in: query, schema: {type: string}}]\n    delete:";
    check_refused(
        root,
        &SPEC.replace("delete:", parameters),
        &DOCUMENT.replace(
            "    get:\n      operationId: listGadgets",
            "    parameters: [{name: b, in: query, schema: {type: string}}]\n    get:\n      operationId: listGadgets",
        ),
        "with other parameters for all of its operations",
    );
    check_refused(
        root,
        &SPEC
            .replace("delete:", shared)
            .replace("      parameters: []\n", "")
            .replace("responses:\n        \"404\"", "respones:\n        \"404\""),
        DOCUMENT,
        "is to be good before anything is added",
    );
    let (head, _) = SPEC.split_once("components:").expect("there are components");
    let inline = "components: {securitySchemes: {account: {type: apiKey, in: header, name: X-Key}}, responses: {Missing: {description: a}}}\n";
    check_refused(
        root,
        &format!("{head}{inline}"),
        DOCUMENT,
        "components is written behind its key, where no line can be added",
    );
    for (into, reason) in
        [("gadgts", "did you mean `gadgets`?"), ("nothing", "cannot read nothing: ")]
    {
        let (code, _, messages) = xtask(root, &["import", "vendor.yaml", "--into", into]);
        assert!(code == 1 && messages.contains(reason), "{messages}");
    }
    assert_eq!(xtask(root, &["import", "vendor.yaml", "--into", "gadgets", "--name", "more"]).0, 2);
    assert_eq!(xtask(root, &["import", "vendor.yaml"]).0, 2);
}

#[test]
fn layouts_of_other_people_and_systems_are_kept() {
    let folder = workspace();
    let root = folder.path();
    let wide = SPEC
        .lines()
        .map(|line| format!("{}{line}\n", " ".repeat(line.len() - line.trim_start().len())))
        .collect::<String>();
    let wide = wide.replace("        description: All gadgets.", "      description: All gadgets.");
    let (_, components) = SPEC.split_once("components:\n").expect("there are components");
    let without = SPEC
        .replace(&format!("components:\n{components}"), "")
        .replace("security:\n  - account: [] # the only one\n", "security: []\n");
    let without =
        without.replace(r##"{$ref: "#/components/responses/Missing"}"##, "{description: None.}");
    for spec in [SPEC.replace('\n', "\r\n"), wide, without.trim_end().to_owned()] {
        write(root, "specs/gadgets.yaml", &spec);
        let (code, output, messages) = import(root, DOCUMENT, "listGadgets,getGadget");
        assert!(code == 0, "{spec}{output}{messages}");
        let after = read(root, "specs/gadgets.yaml");
        assert_eq!(after.contains("\r\n"), spec.contains("\r\n"));
        assert_eq!(
            after.matches('\n').count(),
            after.matches("\r\n").count().max(after.lines().count())
        );
        added(&spec, &after);
        assert_eq!(xtask(root, &["regen"]).0, 0);
    }
}
