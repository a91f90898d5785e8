//! The verdict on a request, as the mock server's response has it.

use serde::Deserialize;
use serde_json::Value;

/// The header with the violations of a request.
const VIOLATIONS: &str = "sl-violations:";

/// The verdict of the other implementation on a request.
#[derive(Debug, PartialEq)]
pub(super) enum Verdict {
    /// The request is as the document says.
    Valid,
    /// It violates the document.
    Invalid(Vec<Violation>),
    /// No operation was found for it, for this reason.
    Unmatched(String),
}

/// A violation of a document.
#[derive(Clone, Debug, Deserialize, PartialEq)]
pub(super) struct Violation {
    /// The steps to the value, such as `request`, `body`, `name`.
    #[serde(default)]
    pub location: Vec<Value>,
    #[serde(default)]
    severity: String,
    /// The violated keyword.
    #[serde(default)]
    pub code: String,
    pub message: String,
}

/// A problem that the server reports in place of a made-up response.
#[derive(Deserialize)]
struct Problem {
    #[serde(rename = "type")]
    kind: String,
    detail: String,
    /// The violations, if the document has no response for them.
    #[serde(default)]
    validation: Vec<Violation>,
}

impl Verdict {
    /// Reads the verdict in a response.
    pub(super) fn of_response(response: &str) -> Self {
        let (head, body) = response.split_once("\r\n\r\n").unwrap_or((response, ""));
        let violations = head.lines().find_map(|line| {
            let (name, value) = line.split_at_checked(VIOLATIONS.len())?;
            name.eq_ignore_ascii_case(VIOLATIONS).then_some(value)
        });
        let violations: Vec<Violation> = violations
            .and_then(|value| serde_json::from_str(value.trim()).ok())
            .unwrap_or_default();
        let problem = problem(body);
        let listed = problem.iter().flat_map(|problem| problem.validation.iter().cloned());
        let listed = listed.map(|mut violation| {
            violation.location.insert(0, "request".into());
            violation
        });
        let of_request = |violation: &Violation| {
            let is_of_request = violation.location.first().is_none_or(|first| first == "request");
            is_of_request && violation.severity == "Error"
        };
        let mut violations = violations;
        violations.extend(listed);
        violations.retain(of_request);
        if !violations.is_empty() {
            return Self::Invalid(violations);
        }
        match problem {
            Some(Problem { kind, detail, .. }) if kind.ends_with("_MATCHED_ERROR") => {
                Self::Unmatched(detail)
            }
            Some(Problem { kind, detail, .. }) if is_about_request(&kind) => {
                let code = kind.rsplit('#').next().unwrap_or_default().to_lowercase();
                let severity = String::new();
                let location = vec!["request".into()];
                Self::Invalid(vec![Violation { location, severity, code, message: detail }])
            }
            _ => Self::Valid,
        }
    }
}

/// Returns the problem in a body, which may be sent in chunks.
fn problem(body: &str) -> Option<Problem> {
    let (start, end) = (body.find('{')?, body.rfind('}')?);
    serde_json::from_str(body.get(start..=end)?).ok()
}

/// Returns true for problems of requests. The others are about the response that is made up.
fn is_about_request(kind: &str) -> bool {
    [
        "UNAUTHORIZED",
        "UNPROCESSABLE_ENTITY",
        "INVALID_CONTENT_TYPE",
        "UNSUPPORTED_MEDIA_TYPE",
        "MALFORMED",
    ]
    .iter()
    .any(|part| kind.contains(part))
}

impl Violation {
    /// Returns the part of the request, and the violated keyword.
    pub(super) fn kind(&self) -> String {
        let part = self.location.get(1).and_then(Value::as_str).unwrap_or("request");
        format!("{part}: {}", self.code)
    }
}

#[cfg(test)]
mod tests {
    use super::Verdict;

    #[track_caller]
    fn check(response: &str, expected: &str) {
        let verdict = match Verdict::of_response(response) {
            Verdict::Valid => "valid".to_owned(),
            Verdict::Unmatched(reason) => format!("unmatched: {reason}"),
            Verdict::Invalid(all) => {
                all.iter().map(|one| format!("{} {}", one.kind(), one.message)).collect()
            }
        };
        assert_eq!(verdict, expected);
    }

    #[test]
    fn violations_are_read_from_their_header() {
        let violation = r#"{"location":["request","body","a"],"severity":"Error","code":"type","message":"a must be string"}"#;
        check(
            &format!("HTTP/1.1 422 U\r\nSL-Violations: [{violation}]\r\n\r\n{{}}"),
            "body: type a must be string",
        );
        let of_response = violation.replace("request", "response");
        check(&format!("HTTP/1.1 200 OK\r\nsl-violations: [{of_response}]\r\n\r\n{{}}"), "valid");
    }

    #[test]
    fn only_problems_of_the_request_count() {
        let problem = |kind: &str| {
            let body = format!(r#"{{"type":"https://example.com/errors#{kind}","detail":"why"}}"#);
            format!("HTTP/1.1 400 Bad\r\ncontent-type: application/problem+json\r\n\r\n{body}")
        };
        check(&problem("NO_PATH_MATCHED_ERROR"), "unmatched: why");
        check(&problem("INVALID_CONTENT_TYPE"), "request: invalid_content_type why");
        check(&problem("NO_COMPLEX_OBJECT_TEXT"), "valid");
        let listed = r#""validation":[{"location":["query"],"severity":"Error","code":"required","message":"no id"}]"#;
        let unprocessable = problem("UNPROCESSABLE_ENTITY")
            .replace(r#""detail""#, &format!(r#"{listed},"detail""#));
        check(&unprocessable, "query: required no id");
    }
}
