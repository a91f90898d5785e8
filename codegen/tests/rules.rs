//! The explanations of the rules: complete, and with examples that are what they are said to be.

use std::collections::BTreeSet;
use std::path::Path;

use codegen::lint;
use openapi::policy::Policy;
use openapi::rule::{Group, Rule, Severity};
use openapi::source::SpecSource;

/// Longest line of an explanation, which is read in terminals.
const WIDTH: usize = 120;

/// An example of an explanation: the file that its fence names, or else one with a good name, and the text.
struct Example {
    path: String,
    text: String,
}

/// Rules that no text can break by itself: they are about bytes, the generator itself, its
/// other input, or what was generated before.
fn has_examples(rule: Rule) -> bool {
    let is_internal = matches!(
        rule,
        Rule::ProgenitorRefused | Rule::ProgenitorChanged | Rule::EmittedNoRust | Rule::GeneratorStopped
    );
    !is_internal && !matches!(rule, Rule::BadPackage | Rule::NotUtf8 | Rule::ChangedName)
}

/// The example below a heading. `<U+FEFF>` stands for a character that would not be seen.
fn example(rule: Rule, heading: &str) -> Example {
    let text = rule.explanation();
    let (_, below) = text.split_once(&format!("\n## {heading}\n")).unwrap_or_else(|| panic!("{rule}: no {heading}"));
    let (_, fenced) = below.split_once("```yaml").unwrap_or_else(|| panic!("{rule}: {heading} has no example"));
    let (path, fenced) = fenced.split_once('\n').expect("a fence ends its line");
    let (text, _) = fenced.split_once("```\n").unwrap_or_else(|| panic!("{rule}: {heading} does not end"));
    let path = if path.is_empty() { "specs/widgets.yaml".to_owned() } else { path.trim().to_owned() };
    let hidden = [("<U+FEFF>", "\u{feff}"), ("<U+0007>", "\u{7}"), ("<U+00A0>", "\u{a0}"), ("<TAB>", "\t")];
    let text = hidden.iter().fold(text.to_owned(), |text, (shown, meant)| text.replace(shown, meant));
    Example { path, text }
}

fn findings(rule: Rule, example: Example) -> Vec<(Rule, Severity)> {
    let source = SpecSource::new(example.path, example.text);
    // A spec with such an operation or reference is refused, so that these are found in documents from elsewhere alone.
    let is_repaired = matches!(rule, Rule::OperationLeftOut | Rule::MissingFile);
    let scope = if is_repaired { Policy::Repair } else { Policy::Refuse };
    let found = lint(vec![source], scope).into_iter().flat_map(|found| found.diagnostics);
    found.map(|diagnostic| (diagnostic.rule, diagnostic.severity())).collect()
}

#[test]
fn every_explanation_starts_with_the_rule_in_a_sentence() {
    for &rule in Rule::ALL {
        let mut lines = rule.explanation().lines();
        assert_eq!(lines.next(), Some(format!("# {rule}").as_str()));
        assert_eq!(lines.next(), Some(""), "{rule}");
        let sentence = lines.next().unwrap_or_default();
        assert!(sentence.ends_with('.') && sentence.len() > 20, "{rule}: {sentence}");
        assert_eq!(lines.next(), Some(""), "{rule}: the first sentence stands alone");
        let longest = rule.explanation().lines().map(str::len).max();
        assert!(longest <= Some(WIDTH), "{rule} has a line of {longest:?} bytes");
    }
}

#[test]
fn bad_examples_break_their_rule_and_good_ones_do_not() {
    for &rule in Rule::ALL.iter().filter(|rule| has_examples(**rule)) {
        let bad = findings(rule, example(rule, "Bad"));
        assert!(bad.iter().any(|(found, _)| *found == rule), "{rule}: the bad example gives {bad:?}");
        let good = findings(rule, example(rule, "Good"));
        let is_wrong = |(found, severity): &(Rule, Severity)| {
            *found == rule || (*severity == Severity::Error && !found.group().is_for_specs_alone())
        };
        assert!(!good.iter().any(is_wrong), "{rule}: the good example gives {good:?}");
    }
}

#[test]
fn every_file_in_the_folder_explains_a_rule() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../openapi/rules");
    let files = std::fs::read_dir(folder).expect("the folder is there");
    let files: BTreeSet<String> =
        files.map(|file| file.expect("a readable folder").file_name().to_string_lossy().into_owned()).collect();
    let rules: BTreeSet<String> = Rule::ALL.iter().map(|rule| format!("{rule}.md")).collect();
    assert_eq!(files, rules);
    assert!(Rule::ALL.iter().any(|rule| rule.group() == Group::Yaml));
}
