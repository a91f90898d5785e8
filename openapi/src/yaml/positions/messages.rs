//! Rewords the messages of the YAML parser.

/// Returns the meaning of a parser message, and the remedy.
pub(super) fn plain(message: &str) -> (String, String) {
    let known = MESSAGES.iter().find(|(parts, ..)| parts.iter().all(|part| message.contains(part)));
    match known {
        Some((_, what, help)) => ((*what).to_owned(), (*help).to_owned()),
        None => (
            format!("This is not valid YAML: {message}."),
            "Check indentation, quotes and brackets here and on the line before.".to_owned(),
        ),
    }
}

/// Parts of a message, its meaning and the remedy. The first match counts.
const MESSAGES: &[(&[&str], &str, &str)] = &[
    (
        &["mapping values are not allowed"],
        "There is a second `: ` on this line.",
        "Put the string in double quotes if the `:` is part of it, or start a new line.",
    ),
    (&["simple key"], KEY_WITHOUT_COLON.0, KEY_WITHOUT_COLON.1),
    (
        &["did not find expected key"],
        "This line is neither a key of the mapping above nor indented enough to be part of a value.",
        "Write `key: value`, and indent the line like its neighbours.",
    ),
    (
        &["trailing content after double-quoted"],
        "There are characters after the closing quote.",
        "Move the quote to the end of the string, and write `\\\"` for a quote inside it.",
    ),
    (
        &["quoted scalar", "escape"],
        "A double-quoted string has an unknown escape sequence.",
        ESCAPE,
    ),
    (
        &["quoted scalar", "hexadecimal"],
        "A double-quoted string has an incomplete escape sequence.",
        ESCAPE,
    ),
    (
        &["quoted scalar"],
        "The quoted string that starts here is not closed where it should be.",
        "Close the quote, and indent the lines that continue the string.",
    ),
    (
        &["indent"],
        "The indentation of this line matches none of the lines above.",
        "Indent it like its neighbours, with two spaces per level.",
    ),
    (
        &["unexpected character"],
        "A plain scalar cannot start with this character.",
        "Put the string in double quotes.",
    ),
    (
        &["illegal placement of ':'"],
        "There is a `:` inside a bracket that is not closed.",
        "Close the bracket on this line or above, or put the string in double quotes if the `:` is part of it.",
    ),
    (&["flow mapping"], BRACKET, "Close the bracket, or put a comma between the entries."),
    (&["flow sequence"], BRACKET, "Close the bracket, or put a comma between the entries."),
    (
        &["block sequence entries are not allowed"],
        "A sequence cannot start on this line.",
        "Start the sequence on its own line, with `- ` before each item.",
    ),
];

/// The meaning and the remedy of a line that is a key without a colon.
pub(super) const KEY_WITHOUT_COLON: (&str, &str) = (
    "A key is not followed by `:`.",
    "Write `key: value`, with a space after the `:`, and indent the line like its neighbours.",
);
const BRACKET: &str = "A bracket is not closed, or a comma is missing before this.";
const ESCAPE: &str = "Write `\\\\` for a backslash, or use single quotes.";
