//! Finds strings that a comment truncates: in YAML, ` #` starts one.

use super::{Step, StepKind};
use crate::diagnostic::{Diagnostic, Location, Subject};
use crate::rule::Rule;
use crate::words::quote;

/// Keywords whose values are prose or patterns, so that a `#` may belong to them.
const STRINGS: [&str; 5] = ["description", "example", "pattern", "summary", "title"];

/// Reports a comment behind a plain string.
pub(super) fn finding(text: &str, step: &Step<'_>) -> Option<Diagnostic> {
    let StepKind::Scalar { text: value, quoted: false } = step.found else { return None };
    if !may_contain_hash(step.pointer) || is_not_string(value) {
        return None;
    }
    let comment = text.get(step.range.end..)?.lines().next()?.trim();
    comment.starts_with('#').then(|| Diagnostic {
        rule: Rule::TruncatedString,
        subject: Subject::Node,
        location: Location::Pointer(step.pointer.to_owned()),
        what: format!("This string is cut off before {}.", quote(comment)),
        why: "Outside of quotes, ` #` starts a comment, so the rest would be missing from the client.".into(),
        help: "Put the whole string in double quotes, or move the comment to its own line.".into(),
    })
}

/// Returns true if a value is one of those strings, or part of an example.
fn may_contain_hash(pointer: &str) -> bool {
    let steps: Vec<&str> = pointer.split('/').collect();
    let is_example = steps
        .windows(2)
        .any(|pair| pair[1] == "example" && !["properties", "schemas"].contains(&pair[0]))
        || steps.windows(3).any(|three| three[0] == "examples" && three[2] == "value");
    is_example || steps.last().is_some_and(|last| STRINGS.contains(last))
}

/// Returns true if a plain scalar is empty, a number, a boolean or null.
fn is_not_string(value: &str) -> bool {
    value.parse::<f64>().is_ok() || matches!(value, "" | "~" | "null" | "true" | "false")
}
