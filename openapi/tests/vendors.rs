//! Tests what the linter says of vendors' documents.

use openapi::policy::Policy;
use openapi::report::positions;
use openapi::rule::Rule;
use openapi::source::SpecSource;

use crate::support::findings;

/// Returns the findings in the schemas of a document: line, rule and message of each.
fn found(version: &str, schemas: &str) -> Vec<(usize, Rule, String)> {
    let text = format!(
        "openapi: {version}\ninfo: {{title: Widgets, version: '1'}}\npaths: {{}}\ncomponents:\n  schemas:\n{schemas}"
    );
    let source = SpecSource::new("widgets.yaml", text);
    let mut found = findings(source.clone(), Policy::Repair);
    found.retain(|one| one.rule != Rule::UnusedComponent);
    let lines = positions(&source, &found.iter().collect::<Vec<_>>());
    let mut found: Vec<(usize, Rule, String)> =
        lines.into_iter().zip(found).map(|((line, _), one)| (line, one.rule, one.what)).collect();
    found.sort_by_key(|(line, ..)| *line);
    found
}

/// Returns the lines of examples that do not match their schemas.
fn wrong(version: &str, schemas: &str) -> Vec<usize> {
    let found = found(version, schemas).into_iter();
    found.filter(|(_, rule, _)| *rule == Rule::ExampleBreaksSchema).map(|(line, ..)| line).collect()
}

#[test]
fn examples_of_openapi_3_1_are_judged_by_its_rules() {
    let schemas = "    A: {type: array, prefixItems: [{type: string}], items: {type: integer}, example: [a, 1, 2]}
    B: {type: array, prefixItems: [{type: string}], items: {type: integer}, example: [a, b]}
    C: {type: array, prefixItems: [{type: string}], items: false, example: [a, b]}
    D: {type: [string, integer], example: 1}
    E: {type: [string, integer], example: true}
    F: {$ref: '#/components/schemas/D', minLength: 2, example: a}
    G: {type: integer, exclusiveMinimum: 3, examples: [4, 3]}
    H: {type: object, patternProperties: {^x: {type: string}}, additionalProperties: false, example: {x: a}}
    I: {type: object, if: {required: [a]}, then: {required: [b]}, example: {a: 1}}
    J: {const: 1, example: 2}
    K: {type: [string, 'null'], example: null}
    L: {type: object, properties: {a: false}, example: {a: 1}}
";
    assert_eq!(wrong("3.1.0", schemas), [7, 8, 10, 11, 12, 14, 15, 17]);
}

#[test]
fn examples_of_openapi_3_0_are_judged_by_its_rules() {
    let schemas = "    A: {type: integer, minimum: 3, exclusiveMinimum: true, example: 3}
    B: {type: string, nullable: true, example: null}
    C: {$ref: '#/components/schemas/A', nullable: true, example: null}
";
    assert_eq!(wrong("3.0.3", schemas), [6]);
}

#[test]
fn what_the_client_does_not_check_is_told() {
    let schemas = "    A: {minimum: 1}
    B: {allOf: [{type: string}, {maxLength: 3}]}
    C: {type: object, if: {required: [a]}}
    D: {type: array, items: {type: string}, contains: {const: a}}
    E: {type: [string, integer]}
    F: {type: object, patternProperties: {^a: {type: string}, ^b: {type: integer}}}
    G: {type: object, patternProperties: {^a: {type: string}}, additionalProperties: false}
";
    let found: Vec<(usize, Rule)> =
        found("3.1.0", schemas).into_iter().map(|(line, rule, _)| (line, rule)).collect();
    let lossy = |line| (line, Rule::LossyRepair);
    let expected = [(6, Rule::IneffectiveConstraint), lossy(8), lossy(9), lossy(10), lossy(11)];
    assert_eq!(found, expected);
}

#[test]
fn aliases_are_expanded_up_to_a_limit() {
    let level =
        |name: &str, inside: &str| format!("x-{name}: &{name} [{}]\n", [inside; 10].join(", "));
    let text = |levels: &[&str]| {
        let mut text = "openapi: 3.0.3\ninfo: {title: A, version: '1'}\npaths: {}\n".to_owned();
        text.push_str(&level("a", "1"));
        for (inner, outer) in levels.iter().zip(&levels[1..]) {
            text.push_str(&level(outer, &format!("*{inner}")));
        }
        SpecSource::new("widgets.yaml", text)
    };
    assert_eq!(findings(text(&["a", "b", "c", "d"]), Policy::Repair), []);
    // Five levels are too many for so short a text, and eight are for any.
    for (levels, line) in
        [(&["a", "b", "c", "d", "e"][..], 8), (&["a", "b", "c", "d", "e", "f", "g", "h"], 9)]
    {
        let source = text(levels);
        let found = findings(source.clone(), Policy::Repair);
        let rules: Vec<Rule> = found.iter().map(|one| one.rule).collect();
        assert_eq!(rules, [Rule::RunawayAlias]);
        assert_eq!(positions(&source, &[&found[0]])[0].0, line);
    }
}

#[test]
fn a_byte_order_mark_moves_no_location() {
    let text = "\u{feff}openapi: 3.0.3\ninfo: {title: A, version: '1'}\npaths: {a: {}}\n";
    let source = SpecSource::new("widgets.yaml", text);
    let found = findings(source.clone(), Policy::Repair);
    assert_eq!(positions(&source, &found.iter().collect::<Vec<_>>()), [(3, 9)]);
    let json =
        format!("\u{feff}{}", r#"{"openapi": "3.1.0", "info": {"title": "A", "version": "1"}}"#);
    assert_eq!(findings(SpecSource::new("widgets.json", json), Policy::Repair), []);
}
