//! The name of an error, such as `AuthorizationFailed`, which messages print.

use std::collections::BTreeMap;

use serde_json::value::RawValue;

/// The length in bytes of the longest name.
const MAX_LENGTH: usize = 64;

/// Returns the string at a JSON pointer if it can be part of a message. The rest of the body is not
/// copied, except for names of properties.
pub(super) fn error_code(body: &[u8], pointer: &str) -> Option<String> {
    let mut value: &RawValue = serde_json::from_slice(body).ok()?;
    for name in pointer.strip_prefix('/')?.split('/') {
        let name = name.replace("~1", "/").replace("~0", "~");
        let members: BTreeMap<String, &RawValue> = serde_json::from_str(value.get()).ok()?;
        value = members.get(&name)?;
    }
    let code: &str = serde_json::from_str(value.get()).ok()?;
    is_name(code).then(|| code.to_owned())
}

fn is_name(code: &str) -> bool {
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || b"_-.".contains(&byte);
    (1..=MAX_LENGTH).contains(&code.len()) && code.bytes().all(is_part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(body: &str, pointer: &str, expected: Option<&str>) {
        assert_eq!(error_code(body.as_bytes(), pointer).as_deref(), expected, "{body}");
    }

    #[test]
    fn reads_names_alone() {
        check(r#"{"a": 1, "code": "Not_Found-1.x"}"#, "/code", Some("Not_Found-1.x"));
        check(r#"{"error": {"a/b~": "Gone"}}"#, "/error/a~1b~0", Some("Gone"));
        check(r#"{"error": {"code": "Gone"}}"#, "/code", None);
        check(r#"{"code": "Gone"}"#, "", None);
        check(r#""Gone""#, "/code", None);
        check("<html>", "/code", None);
        let long = "x".repeat(65);
        for value in ["7", "null", r#""""#, r#""two words""#, r#""a\nb""#, &format!("\"{long}\"")] {
            check(&format!(r#"{{"code": {value}}}"#), "/code", None);
        }
    }
}
