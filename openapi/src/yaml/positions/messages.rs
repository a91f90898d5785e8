//! Says in plain words what the YAML parser says in its own.

/// What a message of the parser means, and what to do about it.
pub(super) fn plain(message: &str) -> (String, String) {
    let known = MESSAGES.iter().find(|(parts, ..)| parts.iter().all(|part| message.contains(part)));
    match known {
        Some((_, what, help)) => ((*what).to_owned(), (*help).to_owned()),
        None => (
            format!("This is not YAML: {message}."),
            "Check indentation, quotes and brackets here and on the line before.".to_owned(),
        ),
    }
}

/// Parts of a message, what it means and what to do. The first row that fits counts.
const MESSAGES: &[(&[&str], &str, &str)] = &[
    (
        &["mapping values are not allowed"],
        "There is a second `: ` on this line.",
        "Put the text in double quotes if the `:` is part of it, or start a new line.",
    ),
    (&["simple key"], KEY_WITHOUT_COLON.0, KEY_WITHOUT_COLON.1),
    (
        &["did not find expected key"],
        "This line is neither a key of the mapping above nor indented enough to be part of a value.",
        "Write `key: value`, and indent the line like its neighbours.",
    ),
    (
        &["trailing content after double-quoted"],
        "There is text behind the closing quote.",
        "Move the quote to the end of the text, and write `\\\"` for a quote inside of it.",
    ),
    (&["quoted scalar", "escape"], "A text in double quotes has an escape that is unknown.", ESCAPE),
    (&["quoted scalar", "hexadecimal"], "A text in double quotes has an escape that is incomplete.", ESCAPE),
    (
        &["quoted scalar"],
        "The quoted text that starts here does not end where it should.",
        "Close the quote, and indent further lines of the text.",
    ),
    (
        &["indent"],
        "The indentation of this line fits none of the lines above.",
        "Indent it like its neighbours, with two spaces per level.",
    ),
    (
        &["unexpected character"],
        "A text cannot start with this character unless it is in quotes.",
        "Put the text in double quotes.",
    ),
    (
        &["illegal placement of ':'"],
        "There is a `:` inside of a bracket that ends nowhere before it.",
        "Close the bracket on this line or above, or put the text in double quotes if the `:` is part of it.",
    ),
    (&["flow mapping"], BRACKET, "Close the bracket, or put a comma between the entries."),
    (&["flow sequence"], BRACKET, "Close the bracket, or put a comma between the entries."),
    (
        &["block sequence entries are not allowed"],
        "A list cannot start on this line.",
        "Start the list on a line of its own, with `- ` before each entry.",
    ),
];

/// That a line is a key without anything behind it, and what to do about it.
pub(super) const KEY_WITHOUT_COLON: (&str, &str) = (
    "A key has no `:` behind it.",
    "Write `key: value`, with a space after the `:`, and indent the line like its neighbours.",
);
const BRACKET: &str = "A bracket is not closed, or a comma is missing before this.";
const ESCAPE: &str = "Write `\\\\` for a backslash, or use single quotes.";
