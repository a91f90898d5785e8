//! The challenges of a 401 (`WWW-Authenticate`, RFC 9110, section 11.6.1).

use http::header::{HeaderMap, WWW_AUTHENTICATE};

/// Returns the claims that a new token must have, if the server asks for them: the parameter
/// `claims` of a challenge with `error="insufficient_claims"`.
pub(crate) fn claims_challenge(headers: &HeaderMap) -> Option<String> {
    let values = headers.get_all(WWW_AUTHENTICATE).into_iter();
    let mut challenges = values.filter_map(|value| value.to_str().ok()).flat_map(challenges);
    challenges.find_map(|parameters| {
        let value = |wanted: &str| {
            let mut named = parameters.iter().filter(|(name, _)| name.eq_ignore_ascii_case(wanted));
            named.next().map(|(_, value)| value.clone())
        };
        value("error").filter(|error| error == "insufficient_claims")?;
        value("claims")
    })
}

/// Splits a header value into the parameters of its challenges.
fn challenges(value: &str) -> Vec<Vec<(String, String)>> {
    let mut challenges: Vec<Vec<(String, String)>> = Vec::new();
    let mut rest = value;
    loop {
        rest = rest.trim_start_matches([' ', '\t', ',']);
        let end = rest.find([' ', '\t', ',', '=']).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        if word.is_empty() && after.is_empty() {
            return challenges;
        }
        match after.trim_start_matches([' ', '\t']).strip_prefix('=') {
            Some(after) => {
                let (value, after) = parameter_value(after.trim_start_matches([' ', '\t']));
                if let Some(parameters) = challenges.last_mut() {
                    parameters.push((word.to_owned(), value));
                }
                rest = after;
            }
            None => {
                challenges.push(Vec::new());
                rest = after;
            }
        }
    }
}

/// Reads a token or a quoted string, and returns the rest.
fn parameter_value(rest: &str) -> (String, &str) {
    let Some(quoted) = rest.strip_prefix('"') else {
        let end = rest.find([' ', '\t', ',']).unwrap_or(rest.len());
        return (rest[..end].to_owned(), &rest[end..]);
    };
    let mut value = String::new();
    let mut characters = quoted.char_indices();
    while let Some((index, character)) = characters.next() {
        match character {
            '"' => return (value, &quoted[index + 1..]),
            '\\' => value.extend(characters.next().map(|(_, escaped)| escaped)),
            other => value.push(other),
        }
    }
    (value, "")
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::header::HeaderValue;
    use proptest::prelude::*;

    #[track_caller]
    fn check(values: &[&'static str], expected: Option<&str>) {
        let value = |value: &&'static str| (WWW_AUTHENTICATE, HeaderValue::from_static(value));
        let headers = HeaderMap::from_iter(values.iter().map(value));
        assert_eq!(claims_challenge(&headers).as_deref(), expected, "{values:?}");
    }

    #[test]
    fn finds_the_claims_among_other_challenges() {
        let bearer =
            r#"Bearer realm="a, b", error = "insufficient_claims", claims="eyJhIjoiXCIifQ==""#;
        check(&[bearer], Some("eyJhIjoiXCIifQ=="));
        check(&["Basic realm=\"x\"", bearer], Some("eyJhIjoiXCIifQ=="));
        check(
            &[r#"Negotiate, Bearer Error=insufficient_claims,CLAIMS="{\"a\":1}", Basic realm=x"#],
            Some(r#"{"a":1}"#),
        );
    }

    #[test]
    fn takes_nothing_else_for_a_claims_challenge() {
        check(&[], None);
        check(&["Bearer"], None);
        check(&[r#"Bearer error="invalid_token", claims="x""#], None);
        check(&[r#"Bearer error="insufficient_claims""#], None);
        check(&[r#"Bearer realm="error=insufficient_claims, claims=x""#], None);
        check(&[r#"One error="insufficient_claims", Other claims="x""#], None);
    }

    proptest! {
        #[test]
        fn any_header_value_is_read(value in "[ -~]{0,40}") {
            challenges(&value);
        }
    }
}
