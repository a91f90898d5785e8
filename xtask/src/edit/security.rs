//! Translates the security requirements of one document to the schemes of another.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::METHODS;
use super::addition::{Addition, Clash};
use super::content::is_same;

fn components<'v>(root: &'v Value, section: &str) -> impl Iterator<Item = (&'v String, &'v Value)> {
    root["components"][section].as_object().into_iter().flatten()
}

/// Adds the security schemes that the document lacks, and returns the names of those that it has.
pub(super) fn add_schemes(
    root: &Value,
    new: &Value,
    addition: &mut Addition,
    clashes: &mut Vec<Clash>,
) -> BTreeMap<String, String> {
    let section = "securitySchemes";
    let mut renamed = BTreeMap::new();
    for (name, scheme) in components(new, section) {
        let same = components(root, section)
            .filter(|(_, known)| is_same(known, scheme))
            .map(|(known, _)| known);
        let same: Vec<&String> = same.collect();
        if let Some(known) = same.iter().find(|known| **known == name).or(same.first()).copied() {
            if known != name {
                addition
                    .notes
                    .push(format!("the security scheme `{name}` is `{known}` in the spec"));
            }
            renamed.insert(name.clone(), known.clone());
        } else if root["components"][section].get(name).is_some() {
            clashes.push(Clash::Component { section: section.to_owned(), name: name.clone() });
        } else {
            addition.add(section, name, scheme);
        }
    }
    renamed
}

/// Renames the schemes of all security requirements.
pub(super) fn rename_schemes(new: &mut Value, names: &BTreeMap<String, String>) {
    let rename = |security: &mut Value| {
        for alternative in
            security.as_array_mut().into_iter().flatten().filter_map(Value::as_object_mut)
        {
            let name = |name: String| names.get(&name).cloned().unwrap_or(name);
            *alternative = std::mem::take(alternative)
                .into_iter()
                .map(|(scheme, scopes)| (name(scheme), scopes))
                .collect();
        }
    };
    new.get_mut("security").into_iter().for_each(rename);
    for item in new["paths"].as_object_mut().into_iter().flat_map(Map::values_mut) {
        let operations = item.as_object_mut().into_iter().flat_map(Map::values_mut);
        operations.filter_map(|operation| operation.get_mut("security")).for_each(rename);
    }
}

/// States the security of each operation that has that of its document, if the other document has
/// another one. Where a document says nothing of security, the other one's holds.
pub(super) fn state(root: &Value, new: &mut Value, addition: &mut Addition) {
    let Some(security) = new.get("security").cloned() else { return note_silence(new, addition) };
    if root.get("security") == Some(&security) {
        return;
    }
    for item in new["paths"]
        .as_object_mut()
        .into_iter()
        .flat_map(Map::values_mut)
        .filter_map(Value::as_object_mut)
    {
        for (_, operation) in
            item.iter_mut().filter(|(method, _)| METHODS.contains(&method.as_str()))
        {
            if let Some(operation) = operation.as_object_mut() {
                operation.entry("security").or_insert_with(|| security.clone());
            }
        }
    }
}

/// Notes the operations without a security requirement.
fn note_silence(new: &Value, addition: &mut Addition) {
    for (path, item) in new["paths"].as_object().into_iter().flatten() {
        for method in METHODS
            .iter()
            .filter(|method| item.get(**method).is_some_and(|one| one.get("security").is_none()))
        {
            let operation = format!("{} {path}", method.to_uppercase());
            addition.notes.push(format!(
                "the document says nothing of the security of {operation}: that of the spec holds"
            ));
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::edit::merge;

    /// Compares the security of an added operation, and the notes about it.
    #[track_caller]
    fn check(new: Value, expected: Option<Value>, note: &str) {
        let root = json!({
            "security": [{"token": []}],
            "components": {"securitySchemes": {"token": {"type": "http", "scheme": "bearer", "description": "ours"}}},
        });
        let addition = merge(&root, new).expect("nothing clashes");
        assert_eq!(addition.paths["/a"]["get"].get("security").cloned(), expected);
        assert!(addition.notes.join("|").contains(note), "{:?}", addition.notes);
    }

    #[test]
    fn an_operation_has_the_security_that_its_document_states_in_the_words_of_the_other() {
        let get =
            |security: Value| json!({"/a": {"get": {"operationId": "a", "security": security}}});
        let silent = json!({"/a": {"get": {"operationId": "a"}}});
        let schemes = json!({"securitySchemes": {"bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}}});
        let document = |security: Value, paths: Value| json!({"security": security, "paths": paths, "components": schemes});
        check(document(json!([{"bearer": []}]), silent.clone()), None, "`bearer` is `token`");
        check(document(json!([]), silent.clone()), Some(json!([])), "");
        check(
            document(json!([]), get(json!([{"bearer": ["a"]}]))),
            Some(json!([{"token": ["a"]}])),
            "",
        );
        check(
            json!({"paths": silent}),
            None,
            "the document says nothing of the security of GET /a",
        );
    }
}
