//! The examples of documents, which the tests of their clients decode.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// Exit code of tests some of which failed.
const FAILED: i32 = 101;

/// What became of the tests of a client.
#[derive(Debug, Default)]
pub struct Tried {
    /// Tests that passed.
    pub passed: BTreeSet<String>,
    /// Tests of examples that decode, but encode to something else.
    pub unequal: BTreeSet<String>,
    /// Tests that failed otherwise, and the first line that says why.
    pub failed: BTreeMap<String, String>,
}

/// The tests in the text of a file that each decode an example, and whether it is none of those that are wrong.
pub fn in_tests(text: &str, wrong: &[&Value]) -> BTreeMap<String, bool> {
    let wrong: BTreeSet<String> = wrong.iter().map(|value| format!("{value:#}")).collect();
    let tests = text.split("#[test]\nfn ").skip(1).filter_map(|test| {
        let (name, body) = test.split_once("() {\n    ")?;
        // Without the helpers behind the last test.
        let (body, _) = body.strip_prefix("round_trips::<")?.split_once("\n}\n")?;
        let (begin, end) = (body.find('"')? + 1, body.rfind('"')?);
        Some((name.to_owned(), !wrong.contains(body.get(begin..end)?)))
    });
    tests.collect()
}

/// Runs the tests of a client.
///
/// # Errors
/// What stands in the way, in a sentence.
pub fn run(tests: &Path) -> Result<Tried, String> {
    let output = Command::new(tests).output().map_err(|error| format!("cannot run {}: {error}", tests.display()))?;
    let text = String::from_utf8_lossy(&output.stdout);
    let mut tried = Tried::default();
    for (name, result) in text.lines().filter_map(|line| line.strip_prefix("test ")?.split_once(" ... ")) {
        if result == "ok" {
            tried.passed.insert(name.to_owned());
        } else if result == "FAILED" {
            let why = text.split_once(&format!("---- {name} stdout ----\n")).map_or("", |(_, behind)| behind);
            let why = why.lines().find(|line| !line.is_empty() && !line.starts_with("thread '")).unwrap_or_default();
            if why.starts_with("assertion `left == right` failed") {
                tried.unequal.insert(name.to_owned());
            } else {
                tried.failed.insert(name.to_owned(), why.to_owned());
            }
        }
    }
    if output.status.code().is_none_or(|code| code != 0 && code != FAILED) {
        tried.failed.insert("the tests".to_owned(), format!("they ended with {}", output.status));
    }
    Ok(tried)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::in_tests;

    const TESTS: &str = r##"
#[test]
fn get_widget_response_200_example() {
    round_trips::<
        types::Widget,
    >(
        r#"{
  "name": "one"
}"#,
    );
}

#[test]
fn get_widget_response_200_wrong() {
    round_trips::<types::Widget>(r#"1"#);
}

#[test]
fn widget_is_lenient() {
    decodes::<types::Widget>(&["{}"]);
}

#[track_caller]
fn round_trips<T: serde::de::DeserializeOwned + serde::Serialize>(sample: &str) {
}
"##;

    #[test]
    fn tests_of_examples_are_told_from_others_and_wrong_examples_from_right_ones() {
        let found = in_tests(TESTS, &[&json!(1), &json!({"name": "two"})]);
        let expected =
            [("get_widget_response_200_example".to_owned(), true), ("get_widget_response_200_wrong".to_owned(), false)];
        assert_eq!(found, expected.into());
    }
}
