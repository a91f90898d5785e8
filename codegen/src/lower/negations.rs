//! Removes `not`, which no Rust type expresses, so that no type is generated for what values must
//! not be.

use serde_json::Value;

use openapi::notes::PassNotes;
use openapi::walk;

pub(super) fn run(root: &mut Value, notes: &mut PassNotes<'_>) {
    walk::document_mut(root, &mut |site, schema| {
        let removed = schema.as_object_mut().and_then(|members| members.remove("not"));
        if let Some(value) = removed {
            notes.add(&site.pointer(), format!("`not: {value}` is not enforced"));
        }
    });
}
