//! Expands merge keys: `<<` copies the entries of another mapping, or of several.
//!
//! They are an extension of YAML 1.1 (<https://yaml.org/type/merge.html>) that vendors use together
//! with aliases. Specs must not have them.

use serde_json::{Map, Value};

const KEY: &str = "<<";

/// Replaces each merge key with the entries that it copies. Entries of the mapping itself win over
/// copied ones, and so do those of an earlier mapping over those of a later one.
pub(super) fn expand(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(expand),
        Value::Object(entries) => {
            entries.values_mut().for_each(expand);
            if entries.get(KEY).is_some_and(is_copied)
                && let Some(copied) = entries.remove(KEY)
            {
                copy(copied, entries);
            }
        }
        _ => {}
    }
}

/// Returns true for a mapping or a sequence of mappings. Anything else is an ordinary value.
fn is_copied(value: &Value) -> bool {
    match value {
        Value::Array(items) => items.iter().all(Value::is_object),
        other => other.is_object(),
    }
}

fn copy(copied: Value, entries: &mut Map<String, Value>) {
    match copied {
        Value::Array(several) => several.into_iter().for_each(|one| copy(one, entries)),
        Value::Object(one) => {
            for (name, value) in one {
                entries.entry(name).or_insert(value);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::yaml::to_value;

    #[track_caller]
    fn check(text: &str, expected: &Value) {
        let value = to_value(text).expect("the text is YAML");
        assert_eq!(value["x"], *expected);
    }

    #[test]
    fn the_own_entries_win_and_then_the_first_mapping() {
        check("a: &a {n: 1, m: 1}\nx:\n  <<: *a\n  n: 2\n", &json!({"m": 1, "n": 2}));
        check("a: &a {n: 1}\nb: &b {n: 2, m: 2}\nx: {<<: [*a, *b]}\n", &json!({"n": 1, "m": 2}));
        check("a: &a {n: 1}\nb: &b {<<: *a, m: 2}\nx: [{<<: *b}]\n", &json!([{"n": 1, "m": 2}]));
        check("x: {<<: {n: 1}}\n", &json!({"n": 1}));
    }

    #[test]
    fn what_is_no_mapping_cannot_be_copied() {
        check("x: {<<: 1, n: 2}\n", &json!({"<<": 1, "n": 2}));
        check("x: {<<: [1]}\n", &json!({"<<": [1]}));
    }
}
