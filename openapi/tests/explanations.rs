//! Tests the explanations of the rules: there is one for each, in a form that a terminal can show.

use std::collections::BTreeSet;
use std::path::Path;

use openapi::rule::{Group, Rule};

/// The longest line of an explanation, which is read in terminals.
const WIDTH: usize = 120;

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
fn every_file_in_the_folder_explains_a_rule() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules");
    let files = std::fs::read_dir(folder).expect("the folder is there");
    let files: BTreeSet<String> = files
        .map(|file| file.expect("a readable folder").file_name().to_string_lossy().into_owned())
        .collect();
    let rules: BTreeSet<String> = Rule::ALL.iter().map(|rule| format!("{rule}.md")).collect();
    assert_eq!(files, rules);
    assert!(Rule::ALL.iter().any(|rule| rule.group() == Group::Yaml));
}
