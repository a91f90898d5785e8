//! Marks the secrets that the rule `unmarked-secret` would report.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::lint::unmarked_secrets;
use crate::object::SECRET_FORMAT;

/// A string that was marked as a secret because of its name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Secret {
    /// The JSON pointer to the schema that was marked.
    pub pointer: String,
    /// The name of the property, parameter, header or component.
    pub name: String,
    /// The previous format of the schema.
    pub format: Option<String>,
}

/// Marks all of them, and returns them sorted.
pub(super) fn mark(root: &mut Value) -> Vec<Secret> {
    let mut marked: Vec<Secret> = Vec::new();
    for secret in unmarked_secrets(root) {
        for pointer in secret.schemas {
            let Some(members) = root.pointer_mut(&pointer).and_then(Value::as_object_mut) else {
                continue;
            };
            let before = members.insert("format".to_owned(), json!(SECRET_FORMAT));
            let format = before.and_then(|format| format.as_str().map(str::to_owned));
            // A schema that several names refer to is marked once.
            if format.as_deref() != Some(SECRET_FORMAT) {
                marked.push(Secret { pointer, name: secret.name.clone(), format });
            }
        }
    }
    marked.sort();
    marked
}
