//! Removes a pattern that a client cannot check as it is meant.
//!
//! Documents have patterns of other languages, such as `\A[a-z]+\z` and `/^[a-z]+$/`, which are
//! valid in ECMA 262 and match nothing that is meant. Others match none of their own examples, or
//! need an engine that can take any time. A client that enforced them would send nothing. The
//! linter reports each of them.

use openapi::matching::unenforced;
use openapi::notes::PassNotes;
use openapi::walk;
use serde_json::Value;

pub(super) fn run(root: &mut Value, notes: &mut PassNotes<'_>) {
    walk::document_mut(root, &mut |site, schema| {
        let Some(reason) = unenforced(schema) else { return };
        if let Some(members) = schema.as_object_mut() {
            members.remove("pattern");
            notes.add(&site.pointer(), format!("its pattern {}", reason.predicate()));
        }
    });
}
