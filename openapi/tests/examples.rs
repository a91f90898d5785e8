//! Tests that examples are validated against their schemas, and that findings in them can be
//! accepted.

use std::path::Path;

use openapi::diagnostic::Diagnostic;
use openapi::policy::Policy;
use openapi::rule::Rule;
use openapi::source::SpecSource;
use serde_json::Value;

use crate::document;
use crate::support::source;

/// Returns the findings about examples in a spec.
fn findings(source: SpecSource) -> Vec<Diagnostic> {
    let mut found = crate::support::findings(source, Policy::Refuse);
    found.retain(|found| found.rule == Rule::ExampleBreaksSchema);
    found
}

/// In each spec of the workspace, every example that is replaced with a value of another type is
/// found.
#[test]
fn every_example_of_the_specs_is_held_against_its_schema() {
    let mut checked = 0;
    for source in
        fixtures::list(Path::new(env!("CARGO_MANIFEST_DIR")), "../specs").iter().map(source)
    {
        let root: Value = serde_yaml::from_str(&source.text).expect("a spec is YAML");
        let mut pointers = Vec::new();
        examples("", &root, &mut pointers);
        for pointer in &pointers {
            let mut broken = root.clone();
            *broken.pointer_mut(pointer).expect("the example is there") =
                serde_json::json!([[{ "broken": [true] }]]);
            let broken = SpecSource::new(source.path.clone(), broken.to_string());
            let found = findings(broken);
            let is_there = |found: &Diagnostic| {
                found.location.pointer().is_some_and(|at| at.starts_with(pointer))
            };
            assert!(
                found.len() == 1 && is_there(&found[0]),
                "{} {pointer}: {found:?}",
                source.path
            );
        }
        checked += pointers.len();
    }
    assert!(checked > 40, "only {checked} examples were found");
}

/// A finding within an example belongs to the object that contains the example, and not to the
/// outer ones.
#[test]
fn a_finding_deep_in_an_example_is_accepted_at_its_schema() {
    let text =
        document("lint/example-breaks-schema/finds_examples_that_break_their_schema.yaml").text;
    let accepting = r#"x-lint-ignore: {example-breaks-schema: "The page has it so."}, "#;
    let example = "content: {application/json: {schema: {$ref: '#/components/schemas/Widget'}, example: {name: ok";
    let number = |text: &str| findings(SpecSource::new("specs/a.yaml", text)).len();
    let at_holder =
        text.replace(example, &example.replace("{schema", &format!("{{{accepting}schema")));
    let around =
        text.replace("'200':", &format!("'200':\n          {}", accepting.trim_end_matches(", ")));
    assert!(at_holder.len() > text.len() && around.len() > text.len());
    assert_eq!((number(&at_holder), number(&around)), (number(&text) - 1, number(&text)));
}

/// Collects the JSON pointers to examples, and to the values of named ones.
fn examples(pointer: &str, node: &Value, found: &mut Vec<String>) {
    let is_named = pointer.rsplit('/').nth(1) == Some("examples");
    match node {
        Value::Object(members) => members.iter().for_each(|(name, value)| {
            let pointer = format!("{pointer}/{}", name.replace('~', "~0").replace('/', "~1"));
            if name == "example" || is_named && name == "value" {
                found.push(pointer);
            } else {
                examples(&pointer, value, found);
            }
        }),
        Value::Array(items) => {
            items
                .iter()
                .enumerate()
                .for_each(|(index, item)| examples(&format!("{pointer}/{index}"), item, found));
        }
        _ => {}
    }
}
