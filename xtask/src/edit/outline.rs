//! Finds the lines of an entry of a mapping in a YAML file, if the mapping is in block style.

/// Characters that cannot be part of a plain key, so that a key with them is quoted.
const QUOTES: [char; 2] = ['"', '\''];

/// The lines of a mapping, without its key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Block {
    /// Index of the line of its key.
    pub key: usize,
    /// Index of its first line.
    pub start: usize,
    /// Index after its last line.
    pub end: usize,
    /// Column of its keys; nothing if it has no line.
    pub indent: Option<usize>,
    /// Column of its own key.
    pub key_indent: usize,
    /// True if a value such as `{}` follows the colon of its key.
    pub is_inline: bool,
}

/// The whole file as a mapping.
pub(super) fn root(lines: &[&str]) -> Block {
    let end = lines.iter().rposition(|line| is_content(line)).map_or(0, |last| last + 1);
    let end = if lines.get(end.saturating_sub(1)).is_some_and(|line| line.starts_with("...")) {
        end - 1
    } else {
        end
    };
    Block { key: 0, start: 0, end, indent: Some(0), key_indent: 0, is_inline: false }
}

/// The value of a key in a mapping.
pub(super) fn entry(lines: &[&str], within: &Block, key: &str) -> Option<Block> {
    let column = within.indent?;
    let is_key = |line: &&str| {
        is_content(line)
            && indent(line) == column
            && key_of(line).is_some_and(|(name, _)| name == key)
    };
    let at = within.start + lines[within.start..within.end].iter().position(is_key)?;
    let (_, behind) = key_of(lines[at])?;
    let is_outside = |line: &&str| {
        is_content(line) && indent(line) <= column && !(indent(line) == column && is_item(line))
    };
    let length =
        lines[at + 1..within.end].iter().position(is_outside).unwrap_or(within.end - at - 1);
    let is_inside =
        |line: &&str| !line.trim().is_empty() && (is_content(line) || indent(line) > column);
    let length =
        lines[at + 1..at + 1 + length].iter().rposition(is_inside).map_or(0, |last| last + 1);
    let inside = &lines[at + 1..at + 1 + length];
    Some(Block {
        key: at,
        start: at + 1,
        end: at + 1 + length,
        indent: inside.iter().find(|line| is_content(line)).map(|line| indent(line)),
        key_indent: column,
        is_inline: !behind.is_empty() && !behind.starts_with('#'),
    })
}

/// The value of a path of keys.
pub(super) fn find(lines: &[&str], path: &[&str]) -> Option<Block> {
    path.iter().try_fold(root(lines), |within, key| entry(lines, &within, key))
}

/// Returns true if a line is neither empty nor a comment.
fn is_content(line: &str) -> bool {
    let text = line.trim();
    !text.is_empty() && !text.starts_with('#') && text != "---"
}

fn is_item(line: &str) -> bool {
    let text = line.trim_start();
    text == "-" || text.starts_with("- ")
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

/// Returns the key at the start of a line and the text after its colon.
fn key_of(line: &str) -> Option<(String, &str)> {
    let text = line.trim_start();
    if let Some(quote) = text.chars().next().filter(|first| QUOTES.contains(first)) {
        let (name, behind) = text[1..].split_once(quote)?;
        return Some((name.to_owned(), behind.trim_start().strip_prefix(':')?.trim()));
    }
    let is_end = |(at, _): &(usize, &str)| {
        text[at + 1..].is_empty() || text[at + 1..].starts_with([' ', '\t', '\r'])
    };
    let (at, _) = text.match_indices(':').find(is_end)?;
    Some((text[..at].trim_end().to_owned(), text[at + 1..].trim()))
}

#[cfg(test)]
mod tests {
    use super::find;

    const TEXT: &str = "# About widgets
openapi: 3.0.3
security:
- token: []
paths:  # all of them

  /widgets/{id}:
    get:
      description: |-
        key: not a key

        # not a comment
    # about post
    \"post\":
      tags: [a]

# behind the paths
components: {}
";

    /// The lines of a mapping, and the column of its keys.
    #[track_caller]
    fn check(path: &[&str], expected: Option<(&str, Option<usize>, bool)>) {
        let lines: Vec<&str> = TEXT.lines().collect();
        let found = find(&lines, path)
            .map(|block| (lines[block.start..block.end].join("|"), block.indent, block.is_inline));
        assert_eq!(found, expected.map(|(text, indent, inline)| (text.to_owned(), indent, inline)));
    }

    #[test]
    fn entries_end_where_others_begin() {
        check(&["security"], Some(("- token: []", Some(0), false)));
        check(&["paths", "/widgets/{id}", "post"], Some(("      tags: [a]", Some(6), false)));
        let description = "        key: not a key||        # not a comment";
        check(
            &["paths", "/widgets/{id}", "get", "description"],
            Some((description, Some(8), true)),
        );
        check(&["paths", "/widgets/{id}", "put"], None);
        check(&["components"], Some(("", None, true)));
        check(&["components", "schemas"], None);
        let lines: Vec<&str> = TEXT.lines().collect();
        let paths = find(&lines, &["paths"]).expect("there are paths");
        assert_eq!((lines[paths.end - 1], paths.indent), ("      tags: [a]", Some(2)));
    }
}
