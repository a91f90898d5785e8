//! Reads security schemes and requirements.

use serde_json::Value;

use super::parameters::is_header_name;
use super::read::{Reader, escape, items, members, text};
use super::{Scheme, SchemeKind};
use crate::naming::{self, UniqueNames};

/// How many schemes one alternative can combine; the runtime has tuples up to this length.
const MOST_COMBINED: usize = 3;

/// The security schemes of a document.
///
/// One that is not supported is left out here, and reported where an operation asks for it.
pub fn read_schemes(reader: &Reader<'_>) -> Vec<Scheme> {
    let root = reader.root;
    let mut names = UniqueNames::default();
    let mut schemes = Vec::new();
    for (name, node) in root.get("components").into_iter().flat_map(|components| members(components, "securitySchemes"))
    {
        let node = reader.resolve(node);
        let Some(kind) = read_kind(node) else { continue };
        schemes.push(Scheme {
            name: name.clone(),
            rust_name: names.take(&naming::pascal(name)),
            description: text(node, "description"),
            kind,
            facts: facts(node),
        });
    }
    schemes
}

fn read_kind(node: &Value) -> Option<SchemeKind> {
    let bearer = |prefix: &str| SchemeKind::Token { header: "authorization".to_owned(), prefix: prefix.to_owned() };
    match (text(node, "type").as_str(), text(node, "scheme").to_ascii_lowercase().as_str()) {
        ("http", "basic") => {
            let mut names = UniqueNames::default();
            let mut part = |key: &str, otherwise: &str| {
                let named = node.get("x-basic-credentials").map(|parts| text(parts, key));
                let named = named.filter(|name| !name.is_empty()).unwrap_or_else(|| otherwise.to_owned());
                names.take(&naming::snake(&named))
            };
            Some(SchemeKind::Basic { user_id: part("user-id", "username"), password: part("password", "password") })
        }
        ("http", "bearer") | ("oauth2" | "openIdConnect", _) => Some(bearer("Bearer ")),
        ("apiKey", _) if node["in"] == "header" && is_header_name(&text(node, "name")) => {
            let prefix = text(node, "x-credential-prefix");
            let prefix = if prefix.is_empty() { prefix } else { format!("{prefix} ") };
            Some(SchemeKind::Token { header: text(node, "name").to_ascii_lowercase(), prefix })
        }
        _ => None,
    }
}

/// Everything but the description, on one line.
fn facts(node: &Value) -> String {
    let facts = node.as_object().into_iter().flatten().filter(|(key, _)| *key != "description");
    facts.map(|(key, value)| format!("{key}={value}")).collect::<Vec<_>>().join(" ")
}

/// The security requirements of an operation: its own, or else those of the document.
pub fn read_security(
    reader: &mut Reader<'_>,
    schemes: &[Scheme],
    operation: &Value,
    pointer: &str,
) -> Vec<Vec<(String, Vec<String>)>> {
    let (stated, pointer) = match operation.get("security") {
        Some(_) => (operation, format!("{pointer}/security")),
        None => (reader.root, "/security".to_owned()),
    };
    let alternatives = items(stated, "security").iter().map(|alternative| {
        let schemes = alternative.as_object().into_iter().flatten();
        schemes.map(|(name, scopes)| (name.clone(), scopes_of(scopes))).collect::<Vec<_>>()
    });
    let alternatives: Vec<_> = alternatives.collect();
    if alternatives.iter().any(|alternative| alternative.len() > MOST_COMBINED) {
        reader.unsupported(&pointer, "more than three security schemes at once", "Name those that callers should use");
    }
    for (name, _) in alternatives.iter().flatten() {
        if !schemes.iter().any(|scheme| scheme.name == *name) {
            reader.unsupported(
                &format!("/components/securitySchemes/{}", escape(name)),
                "a security scheme that is neither Basic, bearer, OAuth 2 nor an API key in a header",
                "Describe how else a caller can authenticate",
            );
        }
    }
    alternatives
}

fn scopes_of(scopes: &Value) -> Vec<String> {
    scopes.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}
