//! Checks the OpenAPI version of a document.

use serde_json::Value;

use super::State;
use crate::diagnostic::{Diagnostic, Location, Subject};
use crate::rule::Rule;
use crate::words::describe;

/// Reports a document that is not OpenAPI 3.0.
pub(super) fn check(root: &Value, state: State<'_>) -> Vec<Diagnostic> {
    let Value::Object(members) = root else {
        return vec![not_a_mapping(root)];
    };
    match (members.get("openapi"), members.get("swagger")) {
        (Some(Value::String(version)), _) if is_3_0(version) => Vec::new(),
        (Some(Value::String(version)), _)
            if version.starts_with("3.1") || version.starts_with("3.2") =>
        {
            vec![newer(version, state)]
        }
        (Some(version), _) => vec![other(version, state)],
        (None, Some(_)) => vec![swagger()],
        (None, None) => vec![missing()],
    }
}

/// Returns true for `3.0.` with the number of a patch release.
fn is_3_0(version: &str) -> bool {
    version
        .strip_prefix("3.0.")
        .is_some_and(|patch| !patch.is_empty() && patch.bytes().all(|byte| byte.is_ascii_digit()))
}

const WHY: &str = "The meaning of keywords depends on the version. Specs are written in OpenAPI 3.0, and vendors' documents are read in 3.0 and 3.1.";

fn not_a_mapping(root: &Value) -> Diagnostic {
    Diagnostic {
        rule: Rule::NotAnObject,
        subject: Subject::Node,
        location: Location::Pointer(String::new()),
        what: format!("A spec must be an object, but this is {}.", describe(root)),
        why: "There is nothing to generate a client from.".into(),
        help: "Start it with `openapi: 3.0.3`, followed by `info` and `paths`.".into(),
    }
}

fn missing() -> Diagnostic {
    Diagnostic {
        rule: Rule::OpenApiVersion,
        subject: Subject::Node,
        location: Location::Pointer(String::new()),
        what: "The spec does not state its OpenAPI version.".into(),
        why: WHY.into(),
        help: "Write `openapi: 3.0.3` on the first line.".into(),
    }
}

fn swagger() -> Diagnostic {
    Diagnostic {
        rule: Rule::Swagger2,
        subject: Subject::Node,
        location: Location::Key("/swagger".into()),
        what: "This is Swagger 2.0, the predecessor of OpenAPI 3.0.".into(),
        why: "It describes servers, request bodies and schemas with other keywords, which the generator does not read."
            .into(),
        help: "Convert it to OpenAPI 3.0.3, and review the result.".into(),
    }
}

fn newer(version: &str, state: State<'_>) -> Diagnostic {
    let (what, why, help) = match state {
        State::Written(_) => (
            "a spec is written in 3.0, and an import reads 3.0 and 3.1",
            "Schemas changed in 3.1: `type` may be an array, and `nullable` is gone.",
            "Write the spec as OpenAPI 3.0.3, with `nullable: true` instead of the type `null` and a single-value `enum` instead of `const`.",
        ),
        State::Repaired => (
            "vendors' documents are read in 3.0 and 3.1",
            "Later versions have keywords that would be lost: new methods and parameter locations, and media types of streams.",
            "Take the vendor's document for 3.1 or 3.0, or convert a copy.",
        ),
    };
    Diagnostic {
        rule: Rule::OpenApiTooNew,
        subject: Subject::Version(version.to_owned()),
        location: Location::Pointer("/openapi".into()),
        what: format!("This is OpenAPI {version}; {what}."),
        why: why.into(),
        help: help.into(),
    }
}

fn other(version: &Value, state: State<'_>) -> Diagnostic {
    let read = match state {
        State::Written(_) => "3.0",
        State::Repaired => "3.0 or 3.1",
    };
    Diagnostic {
        rule: Rule::OpenApiVersion,
        subject: Subject::Node,
        location: Location::Pointer("/openapi".into()),
        what: format!(
            "`openapi` must be a version of OpenAPI {read}, but this is {}.",
            describe(version)
        ),
        why: WHY.into(),
        help: "Write `openapi: 3.0.3`.".into(),
    }
}
