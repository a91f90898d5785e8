//! Rust names for the names in documents.

use std::collections::BTreeSet;

use heck::{ToPascalCase, ToSnakeCase};
use unicode_ident::{is_xid_continue, is_xid_start};

/// Words with a capital letter inside, which must not be split there.
pub const COMPOUND_WORDS: [&str; 12] = [
    "OAuth",
    "OpenId",
    "OpenID",
    "GitHub",
    "GitLab",
    "GraphQL",
    "WebAuthn",
    "WebSocket",
    "DevOps",
    "PayPal",
    "YouTube",
    "LinkedIn",
];

/// Words that no Rust name may be.
const KEYWORDS: [&str; 52] = [
    "Self", "abstract", "as", "async", "await", "become", "box", "break", "const", "continue",
    "crate", "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if",
    "impl", "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub",
    "ref", "return", "self", "static", "struct", "super", "trait", "true", "try", "type", "typeof",
    "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Types that generated code uses without a path, and short names that are in scope everywhere.
const PRELUDE: [&str; 13] = [
    "Box", "Default", "Err", "FnMut", "Into", "None", "Ok", "Option", "Result", "Self", "Some",
    "String", "Vec",
];

/// Returns the name of a function, field or module: `gitHubClientId` becomes `github_client_id`.
pub fn snake(name: &str) -> String {
    if is_snake(name) {
        return escape(name.to_owned(), "empty", "n");
    }
    escape(join_compound_words(&spell(name)).to_snake_case(), "empty", "n")
}

/// Returns true if a name is in snake case already, as most are.
fn is_snake(name: &str) -> bool {
    let is_word = |word: &str| {
        !word.is_empty()
            && word.bytes().all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit())
    };
    name.split('_').all(is_word)
}

/// Returns the name of a type: `git_hub-client id` becomes `GitHubClientId`.
///
/// A reserved name gets a further word, since progenitor would remove an underscore again.
pub fn pascal(name: &str) -> String {
    let name = spell(name).to_pascal_case();
    if PRELUDE.contains(&name.as_str()) {
        format!("{name}Type")
    } else {
        escape(name, "Empty", "N")
    }
}

/// Returns the name of a type that is named after a method: `get_github_token` becomes
/// `GetGitHubToken`.
pub fn type_of_method(method: &str) -> String {
    let whole = |word: &str| {
        let compound = COMPOUND_WORDS.iter().find(|compound| compound.to_lowercase() == word);
        compound.map_or_else(|| word.to_owned(), |compound| (*compound).to_owned())
    };
    pascal(&method.split('_').map(whole).collect::<Vec<_>>().join("_"))
}

/// Returns the name of a schema's type. Naming it again, as progenitor does, does not change it.
pub fn schema_type(name: &str) -> String {
    let mut name = pascal(name);
    // `AB` becomes `Ab`; a few rounds settle every name.
    for _ in 0..4 {
        name = pascal(&name);
    }
    name
}

/// Returns the name of an enum variant. It is used with the name of its enum, so few names are
/// reserved.
pub fn variant(name: &str) -> String {
    escape(spell(name).to_pascal_case(), "Empty", "N")
}

/// Returns the name of a constant: `listGrants` becomes `LIST_GRANTS`.
pub fn constant(name: &str) -> String {
    snake(name).trim_end_matches('_').to_uppercase()
}

/// Returns the name of an operation's method. `Service_DoThing` loses its prefix.
pub fn method(operation_id: &str) -> String {
    snake(without_service(operation_id))
}

fn without_service(operation_id: &str) -> &str {
    let starts_upper = |text: &str| text.starts_with(|first: char| first.is_ascii_uppercase());
    match operation_id.split_once('_') {
        Some((service, rest)) if starts_upper(service) && starts_upper(rest) => rest,
        _ => operation_id,
    }
}

/// Spells out characters that carry meaning, so that `+1` and `-1` keep different names.
fn spell(name: &str) -> String {
    let mut spelled = String::with_capacity(name.len());
    for (index, character) in name.chars().enumerate() {
        match character {
            '+' => spelled.push_str(" plus "),
            '-' if index == 0 => spelled.push_str(" minus "),
            '=' => spelled.push_str(" equals "),
            '<' => spelled.push_str(" less "),
            '>' => spelled.push_str(" greater "),
            '!' => spelled.push_str(" not "),
            '*' => spelled.push_str(" star "),
            '$' | '@' => spelled.push(' '),
            other if !continues_name(other) => spelled.push(' '),
            other => spelled.push(other),
        }
    }
    spelled
}

fn join_compound_words(name: &str) -> String {
    let mut joined = name.to_owned();
    if !name.contains(|letter: char| letter.is_ascii_uppercase()) {
        return joined;
    }
    for word in COMPOUND_WORDS {
        let capitalized = format!("{}{}", &word[..1], word[1..].to_lowercase());
        joined = joined.replace(word, &capitalized);
        let lower_first = format!("{}{}", word[..1].to_lowercase(), &word[1..]);
        if let Some(rest) = joined.strip_prefix(&lower_first) {
            joined = format!("{}{rest}", capitalized.to_lowercase());
        }
    }
    joined
}

/// Returns true if a name is a Rust keyword.
pub fn is_keyword(name: &str) -> bool {
    KEYWORDS.contains(&name)
}

/// Turns `name` into an identifier: `empty` if it is empty, with `letter` in front if it starts
/// with another character.
fn escape(name: String, empty: &str, letter: &str) -> String {
    match name.chars().next() {
        None => empty.to_owned(),
        Some(first) if !starts_name(first) => format!("{letter}{name}"),
        Some(_) if is_keyword(&name) => format!("{name}_"),
        Some(_) => name,
    }
}

fn starts_name(character: char) -> bool {
    if character.is_ascii() {
        return character == '_' || character.is_ascii_alphabetic();
    }
    is_xid_start(character)
}

/// Returns true if a character can continue an identifier, or separates its words.
fn continues_name(character: char) -> bool {
    // Spacing modifier letters may stand in identifiers, but rustc warns of them.
    let is_modifier = matches!(character, '\u{2b0}'..='\u{2ff}');
    character.is_ascii() || !is_modifier && is_xid_continue(character)
}

/// Assigns names, and makes repeated ones unique with a number at the end.
#[derive(Debug, Default)]
pub struct UniqueNames {
    taken: BTreeSet<String>,
    reserved: &'static [&'static str],
}

impl UniqueNames {
    /// Creates a set without the reserved names of generated code, which get an underscore.
    pub fn without(reserved: &'static [&'static str]) -> Self {
        Self { taken: BTreeSet::new(), reserved }
    }

    /// Returns `wanted`, or `wanted2`, `wanted3`, … if that is taken.
    pub fn take(&mut self, wanted: &str) -> String {
        self.take_by(wanted, str::to_owned)
    }

    /// Returns a name whose `key` is unique, too.
    pub fn take_by(&mut self, wanted: &str, key: fn(&str) -> String) -> String {
        let wanted =
            if self.reserved.contains(&wanted) { format!("{wanted}_") } else { wanted.to_owned() };
        let mut name = wanted.clone();
        let mut number = 2;
        while !self.taken.insert(key(&name)) {
            name = format!("{}{number}", wanted.trim_end_matches('_'));
            number += 1;
        }
        name
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_compound_words_whole() {
        for (name, expected) in [
            ("gitHubClientId", "github_client_id"),
            ("oAuthProviderId", "oauth_provider_id"),
            ("X-GitHub-OTP", "x_github_otp"),
            ("GetOAuthConnectionLink", "get_oauth_connection_link"),
            ("per_page", "per_page"),
            ("type", "type_"),
            ("2fa", "n2fa"),
            ("sa\u{2bf}id", "sa_id"),
            ("", "empty"),
        ] {
            assert_eq!(snake(name), expected);
        }
    }

    #[test]
    fn types_of_methods_keep_compound_words_whole() {
        for (name, expected) in [
            ("getGitHubAccessToken", "GetGitHubAccessToken"),
            ("revoke_oauth_grant", "RevokeOAuthGrant"),
            ("githubber", "Githubber"),
            ("option", "OptionType"),
        ] {
            assert_eq!(type_of_method(&method(name)), expected);
        }
    }

    #[test]
    fn drops_the_service_of_an_operation_id() {
        assert_eq!(method("Factories_GetGitHubAccessToken"), "get_github_access_token");
        assert_eq!(method("list_grants"), "list_grants");
        assert_eq!(method("repos/list-tags"), "repos_list_tags");
    }

    #[test]
    fn names_of_schemas_stay_as_they_are() {
        for name in ["a_b", "x_a_b_c", "Option", "2fa", "HTTPServer", "a1_b2", "größe", ""] {
            let once = schema_type(name);
            assert_eq!(pascal(&once), once);
        }
    }

    #[test]
    fn numbers_repeated_names() {
        let mut names = UniqueNames::default();
        assert_eq!([names.take("A"), names.take("A"), names.take("A")], ["A", "A2", "A3"]);
    }
}
