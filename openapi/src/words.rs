//! The wording that diagnostics share: quoting, listing and guessing what a word was meant to be.

use serde_json::Value;

/// What stands for a string that a person is still to write, alone or in front of what to write.
pub const PLACEHOLDER: &str = "TODO";

/// Longest piece of a spec that a diagnostic repeats.
const LONGEST_QUOTE: usize = 100;

/// A piece of a spec as part of a sentence: in backticks, on one line and not too long.
pub fn quote(text: &str) -> String {
    let mut quoted = String::from("`");
    for (index, character) in text.chars().enumerate() {
        if index == LONGEST_QUOTE {
            quoted.push('…');
            break;
        }
        if character.is_control() {
            quoted.extend(character.escape_default());
        } else {
            quoted.push(character);
        }
    }
    quoted.push('`');
    quoted
}

/// The same sentence with a capital letter in front.
pub fn capitalized(sentence: &str) -> String {
    let mut rest = sentence.chars();
    rest.next().map_or_else(String::new, |first| first.to_uppercase().chain(rest).collect())
}

/// Words in a row, such as `` `a`, `b` or `c` ``.
pub fn one_of(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| quote(word)).collect();
    match quoted.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        _ => quoted.concat(),
    }
}

/// The candidate that `word` was most likely meant to be, if one is near enough.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_lowercase();
    candidates
        .into_iter()
        .filter_map(|candidate| Some((distance(&word, candidate)?, candidate)))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// How many letters are wrong, if it can still be the same word.
fn distance(lowercase: &str, candidate: &str) -> Option<usize> {
    let most = tolerance(candidate);
    // The comparison takes time in proportion to both lengths, and no long word is near a short one.
    let longest_letter = if lowercase.is_ascii() && candidate.is_ascii() { 1 } else { char::MAX.len_utf8() };
    if lowercase.len().abs_diff(candidate.len()) > most * longest_letter {
        return None;
    }
    let candidate = candidate.to_lowercase();
    let distance = if candidate == lowercase { 0 } else { strsim::damerau_levenshtein(lowercase, &candidate) };
    (distance <= most).then_some(distance)
}

/// How many wrong letters are still the same word.
fn tolerance(candidate: &str) -> usize {
    match candidate.chars().count() {
        0..=2 => 0,
        3..=8 => 1,
        _ => 2,
    }
}

/// What a value is, such as "the text `yes`" or "a list".
pub fn describe(value: &Value) -> String {
    match value {
        Value::Null => "empty".to_owned(),
        Value::Bool(flag) => format!("`{flag}`"),
        Value::Number(number) => format!("the number `{number}`"),
        Value::String(text) if text.is_empty() => "an empty text".to_owned(),
        Value::String(text) => format!("the text {}", quote(text)),
        Value::Array(_) => "a list".to_owned(),
        Value::Object(_) => "a mapping".to_owned(),
    }
}

/// What kind of value it is, without the value itself.
pub fn describe_kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a flag",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "a mapping",
    }
}

#[cfg(test)]
mod tests {
    use super::{nearest, one_of, quote};

    #[test]
    fn quotes_on_one_line() {
        assert_eq!(quote("a\nb"), "`a\\nb`");
        assert_eq!(quote(&"é".repeat(200)).chars().count(), 103);
    }

    #[test]
    fn lists_words() {
        assert_eq!(one_of(&["a"]), "`a`");
        assert_eq!(one_of(&["a", "b", "c"]), "`a`, `b` or `c`");
    }

    #[test]
    fn guesses_only_what_is_near() {
        let known = ["$ref", "operationId", "in", "description"];
        assert_eq!(nearest("ref", known), Some("$ref"));
        assert_eq!(nearest("operation_ID", known), Some("operationId"));
        assert_eq!(nearest("descripton", known), Some("description"));
        assert_eq!(nearest("is", known), None);
        assert_eq!(nearest("colour", known), None);
    }
}
