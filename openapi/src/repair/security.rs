//! Rewrites malformed security requirements. None of them is dropped, since an operation would then
//! be called without its credential.

use serde_json::{Map, Value, json};

use super::log::Edit;
use crate::object::Object;
use crate::pointer::{last, parent, unescape};

/// The prefix of pointers to security schemes.
pub(super) const SCHEMES: &str = "/components/securitySchemes/";

/// Returns a scheme for an unknown credential, which callers send in `Authorization`.
fn unknown() -> Value {
    json!({"type": "apiKey", "in": "header", "name": "Authorization"})
}

/// Defines an undefined scheme that is required, so that no operation is called without it.
pub(super) fn define_scheme(root: &mut Value, pointer: &str) -> Option<Edit> {
    let name = unescape(pointer.rsplit('/').next()?);
    let components =
        root.as_object_mut()?.entry("components").or_insert_with(|| json!({})).as_object_mut()?;
    let schemes =
        components.entry("securitySchemes").or_insert_with(|| json!({})).as_object_mut()?;
    schemes.insert(name, unknown());
    Some(Edit::Lossy(
        "The client makes it up: a credential that the caller sends in `Authorization`.",
    ))
}

/// Completes a scheme that lacks keywords. The caller has to know where its tokens come from.
pub(super) fn complete(root: &mut Value, pointer: &str) -> Option<Edit> {
    let name = pointer.strip_prefix(SCHEMES)?.split('/').next()?;
    let scheme = root.pointer_mut(&format!("{SCHEMES}{name}"))?;
    match scheme.string("type") {
        Some("oauth2") => scheme["flows"] = json!({}),
        Some("openIdConnect") => scheme["openIdConnectUrl"] = json!(""),
        _ => {
            *scheme = unknown();
            return Some(Edit::Lossy(
                "The client makes up the scheme: a credential that the caller sends in `Authorization`.",
            ));
        }
    }
    Some(Edit::Restated("It is read as a scheme whose tokens the caller obtains elsewhere."))
}

/// Returns true if a pointer points into security requirements, or into a misspelt keyword for
/// them.
pub(super) fn is_about(pointer: &str) -> bool {
    let is_near = |step: &str| strsim::levenshtein(step, "security") <= 2;
    pointer.split('/').any(is_near) && !pointer.starts_with("/components/")
}

/// Rewrites the security requirements around a pointer as an array of objects from schemes to
/// scopes.
pub(super) fn restate(root: &mut Value, pointer: &str) -> Option<Edit> {
    let end = pointer.match_indices('/').map(|(at, _)| at).chain([pointer.len()]);
    let place = end.map(|end| &pointer[..end]).find(|place| place.ends_with("/security"));
    let Some(place) = place else { return restate_keyword(root, pointer) };
    let stated = root.pointer_mut(place)?;
    *stated = match stated.take() {
        Value::Array(alternatives) => alternatives.into_iter().map(requirement).collect(),
        one => json!([requirement(one)]),
    };
    Some(Edit::Restated("It is read as a requirement without scopes."))
}

/// Reads a misspelt keyword for security requirements as that keyword, so that no operation is
/// called without its credential.
fn restate_keyword(root: &mut Value, pointer: &str) -> Option<Edit> {
    let holder = root.pointer_mut(parent(pointer)?)?.as_object_mut()?;
    let stated = holder.remove(&last(pointer))?;
    if holder.contains_key("security") {
        return Some(Edit::Lossy("The client does not know what it says."));
    }
    holder.insert("security".to_owned(), stated);
    Some(Edit::Lossy("The client takes it for `security`."))
}

fn requirement(stated: Value) -> Value {
    match stated {
        Value::Object(schemes) => schemes
            .into_iter()
            .map(|(scheme, scopes)| {
                let scopes = match scopes {
                    Value::Array(scopes) => scopes.into_iter().filter(Value::is_string).collect(),
                    Value::String(scope) => json!([scope]),
                    _ => json!([]),
                };
                (scheme, scopes)
            })
            .collect::<Map<_, _>>()
            .into(),
        Value::String(scheme) => json!({ scheme: [] }),
        // There is no such scheme, so the operation is left out.
        _ => json!({ "unknown": [] }),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{is_about, restate};

    #[track_caller]
    fn check(stated: &Value, place: &str, expected: &Value) {
        let mut root = json!({"paths": {"/a": {"get": {"security": stated}}}});
        let pointer = format!("/paths/~1a/get/security{place}");
        assert!(is_about(&pointer) && restate(&mut root, &pointer).is_some());
        assert_eq!(root["paths"]["/a"]["get"]["security"], *expected);
    }

    #[test]
    fn no_requirement_is_lost() {
        check(&json!([{"oauth2": null}]), "/0/oauth2", &json!([{"oauth2": []}]));
        check(&json!([{"oauth2": "read"}]), "/0/oauth2", &json!([{"oauth2": ["read"]}]));
        check(&json!(["oauth2"]), "/0", &json!([{"oauth2": []}]));
        check(&json!({"oauth2": []}), "", &json!([{"oauth2": []}]));
        check(&json!("oauth2"), "", &json!([{"oauth2": []}]));
        check(&json!(null), "", &json!([{"unknown": []}]));
    }

    #[test]
    fn a_misspelt_keyword_is_not_taken_out() {
        let mut root = json!({"paths": {"/a": {"get": {"securty": [{"key": []}]}}}});
        let pointer = "/paths/~1a/get/securty";
        assert!(is_about(pointer) && restate(&mut root, pointer).is_some());
        assert_eq!(root, json!({"paths": {"/a": {"get": {"security": [{"key": []}]}}}}));
    }
}
