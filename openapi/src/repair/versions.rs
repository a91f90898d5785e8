//! Completes a version of OpenAPI that lacks its patch release, or that YAML reads as a number.

use serde_json::{Value, json};

use super::log::Log;

/// The readable versions, each with the one that a shorter notation stands for.
const VERSIONS: [(&str, &str); 2] = [("3.0", "3.0.3"), ("3.1", "3.1.0")];

pub(super) fn run(root: &mut Value, log: &mut Log<'_>) {
    let stated = match root.get("openapi") {
        Some(Value::String(text)) => text.trim().to_owned(),
        Some(Value::Number(number)) => number.to_string(),
        _ => return,
    };
    let meant = VERSIONS.into_iter().find(|(minor, _)| is_of(&stated, minor));
    if let Some((_, meant)) = meant.filter(|(minor, _)| !has_patch(&stated, minor)) {
        root["openapi"] = json!(meant);
        log.note("versions", "/openapi", format!("{stated} is read as {meant}"));
    }
}

/// Returns true for `3.0`, `3.0.1` and `3.0-rc`, but not for `3.01`.
fn is_of(stated: &str, minor: &str) -> bool {
    stated
        .strip_prefix(minor)
        .is_some_and(|rest| !rest.starts_with(|one: char| one.is_ascii_digit()))
}

fn has_patch(stated: &str, minor: &str) -> bool {
    let patch = stated.strip_prefix(minor).and_then(|rest| rest.strip_prefix('.'));
    patch.is_some_and(|patch| !patch.is_empty() && patch.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::run;
    use crate::notes::Notes;
    use crate::repair::log::Log;

    #[track_caller]
    fn check(stated: &Value, expected: &Value) {
        let mut root = json!({ "openapi": stated });
        run(&mut root, &mut Log::new(&mut Notes::default()));
        assert_eq!(root["openapi"], *expected);
    }

    #[test]
    fn a_version_without_a_patch_release_is_completed() {
        for stated in [json!("3.0"), json!(3.0), json!(" 3.0 "), json!("3.0.0-rc2")] {
            check(&stated, &json!("3.0.3"));
        }
        check(&json!(3.1), &json!("3.1.0"));
        check(&json!("3.1"), &json!("3.1.0"));
    }

    #[test]
    fn other_versions_stay_as_they_are() {
        for stated in
            [json!("3.0.1"), json!("3.1.1"), json!("3.2"), json!(3), json!("3.01"), json!(null)]
        {
            check(&stated, &stated);
        }
    }
}
