//! Reads security schemes and requirements.

use serde_json::Value;

use super::read::{Reader, escape, items, members, text};
use super::{Scheme, SchemeKind};
use crate::naming::{self, UniqueNames};

/// The security schemes of a document.
pub fn read_schemes(reader: &mut Reader<'_>) -> Vec<Scheme> {
    let root = reader.root;
    let mut names = UniqueNames::default();
    let mut schemes = Vec::new();
    for (name, node) in root.get("components").into_iter().flat_map(|components| members(components, "securitySchemes"))
    {
        let node = reader.resolve(node);
        let pointer = format!("/components/securitySchemes/{}", escape(name));
        let Some(kind) = read_kind(node) else {
            reader.unsupported(
                &pointer,
                "a security scheme that is neither Basic, bearer, OAuth 2 nor an API key in a header",
                "Describe how else a caller can authenticate",
            );
            continue;
        };
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
            let part = |key: &str, otherwise: &str| {
                let named = node.get("x-basic-credentials").map(|parts| text(parts, key));
                naming::snake(&named.filter(|name| !name.is_empty()).unwrap_or_else(|| otherwise.to_owned()))
            };
            Some(SchemeKind::Basic { user_id: part("user-id", "username"), password: part("password", "password") })
        }
        ("http", "bearer") | ("oauth2" | "openIdConnect", _) => Some(bearer("Bearer ")),
        ("apiKey", _) if node["in"] == "header" => {
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
pub fn read_security(reader: &mut Reader<'_>, operation: &Value, pointer: &str) -> Vec<Vec<(String, Vec<String>)>> {
    let root = reader.root;
    let stated = if operation.get("security").is_some() { operation } else { root };
    let alternatives = items(stated, "security").iter().map(|alternative| {
        let schemes = alternative.as_object().into_iter().flatten();
        schemes.map(|(name, scopes)| (name.clone(), scopes_of(scopes))).collect::<Vec<_>>()
    });
    let alternatives: Vec<_> = alternatives.collect();
    if alternatives.len() > 1 || alternatives.iter().any(|alternative| alternative.len() > 1) {
        reader.unsupported(
            &format!("{pointer}/security"),
            "alternative or combined security schemes",
            "Name the one scheme that callers should use",
        );
    }
    alternatives
}

fn scopes_of(scopes: &Value) -> Vec<String> {
    scopes.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}
