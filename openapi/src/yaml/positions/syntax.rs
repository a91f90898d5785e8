//! Locates syntax errors, which the parser often notices a line late.

use super::check::{beyond, line_start, tab, too_deep};
use super::messages::{self, KEY_WITHOUT_COLON};
use super::{Feature, SyntaxError, spaces};
use crate::diagnostic::{Diagnostic, Location, Subject};
use crate::rule::Rule;

/// The meaning and the remedy of a line that is indented as a continuation of the value above it.
const CONTINUED: (&str, &str) = (
    "This line is indented as part of the value above it, but is written like a key.",
    "Indent it like the key above if it is a key, or put the whole value in double quotes if it is a single string.",
);

/// Reports a source text that cannot be parsed to its end.
pub(super) fn finding(text: &str, error: &SyntaxError) -> Diagnostic {
    let SyntaxError { offset, message } = error;
    if let Some(offset) = tab_near(text, *offset).filter(|_| message.contains("tab")) {
        return tab(offset);
    }
    if message.contains("recursion limit") {
        return too_deep(*offset);
    }
    if message.contains("unknown anchor") {
        return beyond(*offset, Feature::Alias);
    }
    let line = line_start(text, *offset);
    let lines = [line, line_before(text, line)];
    if let Some((offset, (what, help))) =
        lines.into_iter().find_map(|line| spaces::in_line(text, line))
    {
        return syntax(offset, what, help);
    }
    if message.contains("mapping values are not allowed")
        && let Some((offset, (what, help))) = mistake_above(text, *offset)
    {
        return syntax(offset, what.to_owned(), help.to_owned());
    }
    let (what, help) = messages::plain(message);
    // The parser notices that a key has no `:` only when it has read what follows.
    let is_late = message.contains("simple key");
    let offset = if is_late { key_without_colon(text, *offset) } else { *offset };
    syntax(offset, what, help)
}

fn syntax(offset: usize, what: String, help: String) -> Diagnostic {
    Diagnostic {
        rule: Rule::Syntax,
        subject: Subject::Node,
        location: Location::Offset(offset),
        what,
        why: "The rest of the spec cannot be read, so no client can be generated.".into(),
        help,
    }
}

/// Returns the position and description of the mistake, if the `:` at an offset is the first one of
/// its line and therefore correct.
fn mistake_above(text: &str, offset: usize) -> Option<(usize, (&'static str, &'static str))> {
    let line = line_start(text, offset);
    if text[line..offset].contains(": ") {
        return None;
    }
    let mut keyless = None;
    let mut at = line;
    while at > 0 {
        let above = line_before(text, at);
        let start = line_start(text, above);
        let written = text[above..at].trim();
        if !written.starts_with('#') && has_colon(written) {
            let has_value = !written.ends_with(':');
            let column =
                above - start + written.len() - written.trim_start_matches(['-', ' ']).len();
            if has_value && column < indentation(text, line) {
                return Some((line + indentation(text, line), CONTINUED));
            }
            break;
        }
        keyless = Some(above).filter(|_| !written.starts_with('#')).or(keyless);
        at = start;
    }
    keyless.map(|line| (line, KEY_WITHOUT_COLON))
}

/// Returns the offset of the last line without a `:` before an offset. The parser has read it
/// together with the next line.
fn key_without_colon(text: &str, offset: usize) -> usize {
    let line = line_before(text, offset);
    let is_whole = |line: usize| has_colon(text[line..].lines().next().unwrap_or_default().trim());
    let above = line_before(text, line_start(text, line));
    let is_comment = text[above..].starts_with('#');
    if is_whole(line) && line > 0 && !is_whole(above) && !is_comment { above } else { line }
}

fn has_colon(line: &str) -> bool {
    line.contains(": ") || line.ends_with(':')
}

fn indentation(text: &str, line: usize) -> usize {
    text[line..].len() - text[line..].trim_start_matches(' ').len()
}

/// Returns the offset of a tab in the indentation of the line at `offset` or the one after it.
fn tab_near(text: &str, offset: usize) -> Option<usize> {
    let mut start = line_start(text, offset);
    for line in text[start..].split_inclusive('\n').take(2) {
        let indentation = line.len() - line.trim_start_matches([' ', '\t']).len();
        if let Some(tab) = line[..indentation].find('\t') {
            return Some(start + tab);
        }
        start += line.len();
    }
    None
}

/// Returns the offset of the first character, after the indentation, of the line that ends before
/// `offset`.
fn line_before(text: &str, offset: usize) -> usize {
    let end = text[..offset].trim_end().len();
    let start = line_start(text, end);
    start + text[start..end].len() - text[start..end].trim_start().len()
}
