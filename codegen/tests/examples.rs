//! Tests the examples in the documentation of methods: how calls are written, and which are left
//! out.

use codegen::package::Package;
use openapi::policy::Policy;
use openapi::source::SpecSource;

const HEAD: &str = "openapi: 3.0.3
info: {title: Widgets, version: '1'}
servers: [{url: 'https://{host}/v1', variables: {host: {default: example.com}}}]
components:
  schemas:
    Color: {type: string, enum: [red, deep blue]}
    Widget:
      type: object
      required: [name, color, parts, notes]
      properties:
        name: {type: string, maxLength: 9}
        color: {$ref: '#/components/schemas/Color'}
        parts: {type: array, items: {type: integer}}
        notes: {type: string, nullable: true}
        secretKey: {type: string, format: password, example: key}
    Any: {oneOf: [{type: string}, {type: integer}]}
paths:
  /widgets/{id}:
    put:
      operationId: put_widget
      parameters:
";

/// Returns the lines of the operation's example, without those that all examples have.
fn example(operation: &str) -> Vec<String> {
    let source = SpecSource::new(
        "widgets.yaml",
        format!("{HEAD}{operation}      responses: {{'204': {{description: Done}}}}\n"),
    );
    let generated = codegen::generate(&Package::default(), vec![source], Policy::Repair);
    let files = generated.unwrap_or_else(|found| panic!("{found:?}")).files;
    let lines = files["src/widgets/client.rs"].lines().map(str::trim_start);
    let mut lines = lines
        .skip_while(|line| *line != "/// ```no_run")
        .skip(1)
        .take_while(|line| *line != "/// ```");
    let shared = ["/// # async fn", "/// # Ok(())", "/// # }", "/// println!"];
    let lines = lines
        .by_ref()
        .filter(|line| *line != "///" && !shared.iter().any(|shared| line.starts_with(shared)));
    lines.map(|line| line.trim_start_matches("/// ").to_owned()).collect()
}

#[track_caller]
fn check(operation: &str, expected: &[&str]) {
    assert_eq!(example(operation), expected);
}

#[test]
fn arguments_are_the_examples_of_the_document() {
    check(
        "        - {name: id, in: path, required: true, schema: {type: integer}, example: -4}
        - {name: color, in: query, required: true, schema: {$ref: '#/components/schemas/Color'}, example: deep blue}
        - {name: size, in: query, schema: {type: number}, example: 1.5}
        - {name: words, in: query, schema: {type: array, items: {type: string}}, example: ['say \"hi\"']}
        - {name: third, in: query, schema: {type: string}}
",
        &[
            "use client::widgets::{Client, types};",
            "let client = Client::new(\"example.com\", ())?;",
            "let response = client",
            "    .put_widget(-4, &types::Color::DeepBlue)",
            "    .size(1.5)",
            "    .words(&[\"say \\\"hi\\\"\".into()])",
            "    .await?;",
        ],
    );
}

#[test]
fn a_body_is_made_by_its_constructor_and_a_setter_or_two() {
    check(
        "        - {name: id, in: path, required: true, schema: {type: string}}
      requestBody:
        required: true
        content: {application/json: {schema: {$ref: '#/components/schemas/Widget'}}}
",
        &[
            "use client::widgets::{Client, types};",
            "let client = Client::new(\"example.com\", ())?;",
            "let body = types::Widget::new(\"name\", types::Color::Red, vec![1]).notes(\"notes\").secret_key(\"key\");",
            "let response = client.put_widget(\"id\", &body).await?;",
        ],
    );
}

#[test]
fn a_string_that_stands_for_several_types_is_a_value_of_one_of_them() {
    check(
        "        - {name: id, in: path, required: true, schema: {oneOf: [{type: string, enum: [auto]}, {type: number}]}}
        - {name: size, in: query, required: true, schema: {anyOf: [{type: string}, {type: number}]}}
        - {name: code, in: query, required: true, schema: {type: string, format: byte}}
",
        &[
            "use client::widgets::Client;",
            "let client = Client::new(\"example.com\", ())?;",
            "let response = client.put_widget(\"auto\", \"size\", \"dmFsdWU=\").await?;",
        ],
    );
}

#[test]
fn what_a_caller_has_to_choose_or_to_allow_is_shown() {
    check(
        "        - {name: id, in: path, required: true, schema: {type: string}}
      requestBody: {required: true, content: {image/*: {}}}
      servers: [{url: 'https://files.example.com'}]
",
        &[
            "use client::widgets::Client;",
            "let client = Client::builder(\"https://example.com/v1\")",
            "    .allow_origin(\"https://files.example.com\")",
            "    .build(())?;",
            "let response = client.put_widget(\"id\", \"image/png\", \"value\").await?;",
        ],
    );
}

#[test]
fn what_takes_more_than_a_few_words_is_left_out() {
    let body = |schema: &str| {
        format!(
            "        - {{name: id, in: path, required: true, schema: {{type: string}}}}
      requestBody: {{required: true, content: {{application/json: {{schema: {schema}}}}}}}
"
        )
    };
    check(&body("{$ref: '#/components/schemas/Any'}"), &[]);
    check(&body("{type: object, additionalProperties: {type: string}}"), &[]);
    check(&body("{}"), &[]);
    // It would end the block of the example.
    check(
        "        - {name: id, in: path, required: true, schema: {type: string}, example: '```'}\n",
        &[],
    );
}
