//! Reads security schemes and requirements.

use serde_json::Value;

use super::Reader;
use super::parameters::is_header_name;
use crate::api::{Scheme, SchemeKind};
use openapi::components;
use openapi::diagnostic::{Diagnostic, Location, Subject};
use openapi::extensions::{BASIC_CREDENTIALS, BASIC_CREDENTIALS_PROPERTIES};
use openapi::naming::{self, UniqueNames};
use openapi::object::Object;
use openapi::pointer;
use openapi::rule::Rule;
use openapi::words::quote;

/// The largest number of schemes that an alternative can combine. The runtime has tuples up to this
/// length.
const MOST_COMBINED: usize = 3;

/// Returns the supported security schemes of a document.
///
/// An unsupported one is left out here, and reported where an operation requires it.
pub(super) fn read_schemes(reader: &Reader<'_>) -> Vec<Scheme> {
    let mut names = UniqueNames::default();
    let mut schemes = Vec::new();
    for (name, node) in components::section(reader.root, "securitySchemes").into_iter().flatten() {
        let node = reader.resolve(node);
        let Some(kind) = read_kind(node) else { continue };
        schemes.push(Scheme {
            name: name.clone(),
            pointer: pointer::child("/components/securitySchemes", name),
            rust_name: names.take(&naming::pascal(name)),
            description: node.trimmed("description").to_owned(),
            kind,
            facts: facts(node),
        });
    }
    schemes
}

fn read_kind(node: &Value) -> Option<SchemeKind> {
    let bearer = |prefix: &str| SchemeKind::Token {
        header: "authorization".to_owned(),
        prefix: prefix.to_owned(),
    };
    match (node.trimmed("type"), node.trimmed("scheme").to_ascii_lowercase().as_str()) {
        ("http", "basic") => {
            let mut names = UniqueNames::default();
            let [user_id, password] = BASIC_CREDENTIALS_PROPERTIES;
            let mut part = |key: &str, otherwise: &str| {
                let named = node.get(BASIC_CREDENTIALS).map(|parts| parts.trimmed(key));
                let named = named.filter(|name| !name.is_empty()).unwrap_or(otherwise);
                names.take(&naming::snake(named))
            };
            Some(SchemeKind::Basic {
                user_id: part(user_id, "username"),
                password: part(password, "password"),
            })
        }
        // What a challenge of the server is needed for cannot be sent beforehand.
        (
            "http",
            "digest" | "hoba" | "mutual" | "negotiate" | "scram-sha-1" | "scram-sha-256" | "vapid",
        ) => None,
        ("http", "bearer") | ("oauth2" | "openIdConnect", _) => Some(bearer("Bearer ")),
        ("apiKey", _) if node["in"] == "header" && is_header_name(node.trimmed("name")) => {
            let prefix = node.trimmed("x-credential-prefix");
            let prefix = if prefix.is_empty() { String::new() } else { format!("{prefix} ") };
            Some(SchemeKind::Token { header: node.trimmed("name").to_ascii_lowercase(), prefix })
        }
        ("apiKey", _) if node["in"] == "query" => {
            Some(SchemeKind::QueryKey(node.trimmed("name").to_owned()))
        }
        ("apiKey", _) if node["in"] == "cookie" => {
            Some(SchemeKind::CookieKey(node.trimmed("name").to_owned()))
        }
        // Schemes that the registry does not have: a token behind the name of the scheme.
        ("http", scheme) if is_header_name(scheme) => {
            let header = "authorization".to_owned();
            Some(SchemeKind::Token { header, prefix: format!("{} ", node.trimmed("scheme")) })
        }
        _ => None,
    }
}

/// Returns everything except the description, on one line.
fn facts(node: &Value) -> String {
    let facts = node.as_object().into_iter().flatten().filter(|(key, _)| *key != "description");
    facts.map(|(key, value)| format!("{key}={value}")).collect::<Vec<_>>().join(" ")
}

/// Returns the security requirements of an operation: its own, or else those of the document.
pub(super) fn read_security(
    reader: &mut Reader<'_>,
    schemes: &[Scheme],
    operation: &Value,
    pointer: &str,
) -> Vec<Vec<(String, Vec<String>)>> {
    let (stated, pointer) = match operation.get("security") {
        Some(_) => (operation, format!("{pointer}/security")),
        None => (reader.root, "/security".to_owned()),
    };
    let alternatives = stated.array("security").iter().map(|alternative| {
        let schemes = alternative.as_object().into_iter().flatten();
        schemes.map(|(name, scopes)| (name.clone(), scopes_of(scopes))).collect::<Vec<_>>()
    });
    let mut alternatives: Vec<_> = alternatives.collect();
    if reader.may_leave_out() {
        leave_others(reader, schemes, &mut alternatives, &pointer);
    }
    if alternatives.iter().any(|alternative| alternative.len() > MOST_COMBINED) {
        reader.unsupported(
            &pointer,
            "a requirement of more than three security schemes",
            "Name only those that callers should use",
        );
    }
    for (name, _) in alternatives.iter().flatten() {
        if !schemes.iter().any(|scheme| scheme.name == *name) {
            reader.unsupported(
                &pointer::child("/components/securitySchemes", name),
                "a security scheme that answers a challenge of the server, or an unknown one",
                "Describe another way to authenticate",
            );
        }
    }
    alternatives
}

/// Removes the alternatives that the client does not support, if there are others, and reports each.
fn leave_others(
    reader: &mut Reader<'_>,
    schemes: &[Scheme],
    alternatives: &mut Vec<Vec<(String, Vec<String>)>>,
    pointer: &str,
) {
    let is_known = |name: &String| schemes.iter().any(|scheme| scheme.name == *name);
    let is_supported = |alternative: &Vec<(String, Vec<String>)>| {
        alternative.len() <= MOST_COMBINED && alternative.iter().all(|(name, _)| is_known(name))
    };
    if !alternatives.iter().any(is_supported) {
        return;
    }
    let left_out = alternatives.iter().enumerate().filter(|(_, one)| !is_supported(one));
    for (index, alternative) in left_out {
        let names: Vec<String> = alternative.iter().map(|(name, _)| quote(name)).collect();
        let lost = Diagnostic {
            rule: Rule::UnusedSecurity,
            subject: Subject::Names(alternative.iter().map(|(name, _)| name.clone()).collect()),
            location: Location::Pointer(pointer::entry(pointer, index)),
            what: format!("The client cannot authenticate with {}.", names.join(" and ")),
            why:
                "It offers only the other alternatives, so a caller needs one of these credentials."
                    .to_owned(),
            help: "Remove this alternative if callers do not need it.".to_owned(),
        };
        reader.warnings.push(lost);
    }
    alternatives.retain(is_supported);
}

fn scopes_of(scopes: &Value) -> Vec<String> {
    scopes.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}
