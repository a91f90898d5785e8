//! Refuses patterns that are no regular expressions, since what is sent could not be held to them.

use serde_json::Value;

use super::walk;
use crate::diagnostic::{Diagnostic, Location};

pub fn run(root: &Value) -> Result<(), Vec<Diagnostic>> {
    let mut diagnostics = Vec::new();
    walk::document(&mut root.clone(), &mut |site, schema| {
        let Some(pattern) = schema.get("pattern").and_then(Value::as_str) else { return };
        if let Err(error) = regress::Regex::new(pattern) {
            diagnostics.push(Diagnostic {
                rule: "bad-pattern",
                location: Location::Pointer(format!("{}/pattern", site.pointer)),
                what: format!("This pattern is no regular expression of ECMA 262: {error}."),
                why: "The generated client could not hold a value to it.".to_owned(),
                help: "Correct the pattern, or remove it.".to_owned(),
            });
        }
    });
    if diagnostics.is_empty() { Ok(()) } else { Err(diagnostics) }
}
