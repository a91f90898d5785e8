//! Compares the parts of documents that affect a client, without prose.

use serde_json::Value;

/// Keywords that are written for people, and that a person rewrites in a spec.
const FOR_PEOPLE: [&str; 6] =
    ["description", "title", "summary", "example", "examples", "bearerFormat"];

/// Keywords whose entries are named by the document.
const MAPS: [&str; 7] =
    ["properties", "headers", "content", "responses", "variables", "scopes", "mapping"];

/// Returns true if two parts of documents are equal except for prose and extensions.
pub(super) fn is_same(one: &Value, other: &Value) -> bool {
    content(one, false) == content(other, false)
}

/// Returns a value without prose. The keys of a map are always names.
fn content(value: &Value, is_map: bool) -> Value {
    match value {
        Value::Object(entries) => {
            let is_kept =
                |key: &str| is_map || !FOR_PEOPLE.contains(&key) && !key.starts_with("x-");
            let entries = entries.iter().filter(|(key, _)| is_kept(key));
            entries
                .map(|(key, value)| {
                    (key.clone(), content(value, !is_map && MAPS.contains(&key.as_str())))
                })
                .collect()
        }
        Value::Array(items) => items.iter().map(|item| content(item, false)).collect(),
        scalar => scalar.clone(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::is_same;

    #[test]
    fn prose_makes_no_difference_but_names_do() {
        let one = json!({"type": "object", "description": "A", "properties": {"title": {"type": "string"}}});
        let rewritten = json!({"type": "object", "x-lint-ignore": {}, "properties": {"title": {"type": "string", "example": "a"}}});
        assert!(is_same(&one, &rewritten));
        assert!(!is_same(&one, &json!({"type": "object", "properties": {}})));
        assert!(!is_same(
            &one,
            &json!({"type": "object", "properties": {"title": {"type": "integer"}}})
        ));
    }
}
