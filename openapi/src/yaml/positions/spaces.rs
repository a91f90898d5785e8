//! Finds characters that look like a space and are none in YAML. They are copied along from web
//! pages.

use super::check::line_start;
use super::{Step, StepKind};
use crate::diagnostic::{Diagnostic, Location, Subject};
use crate::rule::Rule;

/// Characters that look like a space, or are invisible, and their Unicode names.
const SPACES: [(char, &str); 6] = [
    ('\u{a0}', "no-break space"),
    ('\u{2007}', "figure space"),
    ('\u{200b}', "zero width space"),
    ('\u{202f}', "narrow no-break space"),
    ('\u{3000}', "ideographic space"),
    ('\u{2009}', "thin space"),
];

/// Reports such a character at the start or end of a plain key or value, or in place of the space
/// after a key or a `-`.
pub(super) fn finding(text: &str, step: &Step<'_>) -> Option<Diagnostic> {
    let (StepKind::Key { quoted: false, .. } | StepKind::Scalar { quoted: false, .. }) = step.found
    else {
        return None;
    };
    let written = text.get(step.range.clone())?;
    let outer =
        |place: Option<(usize, char)>| place.filter(|(_, character)| name(*character).is_some());
    let behind = |character: char| {
        let place = written.find(character)? + 1;
        Some((place, written[place..].chars().next()?))
            .filter(|_| !written[..place].contains(char::is_whitespace))
    };
    let (place, character) = outer(written.char_indices().next())
        .or_else(|| outer(written.char_indices().next_back()))
        .or_else(|| outer(behind(':')))
        .or_else(|| outer(behind('-')).filter(|_| written.starts_with('-')))?;
    let (what, help) = words(character)?;
    Some(Diagnostic {
        rule: Rule::NoBreakSpace,
        subject: Subject::Node,
        location: Location::Offset(step.range.start + place),
        what,
        why:
            "YAML takes it for an ordinary character, so a name or value is not what it looks like."
                .into(),
        help,
    })
}

/// Returns the position and description of such a character in the indentation of the line at an
/// offset, or in place of the space after its `-` or its key.
pub(super) fn in_line(text: &str, offset: usize) -> Option<(usize, (String, String))> {
    let start = line_start(text, offset);
    let line = text[start..].lines().next()?;
    let before = line.len()
        - line
            .trim_start_matches(|character: char| {
                character == '-' || character.is_whitespace() || name(character).is_some()
            })
            .len();
    let place = line[..before].find(|character| name(character).is_some());
    let behind_colon =
        || line.find(':').map(|colon| colon + 1).filter(|place| begins(&line[*place..]));
    let place = place.or_else(behind_colon)?;
    Some((start + place, words(line[place..].chars().next()?)?))
}

fn begins(text: &str) -> bool {
    text.chars().next().is_some_and(|character| name(character).is_some())
}

fn words(character: char) -> Option<(String, String)> {
    let what = format!(
        "The character U+{:04X} ({}) is used instead of a space.",
        u32::from(character),
        name(character)?
    );
    Some((
        what,
        "Replace it with a space, or put the string in quotes if the character belongs to it."
            .to_owned(),
    ))
}

fn name(character: char) -> Option<&'static str> {
    SPACES.iter().find(|(known, _)| *known == character).map(|(_, name)| *name)
}
