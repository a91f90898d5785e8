//! Tests that vendors' documents with references to other files become one document.

mod missing;

use openapi::policy::Policy;
use openapi::source::{ReferencedFiles, SpecSource};
use openapi::{Document, load};
use serde_json::{Value, json};

/// Returns a document with `paths` and `components`, and the files that it refers to, as a source.
fn source(paths: &Value, components: &Value, files: &[(&str, &str)]) -> SpecSource {
    let info = json!({"title": "Pets", "version": "1"});
    let text = json!({"openapi": "3.0.3", "info": info, "paths": paths, "components": components})
        .to_string();
    let texts =
        files.iter().map(|(path, text)| ((*path).to_owned(), Ok((*text).to_owned()))).collect();
    SpecSource::new("pets/openapi.yaml", text)
        .with_files(ReferencedFiles { document: "openapi.yaml".to_owned(), texts })
}

#[track_caller]
fn document(source: SpecSource) -> Document {
    load(source, Policy::Repair).unwrap_or_else(|found| panic!("{:?}", found.diagnostics))
}

/// Returns true if a pass has left a note with this text.
fn has_note(document: &Document, pass: &str, text: &str) -> bool {
    let notes = format!("{:?}", document.notes);
    notes
        .split("Note {")
        .any(|note| note.contains(&format!("pass: {pass:?}")) && note.contains(text))
}

/// Merges a document without missing files, and compares parts of it.
#[track_caller]
fn check(source: SpecSource, expected: &[(&str, Value)]) {
    let document = document(source);
    for (pointer, expected) in expected {
        let found = document.root.pointer(pointer).unwrap_or(&Value::Null);
        assert_eq!(found, expected, "{pointer} in {:#}", document.root);
    }
    assert!(document.diagnostics.is_empty(), "{:?}", document.diagnostics);
    assert!(has_note(&document, "external_references", ""));
    assert!(!has_note(&document, "repair", ""), "{:?}", document.notes);
}

/// Returns components with one schema `A`, an array whose `items` is a reference.
fn list_of(reference: &str) -> Value {
    json!({"schemas": {"A": {"type": "array", "items": {"$ref": reference}}}})
}

const ITEM: &str = "/components/schemas/A/items/$ref";

/// Returns `paths` with the operation `GET /pets`, to which further keywords are added.
fn get(operation: &Value) -> Value {
    let mut get =
        json!({"operationId": "list_pets", "responses": {"200": {"description": "Pets"}}});
    get.as_object_mut()
        .expect("a mapping")
        .extend(operation.as_object().expect("a mapping").clone());
    json!({"/pets": {"get": get}})
}

#[test]
fn a_schema_in_a_file_becomes_a_component_named_after_the_file_or_the_pointer() {
    let files = [
        ("schemas/Pet.yaml", "type: string\n"),
        ("common.json", r#"{"components": {"schemas": {"Err": {"type": "integer"}}}}"#),
    ];
    let pet = [
        (ITEM, json!("#/components/schemas/Pet")),
        ("/components/schemas/Pet", json!({"type": "string"})),
    ];
    check(source(&json!({}), &list_of("./schemas/Pet.yaml"), &files), &pet);
    let error = [
        (ITEM, json!("#/components/schemas/Err")),
        ("/components/schemas/Err", json!({"type": "integer"})),
    ];
    check(source(&json!({}), &list_of("common.json#/components/schemas/Err"), &files), &error);
}

#[test]
fn taken_names_get_a_number_and_each_location_has_one_name() {
    let files = [("a/Pet.yaml", "type: string\n"), ("b/Pet.yaml", "type: integer\n")];
    let mut components = list_of("a/Pet.yaml");
    components["schemas"]["B"] = json!({"type": "array", "items": {"$ref": "b/Pet.yaml"}});
    components["schemas"]["C"] = json!({"type": "array", "items": {"$ref": "./b/../a/Pet.yaml"}});
    components["schemas"]["Pet"] = json!({"type": "boolean"});
    let expected = [
        (ITEM, json!("#/components/schemas/Pet2")),
        ("/components/schemas/B/items/$ref", json!("#/components/schemas/Pet3")),
        ("/components/schemas/C/items/$ref", json!("#/components/schemas/Pet2")),
        ("/components/schemas/Pet", json!({"type": "boolean"})),
    ];
    check(source(&json!({}), &components, &files), &expected);
}

#[test]
fn a_component_that_is_a_reference_to_a_file_keeps_its_name() {
    let components = json!({"schemas": {"Animal": {"$ref": "Pet.yaml"}, "Same": {"$ref": "Pet.yaml"}},
        "securitySchemes": {"key": {"$ref": "key.yaml"}}});
    let files = [
        (
            "Pet.yaml",
            "type: object\nproperties: {next: {$ref: Pet.yaml}, up: {$ref: 'openapi.yaml#/components/schemas/Animal'}}\n",
        ),
        ("key.yaml", "{type: http, scheme: bearer}"),
    ];
    let animal = json!({"$ref": "#/components/schemas/Animal"});
    let expected = [
        (
            "/components/schemas",
            json!({"Animal": {"type": "object", "properties": {"next": animal, "up": animal}}, "Same": animal}),
        ),
        ("/components/securitySchemes/key", json!({"type": "http", "scheme": "bearer"})),
    ];
    check(source(&json!({}), &components, &files), &expected);
}

#[test]
fn schemas_may_refer_to_each_other_in_circles_over_files() {
    let files = [
        ("s/Parent.yaml", "type: object\nproperties: {child: {$ref: Child.yaml#/deep/Child}}\n"),
        (
            "s/Child.yaml",
            "deep: {Child: {type: object, properties: {parent: {$ref: ./Parent.yaml}, own: {$ref: '#/deep/Child'}}}}\n",
        ),
    ];
    let expected = [
        (ITEM, json!("#/components/schemas/Parent")),
        ("/components/schemas/Parent/properties/child/$ref", json!("#/components/schemas/Child")),
        ("/components/schemas/Child/properties/parent/$ref", json!("#/components/schemas/Parent")),
        ("/components/schemas/Child/properties/own/$ref", json!("#/components/schemas/Child")),
    ];
    check(source(&json!({}), &list_of("s/Parent.yaml"), &files), &expected);
}

#[test]
fn an_anchor_in_a_file_names_a_schema_in_it() {
    let files = [(
        "pets.yaml",
        "a: [{$anchor: pet, type: object, properties: {next: {$ref: '#pet'}, tag: {$ref: '#tag'}}}]\nb: {$anchor: tag, type: string}\n",
    )];
    let expected = [
        (ITEM, json!("#/components/schemas/pets0")),
        (
            "/components/schemas/pets0/properties",
            json!({"next": {"$ref": "#/components/schemas/pets0"}, "tag": {"$ref": "#/components/schemas/b"}}),
        ),
    ];
    let mut source = source(&json!({}), &list_of("pets.yaml#pet"), &files);
    source.text = source.text.replace("3.0.3", "3.1.0");
    check(source, &expected);
}

#[test]
fn references_back_to_the_document_are_local() {
    let files = [(
        "s/Pet.yaml",
        "type: object\nproperties: {a: {$ref: '../openapi.yaml#/components/schemas/A'}}\n",
    )];
    let expected = [("/components/schemas/Pet/properties/a/$ref", json!("#/components/schemas/A"))];
    check(source(&json!({}), &list_of("s/Pet.yaml"), &files), &expected);
}

#[test]
fn pointers_are_escaped_and_lead_on_behind_references() {
    let files = [
        ("a.yaml", "'/pets/{id}~': {a b: {type: string}}\nindex: {$ref: 'b.yaml#/all'}\n"),
        ("b.yaml", "all: {Dog: {$ref: a.yaml#/alias}}\n"),
        ("c.yaml", "{}"),
    ];
    let expected = [("/components/schemas/a_b", json!({"type": "string"}))];
    check(source(&json!({}), &list_of("a.yaml#/~1pets~1%7Bid%7D~0/a%20b"), &files), &expected);
    let files =
        [files[0], ("b.yaml", "all: {Dog: {$ref: dog.yaml}}\n"), ("dog.yaml", "type: boolean\n")];
    let expected = [("/components/schemas/dog", json!({"type": "boolean"}))];
    check(source(&json!({}), &list_of("a.yaml#/index/Dog"), &files), &expected);
}

#[test]
fn whatever_has_a_section_becomes_a_component() {
    let operation = json!({
        "parameters": [{"$ref": "parameters/_index.yaml#/limit"}],
        "requestBody": {"$ref": "parts.yaml#/body"},
        "responses": {"200": {"$ref": "parts.yaml#/pets"}},
        "callbacks": {"on": {"$ref": "parts.yaml#/hook"}},
    });
    let files = [
        ("parameters/_index.yaml", "limit: {name: limit, in: query, schema: {$ref: ../parts.yaml#/number}}\n"),
        (
            "parts.yaml",
            "number: {type: integer}
body: {content: {application/json: {schema: {$ref: '#/number'}, examples: {one: {$ref: '#/sample'}}}}}
sample: {value: {$ref: 'https://stays.example'}}
pets: {description: All, headers: {X-Next: {$ref: '#/header'}}, links: {next: {$ref: '#/link'}}}
header: {schema: {type: string}}
link: {operationId: list_pets}
hook: {'{$request.body#/url}': {post: {operationId: hook, responses: {'204': {$ref: '#/pets'}}}}}
",
        ),
    ];
    let at = |section: &str, name: &str| json!({"$ref": format!("#/components/{section}/{name}")});
    let body = json!({"content": {"application/json": {"schema": at("schemas", "number"), "examples": {"one": at("examples", "sample")}}}});
    let pets = json!({"description": "All", "headers": {"X-Next": at("headers", "header")}, "links": {"next": at("links", "link")}});
    let expected = [
        ("/paths/~1pets/get/parameters/0", at("parameters", "limit")),
        ("/components/parameters/limit/schema", at("schemas", "number")),
        ("/components/requestBodies/body", body),
        ("/components/examples/sample", json!({"value": {"$ref": "https://stays.example"}})),
        ("/components/responses/pets", pets),
        ("/components/headers/header", json!({"schema": {"type": "string"}})),
        ("/components/links/link", json!({"operationId": "list_pets"})),
        (
            "/components/callbacks/hook/{$request.body#~1url}/post/responses/204",
            at("responses", "pets"),
        ),
    ];
    check(source(&get(&operation), &json!({}), &files), &expected);
}

#[test]
fn path_items_and_sections_are_written_out() {
    let path = "get: {operationId: list_pets, responses: {'200': {$ref: '../parts.yaml#/pets'}}}\n";
    let parts = "pets: {description: All}\nschemas: {Pet: {$ref: pet.yaml}}\n";
    let files = [
        ("paths/pets.yaml", path),
        ("parts.yaml", parts),
        ("pet.yaml", "type: string\n"),
        ("paths.yaml", "/pets: {$ref: paths/pets.yaml}\n"),
    ];
    let pets = json!({"operationId": "list_pets", "responses": {"200": {"$ref": "#/components/responses/pets"}}});
    let expected = [("/paths", json!({"/pets": {"get": pets, "summary": "Own"}}))];
    check(
        source(
            &json!({"/pets": {"$ref": "paths/pets.yaml", "summary": "Own"}}),
            &json!({}),
            &files,
        ),
        &expected,
    );
    let components = json!({"schemas": {"$ref": "parts.yaml#/schemas"}});
    let expected = [
        ("/paths", json!({"/pets": {"get": pets}})),
        ("/components/schemas", json!({"Pet": {"type": "string"}})),
    ];
    check(source(&json!({"$ref": "./paths.yaml"}), &components, &files), &expected);
    let mut twice = json!({"/pets": {"$ref": "paths/pets.yaml"}});
    twice["/dogs"] = json!({"$ref": "openapi.yaml#/paths/~1cats"});
    twice["/cats"] = json!({"summary": "Cats"});
    check(source(&twice, &json!({}), &files), &[("/paths/~1dogs", json!({"summary": "Cats"}))]);
}

#[test]
fn mappings_of_discriminators_follow() {
    let mut components = list_of("pets.yaml#/Pet");
    components["schemas"]["Plain"] =
        json!({"type": "object", "properties": {"k": {"type": "string"}}});
    let file = "Pet:
  oneOf: [{$ref: dog.yaml}, {$ref: '#/Cat'}]
  discriminator: {propertyName: k, mapping: {d: ./dog.yaml, c: '#/Cat', p: Plain}}
Cat: {type: object, required: [k], properties: {k: {type: string}}}
";
    let files = [
        ("pets.yaml", file),
        ("dog.yaml", "{type: object, required: [k], properties: {k: {type: string}}}"),
    ];
    let mapping =
        json!({"d": "#/components/schemas/dog", "c": "#/components/schemas/Cat", "p": "Plain"});
    check(
        source(&json!({}), &components, &files),
        &[("/components/schemas/Pet/discriminator/mapping", mapping)],
    );
}

#[test]
fn definitions_of_json_schema_become_components() {
    let file = r##"{"$defs": {"Tag": {"type": "string"}}, "type": "array", "items": {"$ref": "#/$defs/Tag"}}"##;
    let expected = [
        (
            "/components/schemas/tags",
            json!({"type": "array", "items": {"$ref": "#/components/schemas/Tag"}}),
        ),
        ("/components/schemas/Tag", json!({"type": "string"})),
    ];
    check(source(&json!({}), &list_of("tags.json"), &[("tags.json", file)]), &expected);
}
