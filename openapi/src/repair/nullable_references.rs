//! Moves `nullable` beside a reference to where OpenAPI 3.0 reads it.
//!
//! 3.0 ignores keywords beside `$ref`, but nobody writes `nullable` there in vain. Other keywords
//! stay, and the linter reports them.

use serde_json::{Value, json};

use super::log::Log;
use crate::object::Schema;
use crate::reference;
use crate::walk;

pub(super) fn run(root: &mut Value, log: &mut Log<'_>) {
    walk::document_mut(root, &mut |site, schema| {
        if reference::of(schema).is_none() || !schema.is_nullable() {
            return;
        }
        let target = schema["$ref"].take();
        *schema = json!({"nullable": true, "allOf": [{"$ref": target}]});
        let text = "`nullable` beside the reference allows null";
        log.note("nullable_references", &site.pointer(), text);
    });
}
