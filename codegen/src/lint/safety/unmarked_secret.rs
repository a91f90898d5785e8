//! Text that is named like a secret and would be printed.

use std::collections::BTreeSet;

use heck::ToSnakeCase;

use crate::diagnostic::{Diagnostic, Location};
use crate::lint::ACCEPTANCES;
use crate::lint::texts::texts;
use crate::lint::transcription::PLACEHOLDER;
use crate::lint::view::View;
use crate::parse::keywords::Kind;
use crate::parse::objects::Node;
use crate::parse::pointer;
use crate::parse::words::quote;
use crate::rule::Rule;

/// What the last word of a secret's name ends with, since `authtoken` is written for `auth_token`.
const ENDINGS: [&str; 6] = ["apikey", "passcode", "passphrase", "password", "secret", "token"];

/// What is a secret as a whole word only: `monkey` is none, and neither is `barcode`.
const WORDS: [&str; 2] = ["code", "key"];

/// Last words with the one before them that are no secrets.
const NO_SECRETS: [(&str, &str); 12] = [
    ("country", "code"),
    ("currency", "code"),
    ("error", "code"),
    ("idempotency", "key"),
    ("language", "code"),
    ("page", "token"),
    ("postal", "code"),
    ("public", "key"),
    ("reason", "code"),
    ("region", "code"),
    ("status", "code"),
    ("zip", "code"),
];

pub(super) fn check(view: &View<'_>, found: &mut Vec<Diagnostic>) {
    found.extend(unmarked(view).iter().map(|(named, _)| finding(named)));
}

/// A text that is named like a secret and is not marked as one.
pub(crate) struct UnmarkedSecret {
    /// The name of the property, parameter, header or component.
    pub(crate) name: String,
    /// What the rule says of it.
    pub(in crate::lint) finding: Diagnostic,
    /// The schemas to mark.
    pub(crate) schemas: Vec<String>,
}

/// What the rule finds, and what would have to be marked.
pub(in crate::lint) fn list(view: &View<'_>) -> Vec<UnmarkedSecret> {
    let secret = |(named, plain): (Named<'_>, Vec<&Node<'_>>)| UnmarkedSecret {
        finding: finding(&named),
        name: named.name,
        schemas: plain.iter().map(|schema| schema.pointer.clone()).collect(),
    };
    unmarked(view).into_iter().map(secret).collect()
}

fn unmarked<'a>(view: &View<'a>) -> Vec<(Named<'a>, Vec<&'a Node<'a>>)> {
    let mut found = Vec::new();
    let sent = sent(view);
    for named in named(view) {
        let is_sent = sent.contains(named.schema.pointer.as_str());
        if !is_secret_name(&named.name, is_sent) {
            continue;
        }
        // A component whose own name is one of a secret is judged by itself, and not wherever it is used.
        let is_elsewhere = |inner: &Node<'_>| refers_to_secret_name(view, inner, is_sent);
        if is_elsewhere(named.node) {
            continue;
        }
        let texts = texts(view, named.schema, is_elsewhere);
        if !texts.plain.is_empty() && !texts.secret {
            found.push((named, texts.plain));
        }
    }
    found
}

/// A property, parameter, header or component, with the name that its values go by.
struct Named<'a> {
    name: String,
    node: &'a Node<'a>,
    schema: &'a Node<'a>,
}

fn named<'a>(view: &View<'a>) -> Vec<Named<'a>> {
    let mut named = Vec::new();
    for node in view.nodes() {
        let name = match (node.kind, node.under) {
            (Kind::Schema, "properties" | "schemas") | (Kind::Header, _) => pointer::last(&node.pointer),
            (Kind::Parameter, _) if node.reference().is_none() => node.text("name").unwrap_or_default().to_owned(),
            _ => continue,
        };
        let schema = match node.kind {
            Kind::Schema => Some(node),
            _ => view.under(view.target(node), "schema").next(),
        };
        named.extend(schema.map(|schema| Named { name, node, schema }));
    }
    named
}

/// Whether the name is one that secrets have. What is called a code is only a secret if it is sent.
pub(crate) fn is_secret_name(name: &str, is_sent: bool) -> bool {
    let words = name.to_snake_case();
    let words = words.trim_end_matches(|last: char| last.is_ascii_digit() || last == '_');
    let words = words.strip_suffix('s').unwrap_or(words);
    let (before, last) = words.rsplit_once('_').unwrap_or(("", words));
    let before = before.rsplit('_').next().unwrap_or_default();
    let is_secret = WORDS.contains(&last) || ENDINGS.iter().any(|ending| last.ends_with(ending));
    is_secret && (is_sent || last != "code") && !NO_SECRETS.contains(&(before, last))
}

/// Whether it is a reference to a component with the name of a secret.
fn refers_to_secret_name(view: &View<'_>, node: &Node<'_>, is_sent: bool) -> bool {
    let component = view.next(node).filter(|target| ["headers", "schemas"].contains(&target.under));
    component.is_some_and(|component| is_secret_name(&pointer::last(&component.pointer), is_sent))
}

/// The schemas of all that is sent.
fn sent<'a>(view: &View<'a>) -> BTreeSet<&'a str> {
    let parameters = view.all(Kind::Parameter);
    let mut open: Vec<&Node<'_>> = parameters.chain(view.all(Kind::RequestBody)).collect();
    let mut sent = BTreeSet::new();
    while let Some(node) = open.pop() {
        let is_only_received = node.members.get("readOnly").is_some_and(|flag| flag == true);
        if !is_only_received && sent.insert(node.pointer.as_str()) {
            open.extend(view.held(node).chain(view.next(node)));
        }
    }
    sent
}

fn finding(named: &Named<'_>) -> Diagnostic {
    let help = match named.schema.reference() {
        Some(_) => "Add `format: password` to the schema that it refers to, or write the schema out here with it.",
        None => "Add `format: password` to what is a text in it.",
    };
    Diagnostic {
        rule: Rule::UnmarkedSecret,
        location: match named.node.kind {
            Kind::Parameter => Location::Pointer(named.node.member("name")),
            _ => Location::Key(named.node.pointer.clone()),
        },
        what: format!("{} has the name of a secret, but is not marked as one.", quote(&named.name)),
        why: "The client would print and log it.".into(),
        help: format!(
            "{help} If it is none, accept it with the reason: `{ACCEPTANCES}: {{unmarked-secret: {PLACEHOLDER} the reason}}`."
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::is_secret_name;

    #[test]
    fn names_of_secrets_end_in_a_word_for_secrets() {
        for name in [
            "token",
            "accessToken",
            "access_tokens",
            "X-Auth-Token",
            "hashed_token",
            "authtoken",
            "gitHubClientSecret",
            "PASSWORD",
            "password2",
            "key",
            "apiKeys",
            "APIKey",
            "apikey",
            "primaryKey",
        ] {
            assert!(is_secret_name(name, false), "{name}");
        }
    }

    #[test]
    fn other_names_do_not() {
        for name in [
            "token_type",
            "key_id",
            "tokenLastEight",
            "monkey",
            "keyboard",
            "has_tokens_left",
            "publicKey",
            "Idempotency-Key",
            "next_page_token",
            "byoaSecretName",
            "pass",
            "",
        ] {
            assert!(!is_secret_name(name, true), "{name}");
        }
    }

    #[test]
    fn codes_are_secrets_where_they_are_sent() {
        assert!(is_secret_name("gitHubAccessCode", true) && is_secret_name("code", true));
        assert!(!is_secret_name("gitHubAccessCode", false));
        for name in ["country_code", "statusCode", "barcode"] {
            assert!(!is_secret_name(name, true), "{name}");
        }
    }
}
