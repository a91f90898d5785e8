//! Renders changes for programs.

use serde_json::{Value, json};

use crate::bump::required;
use crate::change::{Change, Line};

/// Renders the changes as one JSON object.
#[must_use]
pub fn render(changes: &[Change]) -> Value {
    let line = |line: Option<Line>| line.map(|Line(number)| json!({ "line": number }));
    let object = |change: &Change| {
        json!({
            "rule": change.rule.id(),
            "api": change.api,
            "operation": change.operation,
            "pointer": change.pointer,
            "from": line(change.from),
            "to": line(change.to),
            "deployed": change.verdict.deployed.name(),
            "source": change.verdict.source.name(),
            "behaviour": change.verdict.behaviour(),
            "text": change.text,
            "why": change.verdict.why,
            "bump": change.bump().name(),
            "rust_name": change.rust_name,
        })
    };
    json!({
        "bump": required(changes).name(),
        "changes": changes.iter().map(object).collect::<Vec<_>>(),
    })
}
