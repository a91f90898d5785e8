//! Finds the examples of a document among the tests of its client, which decode them.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

/// The tests in a source file that each decode an example; true if it is none of the wrong ones.
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
