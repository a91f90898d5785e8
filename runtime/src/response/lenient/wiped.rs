//! JSON that may contain secrets.

use serde_json::Value;
use zeroize::Zeroize as _;

/// JSON whose strings are overwritten when it is dropped.
pub(super) struct Wiped(pub(super) Value);

impl Drop for Wiped {
    fn drop(&mut self) {
        wipe(&mut self.0);
    }
}

fn wipe(value: &mut Value) {
    match value {
        Value::String(string) => {
            #[cfg(test)]
            tests::count(string);
            string.zeroize();
        }
        Value::Array(items) => items.iter_mut().for_each(wipe),
        Value::Object(entries) => entries.values_mut().for_each(wipe),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use serde_json::json;

    use super::super::super::decoded::decode;
    use super::wipe;

    thread_local! {
        /// The strings that were wiped on this thread.
        static WIPED: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
    }

    pub(super) fn count(string: &str) {
        WIPED.with_borrow_mut(|wiped| wiped.push(string.to_owned()));
    }

    #[test]
    fn strings_are_overwritten_at_any_depth() {
        let mut value = json!({"a": "s1", "b": [{"c": "s2"}, "s3", 4, null]});
        wipe(&mut value);
        assert_eq!(value, json!({"a": "", "b": [{"c": ""}, "", 4, null]}));
    }

    #[derive(serde::Deserialize)]
    #[expect(dead_code, reason = "only decoding it matters")]
    struct Grant {
        token: Option<String>,
        id: Option<i64>,
        scopes: Option<Vec<String>>,
        inner: Option<Box<Grant>>,
        #[serde(flatten)]
        others: std::collections::BTreeMap<String, Vec<i64>>,
    }

    /// Whatever is left out, replaced, tried or kept, no copy of a string stays behind.
    #[track_caller]
    fn check(json: &str, mut strings: Vec<&str>) {
        WIPED.take();
        let _ = decode::<Grant>(json.as_bytes());
        let mut wiped = WIPED.take();
        wiped.retain(|string| !string.is_empty());
        wiped.sort();
        strings.sort_unstable();
        assert_eq!(wiped, strings, "{json}");
    }

    #[test]
    fn every_string_of_a_body_is_wiped_once() {
        check(r#"{"token": "t", "id": "x", "scopes": ["a", 1, "b"]}"#, vec!["t", "x", "a", "b"]);
        check(r#"{"token": "t", "id": "5", "inner": ["a"]}"#, vec!["t", "5", "a"]);
        check(r#"{"inner": {"token": ["a", {"b": "c"}]}, "id": []}"#, vec!["a", "c"]);
        check(r#"{"token": "t", "x": [1, "two", "3"], "y": "z"}"#, vec!["t", "two", "3", "z"]);
        check(r#"{"token": "t", "id": 1e999, "scopes": ["a", "\ud800"]}"#, vec!["t", "a"]);
        check(r#"["a", {"token": "t"}]"#, vec!["a", "t"]);
    }

    #[test]
    fn what_fits_is_never_copied() {
        check(r#"{"token": "t", "scopes": ["a"]}"#, Vec::<&str>::new());
    }
}
