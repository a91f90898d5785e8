//! Parses the source text of a document, YAML or JSON, into a JSON value.
//!
//! This is the only file that names `serde_yaml`, which is deprecated and may have to be replaced.

mod key_order;
mod merge_keys;
mod positions;

use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::diagnostic::{Diagnostic, Location, Subject};
use crate::rule::Rule;

pub use key_order::KeyOrder;
pub(crate) use positions::{is_ambiguous, resolve};

/// Returns the findings about a source text, down to its characters. `to_value` gets only text
/// without findings.
pub(crate) fn check(text: &str) -> Vec<Diagnostic> {
    let found = check_characters(text);
    if found.is_empty() { positions::check(text) } else { found }
}

/// Returns the findings that prevent a source text from being parsed.
///
/// Programs write anchors for repeated values, and people write merge keys: both are expanded. A
/// character that looks like a space may be part of a string there.
pub(crate) fn check_readable(text: &str) -> Vec<Diagnostic> {
    let mut found = check_characters(text);
    found.retain(|diagnostic| !is_readable(diagnostic.rule));
    if found.is_empty() {
        found = positions::check(text);
        found.retain(|diagnostic| !is_readable(diagnostic.rule));
    }
    found
}

/// Returns true if a source text with such a finding means the same to every parser.
fn is_readable(rule: Rule) -> bool {
    matches!(
        rule,
        Rule::Alias
            | Rule::Anchor
            | Rule::ByteOrderMark
            | Rule::CoreTag
            | Rule::MergeKey
            | Rule::NoBreakSpace
    )
}

/// Returns a source text without its byte order mark.
pub(crate) fn without_mark(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

/// Parses a source text, which is known to be valid, into another type than a value.
pub(crate) fn read_as<T: DeserializeOwned>(text: &str) -> Option<T> {
    json(text).or_else(|| read(text).ok())
}

/// Returns the order of all keys in a source text, which is known to be valid.
pub(crate) fn key_order(text: &str) -> KeyOrder {
    read_as(text).unwrap_or_default()
}

/// Parses a source text that has to be valid as a spec.
///
/// # Errors
/// Returns all findings about the source text as YAML, including warnings.
pub(crate) fn read_strictly(text: &str) -> Result<Value, Vec<Diagnostic>> {
    let found = check(text);
    if found.is_empty() { to_value(text) } else { Err(found) }
}

/// Parses a document that a program has written as JSON. It cannot have the mistakes of
/// hand-written YAML.
pub(crate) fn json<T: DeserializeOwned>(text: &str) -> Option<T> {
    let text = without_mark(text);
    if text.trim_start().starts_with('{') { serde_json::from_str(text).ok() } else { None }
}

/// Parses a source text. Keys are strings as they are written, so that `200:` becomes `"200"`.
/// Aliases and merge keys are expanded.
pub(crate) fn to_value(text: &str) -> Result<Value, Vec<Diagnostic>> {
    let mut value = read(text).map_err(|error| vec![unreadable(text, &error)])?;
    if text.contains("<<") {
        merge_keys::expand(&mut value);
    }
    Ok(value)
}

/// Returns the finding about aliases that stand for too many values, or for themselves.
pub(crate) fn check_aliases(text: &str) -> Option<Diagnostic> {
    if !text.contains('*') {
        return None;
    }
    let found = positions::check(text);
    found.into_iter().find(|one| matches!(one.rule, Rule::RunawayAlias | Rule::TooDeep))
}

/// Parses a source text into any deserializable type.
fn read<T: DeserializeOwned>(text: &str) -> Result<T, serde_yaml::Error> {
    let text = without_mark(text);
    serde_yaml::from_str(text)
        .or_else(|error| serde_yaml::from_str(&positions::with_point(text)).map_err(|_| error))
}

fn unreadable(text: &str, error: &serde_yaml::Error) -> Diagnostic {
    let body = without_mark(text);
    let inside = error.location().map_or(0, |place| offset(body, place.line(), place.column()));
    let offset = text.len() - body.len() + inside;
    Diagnostic {
        rule: Rule::Syntax,
        subject: Subject::Node,
        location: Location::Offset(offset),
        what: format!("The YAML cannot be read: {error}."),
        why: "The rest of the spec cannot be read, so no client can be generated.".into(),
        help: "Write plain mappings, sequences, strings, numbers, `true`, `false` and `null`."
            .into(),
    }
}

/// Returns the byte offset of a line and column, both counted from 1.
fn offset(text: &str, line: usize, column: usize) -> usize {
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let mut rest = text[start..].char_indices();
    rest.nth(column.saturating_sub(1)).map_or(text.len(), |(inside, _)| start + inside)
}

fn check_characters(text: &str) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    if text.starts_with('\u{feff}') {
        found.push(Diagnostic {
            rule: Rule::ByteOrderMark,
            subject: Subject::Node,
            location: Location::Offset(0),
            what: "The file starts with a byte order mark.".into(),
            why: "It is invisible, and some tools take it for part of the first key.".into(),
            help: "Save the file as UTF-8 without a byte order mark.".into(),
        });
    }
    let unprintable = text.char_indices().find(|(_, character)| !is_printable(*character));
    found.extend(unprintable.map(|(offset, character)| Diagnostic {
        rule: Rule::ControlCharacter,
        subject: Subject::Node,
        location: Location::Offset(offset),
        what: format!("YAML does not allow the character U+{:04X}.", u32::from(character)),
        why: "It is invisible here and would end up in the generated code.".into(),
        help: "Remove it, or write it as an escape sequence in double quotes, such as `\"\\u0007\"`.".into(),
    }));
    found
}

/// Returns true if YAML allows the character unescaped.
fn is_printable(character: char) -> bool {
    match character {
        '\t' | '\n' | '\r' | '\u{85}' => true,
        '\u{fffe}' | '\u{ffff}' => false,
        other => !other.is_control(),
    }
}

#[cfg(test)]
mod tests {
    use super::{offset, to_value};

    #[test]
    fn keys_are_strings_as_written() {
        let value = to_value("200: a\n0x10: b\nnull: c\ntrue: d\n1.50: e\n").expect("valid");
        let keys: Vec<&str> =
            value.as_object().expect("mapping").keys().map(String::as_str).collect();
        assert_eq!(keys, ["0x10", "1.50", "200", "null", "true"]);
    }

    #[test]
    fn integers_beyond_64_bits_are_floats() {
        let value = to_value("[18446744073709551615, -9223372036854776000]").expect("valid");
        assert_eq!(value, serde_json::json!([u64::MAX, -9_223_372_036_854_776_000_f64]));
    }

    #[test]
    fn offsets_count_bytes() {
        assert_eq!(offset("é\né: x", 2, 2), 5);
        assert_eq!(offset("", 9, 9), 0);
    }
}
