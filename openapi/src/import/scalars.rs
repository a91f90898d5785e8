//! Writes strings and numbers so that every YAML parser reads them as they are meant.

use serde_json::{Number, Value};

use crate::yaml::{self, read_as};

/// The width at which long strings are folded, in characters.
const WIDTH: usize = 120;

/// The first characters of plain scalars, besides letters and digits. All others may have a meaning
/// in YAML.
const FIRST: &str = "/.$^(<_+";

/// Writes a string after a key: plain, in quotes, or as a block scalar.
pub(super) fn string(text: &str, column: usize, indent: usize) -> String {
    let is_long = column + text.chars().count() > WIDTH;
    if is_long && can_be_folded(text) {
        return fold(text, indent);
    }
    if text.contains('\n') && can_be_lines(text) {
        let margin = " ".repeat(indent);
        let (mark, lines) = text.strip_suffix('\n').map_or(("|-", text), |lines| ("|", lines));
        let lines = lines
            .split('\n')
            .map(|line| if line.is_empty() { String::new() } else { format!("{margin}{line}") });
        return lines.fold(mark.to_owned(), |written, line| written + "\n" + &line);
    }
    on_one_line(text)
}

/// Writes a string on one line, in double quotes if it needs them.
pub(super) fn on_one_line(text: &str) -> String {
    if is_plain(text) { text.to_owned() } else { in_quotes(text) }
}

/// Writes a number in a notation that all parsers read alike: with a decimal point and a sign
/// before the exponent.
pub(super) fn number(number: &Number) -> String {
    let written = number.to_string();
    let Some((mantissa, exponent)) = written.split_once(['e', 'E']) else { return written };
    let point = if mantissa.contains('.') { "" } else { ".0" };
    let sign = if exponent.starts_with(['-', '+']) { "" } else { "+" };
    format!("{mantissa}{point}e{sign}{exponent}")
}

/// Returns true if the string needs no quotes, and every parser reads the plain scalar as a string.
fn is_plain(text: &str) -> bool {
    let Some(first) = text.chars().next() else { return false };
    let is_cut =
        text.contains(": ") || text.contains(" #") || text.ends_with(':') || text.ends_with(' ');
    if is_cut || text == "<<" || !text.chars().all(is_visible) || yaml::is_ambiguous(text) {
        return false;
    }
    if first.is_alphabetic() {
        return !["null", "true", "false"].contains(&text.to_ascii_lowercase().as_str());
    }
    // A string that starts with a digit or a period may be a number in one of many notations.
    (first.is_ascii_digit() || FIRST.contains(first))
        && read_as::<Value>(text).is_some_and(|read| read == text)
}

/// Returns true if the character is visible and means the same to all parsers. A tab is allowed
/// within a line, but not at its start.
fn is_visible(character: char) -> bool {
    let is_blank = character.is_whitespace() && character != ' ';
    let is_hidden = matches!(
        character,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
    );
    let is_no_character =
        matches!(character, '\u{fdd0}'..='\u{fdef}') || u32::from(character) & 0xfffe == 0xfffe;
    !(character.is_control() || is_blank || is_hidden || is_no_character)
}

/// Returns true if a string on one line can be folded at its spaces.
fn can_be_folded(text: &str) -> bool {
    text.chars().all(is_visible) && text.trim() == text && breaks(text).next().is_some()
}

/// Returns the positions of single spaces, where a line can be folded.
fn breaks(text: &str) -> impl Iterator<Item = usize> {
    let bytes = text.as_bytes();
    let is_break = |at: &usize| {
        *at > 0
            && bytes[at - 1] != b' '
            && bytes.get(at + 1).is_some_and(|character| *character != b' ')
    };
    text.match_indices(' ').map(|(at, _)| at).filter(is_break)
}

/// Folds a string into lines that fit the width, if its words do.
fn fold(text: &str, indent: usize) -> String {
    let mut written = String::from(">-");
    let mut line = 0..0;
    let mut put = |line: &str| {
        written.push('\n');
        written.push_str(&" ".repeat(indent));
        written.push_str(line);
    };
    for at in breaks(text).chain([text.len()]) {
        if line.end > line.start && indent + text[line.start..at].chars().count() > WIDTH {
            put(&text[line.clone()]);
            line.start = line.end + 1;
        }
        line.end = at;
    }
    put(&text[line]);
    written
}

/// Returns true if the lines of a string can be written as a literal block.
fn can_be_lines(text: &str) -> bool {
    let is_line = |line: &str| {
        line.chars().all(|character| is_visible(character) || character == '\t')
            && !line.starts_with('\t')
    };
    let is_margin_clear =
        !text.starts_with([' ', '\n']) && !text.ends_with("\n\n") && text.trim() != "";
    is_margin_clear && text.split('\n').all(is_line)
}

fn in_quotes(text: &str) -> String {
    let mut quoted = String::from("\"");
    for character in text.chars() {
        match character {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            visible if is_visible(visible) => quoted.push(visible),
            other if u32::from(other) > 0xffff => {
                quoted.push_str(&format!("\\U{:08x}", u32::from(other)))
            }
            other => quoted.push_str(&format!("\\u{:04x}", u32::from(other))),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{number, string};
    use crate::yaml::read_strictly;

    /// Writes a string and reads it again.
    #[track_caller]
    fn check(text: &str, expected: &str) {
        let written = format!("description: {}\n", string(text, 13, 2));
        assert_eq!(
            read_strictly(&written).map_err(|found| format!("{written}{found:?}")),
            Ok(json!({"description": text}))
        );
        assert_eq!(written, format!("description: {expected}\n"));
    }

    #[test]
    fn what_readers_could_take_for_something_else_is_in_quotes() {
        for text in [
            "no",
            "Yes",
            "y",
            "off",
            "null",
            "True",
            "~",
            "",
            "3.10",
            "200",
            "1e3",
            "0x1F",
            "012",
            "1_000",
            "12:30:45",
            ".inf",
            "+1",
            "2018-06-01",
            "2018-06-01T12:00:00Z",
            "<<",
            "=",
            "-",
            "- a",
            "? a",
            "a: b",
            "a #b",
            "a:",
            "#/a",
            "*a",
            "&a",
            "!a",
            "@a",
            "`a",
            "%a",
            "{a}",
            "[a]",
            "|",
            ">",
            "'a'",
            " a",
            "a ",
        ] {
            check(text, &format!("\"{text}\""));
        }
        check("a\u{a0}b\u{feff}\u{7}\u{e0001}", "\"a\\u00a0b\\ufeff\\u0007\u{e0001}\"");
        check("\"\\\r\t", "\"\\\"\\\\\\r\\t\"");
    }

    #[test]
    fn other_strings_are_plain() {
        for text in [
            "a",
            "a b",
            "3.x",
            "v1",
            "/a/{b}",
            "^[a-z]+$",
            "$request",
            "(a)",
            "é",
            "a:b",
            "a#b",
            "1.2.3",
            "2018-06-01-preview",
            "nothing",
            "日本",
        ] {
            check(text, text);
        }
    }

    #[test]
    fn long_strings_are_folded_and_line_breaks_kept() {
        let words = ["word"; 60].join(" ");
        let line = ["word"; 23].join(" ");
        check(&words, &format!(">-\n  {line}\n  {line}\n  {}", ["word"; 14].join(" ")));
        check("a: b\n\n  c #d\ne", "|-\n  a: b\n\n    c #d\n  e");
        check("a\nb\n", "|\n  a\n  b");
        for text in ["\na", "a\n\n", " a\nb", "a\n\tb", "\n", "a\r\nb"] {
            check(text, &json!(text).to_string());
        }
        let spaces = format!("a  b {} c", "d".repeat(200));
        check(&spaces, &format!(">-\n  a  b\n  {}\n  c", "d".repeat(200)));
    }

    #[test]
    fn numbers_keep_their_value() {
        for (value, expected) in [
            ("1e300", "1.0e+300"),
            ("1.5e-7", "1.5e-7"),
            ("10.0", "10.0"),
            ("-1", "-1"),
            ("18446744073709551615", "18446744073709551615"),
        ] {
            let value: Value = serde_json::from_str(value).expect("JSON");
            let Value::Number(one) = &value else { panic!("no number") };
            assert_eq!(number(one), expected);
            assert_eq!(
                read_strictly(&format!("type: {expected}\n")).ok(),
                Some(json!({"type": value})),
                "{expected}"
            );
        }
    }
}
