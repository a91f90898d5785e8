//! Recognizes secrets by their names, and misspelt formats of secrets.

use heck::ToSnakeCase;

use crate::object::SECRET_FORMAT;

/// Endings of the last word of a secret's name, such as `authtoken` for `auth_token`.
const ENDINGS: [&str; 6] = ["apikey", "passcode", "passphrase", "password", "secret", "token"];

/// Words that name a secret only as a whole: `monkey` does not, and neither does `barcode`.
const WORDS: [&str; 2] = ["code", "key"];

/// Pairs of last words that do not name a secret.
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

/// The largest number of wrong characters in a misspelt word.
const MISSPELT: usize = 2;

/// Returns true if the name is that of a secret. A name that ends in `code` is one only if its
/// value is sent.
#[must_use]
pub fn is_secret_name(name: &str, is_sent: bool) -> bool {
    let words = name.to_snake_case();
    let words = words.trim_end_matches(|last: char| last.is_ascii_digit() || last == '_');
    let words = words.strip_suffix('s').unwrap_or(words);
    let (before, last) = words.rsplit_once('_').unwrap_or(("", words));
    let before = before.rsplit('_').next().unwrap_or_default();
    let is_secret = WORDS.contains(&last) || ENDINGS.iter().any(|ending| last.ends_with(ending));
    is_secret && (is_sent || last != "code") && !NO_SECRETS.contains(&(before, last))
}

/// Returns true if a format is a misspelt `password`.
#[must_use]
pub fn is_almost_password(format: &str) -> bool {
    format != SECRET_FORMAT
        && strsim::levenshtein(&format.to_lowercase(), SECRET_FORMAT) <= MISSPELT
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
