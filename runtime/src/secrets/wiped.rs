//! JSON that may contain secrets.

use serde_json::Value;
use zeroize::Zeroize as _;

/// JSON whose strings are overwritten when it is dropped.
pub(crate) struct Wiped(pub(crate) Value);

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
pub(crate) mod tests {
    use std::cell::RefCell;

    use serde_json::json;

    use super::wipe;

    thread_local! {
        static WIPED: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
    }

    pub(super) fn count(string: &str) {
        if !string.is_empty() {
            WIPED.with_borrow_mut(|wiped| wiped.push(string.to_owned()));
        }
    }

    /// Returns the strings that `run` wipes on this thread, in the order of their characters.
    pub(crate) fn wiped_by<R>(run: impl FnOnce() -> R) -> Vec<String> {
        WIPED.take();
        drop(run());
        let mut wiped = WIPED.take();
        wiped.sort();
        wiped
    }

    #[test]
    fn strings_are_overwritten_at_any_depth() {
        let mut value = json!({"a": "s1", "b": [{"c": "s2"}, "s3", 4, null]});
        wipe(&mut value);
        assert_eq!(value, json!({"a": "", "b": [{"c": ""}, "", 4, null]}));
    }
}
