//! The wording that diagnostics share: quotations, enumerations and suggestions.

use serde_json::Value;

/// The placeholder for a string that a person has to write, alone or in front of a hint.
pub const PLACEHOLDER: &str = "TODO";

/// The longest quotation from a document, in characters.
const LONGEST_QUOTE: usize = 100;

/// Quotes part of a document in a sentence: in backticks, on one line and not too long.
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

/// Returns the sentence with a capital letter in front.
pub fn capitalized(sentence: &str) -> String {
    let mut rest = sentence.chars();
    rest.next().map_or_else(String::new, |first| first.to_uppercase().chain(rest).collect())
}

/// Joins words, such as `` `a`, `b` or `c` ``.
pub fn one_of(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| quote(word)).collect();
    match quoted.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        _ => quoted.concat(),
    }
}

/// Returns the candidate that `word` was most likely meant to be, if one is near enough.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_lowercase();
    candidates
        .into_iter()
        .filter_map(|candidate| Some((distance(&word, candidate)?, candidate)))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// Returns the number of wrong characters, if it can still be the same word.
fn distance(lowercase: &str, candidate: &str) -> Option<usize> {
    let most = tolerance(candidate);
    // The comparison takes time in proportion to both lengths, and no long word is near a short
    // one.
    let longest_letter =
        if lowercase.is_ascii() && candidate.is_ascii() { 1 } else { char::MAX.len_utf8() };
    if lowercase.len().abs_diff(candidate.len()) > most * longest_letter {
        return None;
    }
    let candidate = candidate.to_lowercase();
    let distance =
        if candidate == lowercase { 0 } else { strsim::damerau_levenshtein(lowercase, &candidate) };
    (distance <= most).then_some(distance)
}

/// Returns the largest number of wrong characters in a misspelt word.
fn tolerance(candidate: &str) -> usize {
    match candidate.chars().count() {
        0..=2 => 0,
        3..=8 => 1,
        _ => 2,
    }
}

/// Describes a value, such as "the string `yes`" or "an array".
pub fn describe(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(flag) => format!("`{flag}`"),
        Value::Number(number) => format!("the number `{number}`"),
        Value::String(text) if text.is_empty() => "an empty string".to_owned(),
        Value::String(text) => format!("the string {}", quote(text)),
        Value::Array(_) => "an array".to_owned(),
        Value::Object(_) => "an object".to_owned(),
    }
}

/// Describes the type of a value, without the value itself.
pub fn describe_kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
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
