//! Tests that the bad examples in the explanations of the rules have findings, and the good ones
//! have none.

use codegen::lint;
use openapi::policy::Policy;
use openapi::rule::{Rule, Severity};
use openapi::source::SpecSource;

/// An example of an explanation: the file name in its fence, or else a valid one, and the text.
struct Example {
    path: String,
    text: String,
}

/// The rules that no source text can violate by itself: they are about bytes, the generator itself,
/// its other input, or previous output.
fn has_examples(rule: Rule) -> bool {
    let is_internal = matches!(
        rule,
        Rule::ProgenitorRefused
            | Rule::ProgenitorChanged
            | Rule::UntypedSchema
            | Rule::EmittedNoRust
            | Rule::GeneratorStopped
    );
    !is_internal && !matches!(rule, Rule::BadPackage | Rule::NotUtf8 | Rule::ChangedName)
}

/// Returns the example below a heading. `<U+FEFF>` stands for an invisible character.
fn example(rule: Rule, heading: &str) -> Example {
    let text = rule.explanation();
    let (_, below) = text
        .split_once(&format!("\n## {heading}\n"))
        .unwrap_or_else(|| panic!("{rule}: no {heading}"));
    let (_, fenced) =
        below.split_once("```yaml").unwrap_or_else(|| panic!("{rule}: {heading} has no example"));
    let (path, fenced) = fenced.split_once('\n').expect("a fence ends its line");
    let (text, _) =
        fenced.split_once("```\n").unwrap_or_else(|| panic!("{rule}: {heading} does not end"));
    let path =
        if path.is_empty() { "specs/widgets.yaml".to_owned() } else { path.trim().to_owned() };
    let hidden =
        [("<U+FEFF>", "\u{feff}"), ("<U+0007>", "\u{7}"), ("<U+00A0>", "\u{a0}"), ("<TAB>", "\t")];
    let text =
        hidden.iter().fold(text.to_owned(), |text, (shown, meant)| text.replace(shown, meant));
    Example { path, text }
}

fn findings(rule: Rule, example: Example) -> Vec<(Rule, Severity)> {
    let source = SpecSource::new(example.path, example.text);
    // A spec with such an operation or reference is refused, so these are found only in vendors'
    // documents.
    let is_repaired = matches!(
        rule,
        Rule::OperationLeftOut
            | Rule::MissingFile
            | Rule::LossyRepair
            | Rule::RunawayAlias
            | Rule::UnusedSecurity
    );
    let scope = if is_repaired { Policy::Repair } else { Policy::Refuse };
    let found = lint(vec![source], scope).into_iter().flat_map(|found| found.diagnostics);
    found.map(|diagnostic| (diagnostic.rule, diagnostic.severity())).collect()
}

#[test]
fn bad_examples_break_their_rule_and_good_ones_do_not() {
    for &rule in Rule::ALL.iter().filter(|rule| has_examples(**rule)) {
        let bad = findings(rule, example(rule, "Bad"));
        assert!(
            bad.iter().any(|(found, _)| *found == rule),
            "{rule}: the bad example gives {bad:?}"
        );
        let good = findings(rule, example(rule, "Good"));
        let is_wrong = |(found, severity): &(Rule, Severity)| {
            *found == rule || (*severity == Severity::Error && !found.group().is_for_specs_alone())
        };
        assert!(!good.iter().any(is_wrong), "{rule}: the good example gives {good:?}");
    }
}
