//! Escapes text for Markdown, so that rustdoc shows it as it is.

/// Returns `text` as one paragraph that contains no link, no HTML and no code block.
pub fn sanitize(text: &str) -> String {
    let visible: String = text.chars().filter(|&character| !is_invisible(character)).collect();
    let words = visible.split_whitespace().map(sanitize_word);
    let joined = words.collect::<Vec<_>>().join(" ");
    let starts_block =
        joined.starts_with(['#', '>', '-', '+', '=', '~', '|', ':']) || starts_list(&joined);
    if starts_block { format!("\\{joined}") } else { joined }
}

/// Returns `text` for a code span. Backticks are removed, since they cannot be escaped there.
pub fn code(text: &str) -> String {
    text.chars()
        .filter(|&character| {
            character != '`' && !character.is_control() && !is_invisible(character)
        })
        .collect()
}

/// Returns true for control characters, and for those that change the writing direction, which
/// rustc rejects.
pub fn is_invisible(character: char) -> bool {
    let turns = matches!(character, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    turns || character.is_control() && !character.is_whitespace()
}

/// Returns true if the text starts with the marker of an ordered list, `1.` or `1)`.
fn starts_list(text: &str) -> bool {
    let rest = text.trim_start_matches(|first: char| first.is_ascii_digit());
    rest.len() < text.len() && (rest.starts_with(". ") || rest.starts_with(") "))
}

fn sanitize_word(word: &str) -> String {
    if let Some(link) = bare_url(word) {
        return link;
    }
    if is_code(word) {
        return word.to_owned();
    }
    let mut sanitized = String::with_capacity(word.len());
    let mut inside = false;
    let mut characters = word.chars().peekable();
    while let Some(character) = characters.next() {
        let is_special =
            matches!(character, '\\' | '[' | ']' | '<' | '>' | '`' | '*' | '_' | '&' | '~' | '|');
        let joins_word = character == '_'
            && inside
            && characters.peek().is_some_and(|next| next.is_alphanumeric());
        if is_special && !joins_word {
            sanitized.push('\\');
        }
        sanitized.push(character);
        inside = character.is_alphanumeric();
    }
    sanitized
}

/// Returns true for a word in backticks, such as `` `token` ``, with or without punctuation around
/// it.
fn is_code(word: &str) -> bool {
    let word = word.trim_end_matches(['.', ',', ':', ';', ')']).trim_start_matches('(');
    let inner = word.strip_prefix('`').and_then(|word| word.strip_suffix('`'));
    inner.is_some_and(|inner| !inner.is_empty() && !inner.contains('`'))
}

/// Returns a URL as an autolink, with the punctuation around it outside.
fn bare_url(word: &str) -> Option<String> {
    let start = word.find("https://").or_else(|| word.find("http://"))?;
    let (before, url) = word.split_at(start);
    let end = url.trim_end_matches(['.', ',', ':', ';', ')', '"', '\'']).len();
    let (url, after) = url.split_at(end);
    let plain = url
        .chars()
        .all(|character| character.is_ascii_graphic() && !"<>[]()`\\\"{}|^*".contains(character));
    let plain_around =
        before.chars().chain(after.chars()).all(|character| "(.,:;)\"'".contains(character));
    (plain && plain_around).then(|| format!("{before}<{url}>{after}"))
}

#[cfg(test)]
mod tests {
    use super::sanitize;

    #[test]
    fn no_markdown_survives_but_single_words_of_code() {
        for (text, expected) in [
            ("Plain words.", "Plain words."),
            ("See `token`, and (`id`).", "See `token`, and (`id`)."),
            ("Two `words here`.", "Two \\`words here\\`."),
            ("A [link](x) and <b>.", "A \\[link\\](x) and \\<b\\>."),
            ("See https://example.com/a_b#c.", "See <https://example.com/a_b#c>."),
            ("    let x = 1;\n\n```\nboom\n```", "let x = 1; \\`\\`\\` boom \\`\\`\\`"),
            ("# Heading", "\\# Heading"),
            ("turned \u{202e}around\u{7}", "turned around"),
            ("1. first", "\\1. first"),
            ("3.x has snake_case and _emphasis_", "3.x has snake_case and \\_emphasis\\_"),
        ] {
            assert_eq!(sanitize(text), expected);
        }
    }
}
