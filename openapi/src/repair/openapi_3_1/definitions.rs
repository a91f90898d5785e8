//! Moves the schemas in `$defs` to `components`.

use serde_json::{Value, json};

use super::PASS;
use crate::components::{add_schemas, schema_names};
use crate::naming;
use crate::pointer::escape;
use crate::reference::{self, schema_reference};
use crate::repair::log::Log;
use crate::walk;

/// The deepest `$defs` in `$defs` that are moved.
const DEEPEST: usize = 16;

pub(super) fn run(root: &mut Value, log: &mut Log<'_>) {
    for _ in 0..DEEPEST {
        if !hoist(root, log) {
            return;
        }
    }
}

/// Moves those that are in no other `$defs`. Returns true if there were any.
fn hoist(root: &mut Value, log: &mut Log<'_>) -> bool {
    let mut names = schema_names(root);
    let mut moved: Vec<(String, String, Value)> = Vec::new();
    walk::document_mut(root, &mut |site, schema| {
        let Some(Value::Object(definitions)) =
            schema.as_object_mut().and_then(|schema| schema.remove("$defs"))
        else {
            return;
        };
        for (name, definition) in definitions {
            let from = format!("#{}/$defs/{}", site.pointer(), escape(&name));
            let name = names.take(&naming::pascal(&format!("{} {name}", site.hint())));
            log.note(PASS, &from[1..], format!("is now the schema `{name}`"));
            moved.push((from, name, definition));
        }
    });
    if moved.is_empty() {
        return false;
    }
    let targets: Vec<(String, String)> =
        moved.iter().map(|(from, name, _)| (from.clone(), name.clone())).collect();
    let added = moved.into_iter().map(|(_, name, definition)| (name, definition)).collect();
    add_schemas(root, added);
    walk::document_mut(root, &mut |_, schema| {
        let Some(target) = reference::of(schema) else { return };
        let moved = targets.iter().find_map(|(from, name)| {
            let inside = target.strip_prefix(from.as_str())?;
            (inside.is_empty() || inside.starts_with('/')).then_some((name, inside))
        });
        if let Some((name, inside)) = moved {
            schema["$ref"] = json!(format!("{}{inside}", schema_reference(name)));
        }
    });
    true
}
