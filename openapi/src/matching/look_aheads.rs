//! Takes the look-aheads at the start of a pattern for patterns of their own, which mean the same:
//! `^(?=.*\d)(?!a)[a-z\d]+$` matches what matches `^(?:.*\d)` and `^[a-z\d]+$`, but not `^(?:a)`.

/// A pattern without the look-aheads at its start.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Parts {
    /// The patterns that a string has to match.
    pub(super) all: Vec<String>,
    /// The patterns that it must not match.
    pub(super) none: Vec<String>,
}

/// Returns the parts of a pattern. One that has no look-ahead at its start is its only part.
pub(super) fn parts(pattern: &str) -> Parts {
    let mut parts = Parts::default();
    let Some(mut rest) = pattern.strip_prefix('^') else {
        return Parts { all: vec![pattern.to_owned()], ..parts };
    };
    while let Some((is_wanted, inner, behind)) = look_ahead(rest) {
        let part = format!("^(?:{inner})");
        if is_wanted {
            parts.all.push(part)
        } else {
            parts.none.push(part)
        }
        rest = behind;
    }
    let has_look_aheads = !(parts.all.is_empty() && parts.none.is_empty());
    if has_look_aheads && end(rest, |depth, character| depth == 0 && character == '|').is_some() {
        // They belong to the first of several alternatives only.
        return Parts { all: vec![pattern.to_owned()], ..Parts::default() };
    }
    parts.all.push(format!("^{rest}"));
    parts
}

/// Returns what a look-ahead at the start asks for, or rules out, and what is behind it.
fn look_ahead(pattern: &str) -> Option<(bool, &str, &str)> {
    let (is_wanted, inner) = match pattern.strip_prefix("(?=") {
        Some(inner) => (true, inner),
        None => (false, pattern.strip_prefix("(?!")?),
    };
    let end = end(inner, |depth, character| depth == 0 && character == ')')?;
    let behind = &inner[end + 1..];
    let is_repeated = behind.starts_with(['*', '+', '?', '{']);
    (!is_repeated).then_some((is_wanted, &inner[..end], behind))
}

/// Returns the offset of the first character outside of classes and escapes that is wanted. It is
/// given the number of groups around the character.
fn end(pattern: &str, is_wanted: impl Fn(usize, char) -> bool) -> Option<usize> {
    let (mut depth, mut is_escaped, mut is_in_class) = (0_usize, false, false);
    for (offset, character) in pattern.char_indices() {
        if std::mem::take(&mut is_escaped) {
            continue;
        }
        match character {
            '\\' => is_escaped = true,
            ']' => is_in_class = false,
            _ if is_in_class => {}
            '[' => is_in_class = true,
            _ if is_wanted(depth, character) => return Some(offset),
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{Parts, parts};

    #[track_caller]
    fn check(pattern: &str, all: &[&str], none: &[&str]) {
        let owned = |parts: &[&str]| parts.iter().map(|&part| part.to_owned()).collect();
        assert_eq!(parts(pattern), Parts { all: owned(all), none: owned(none) }, "{pattern}");
    }

    #[test]
    fn look_aheads_at_the_start_are_patterns_of_their_own() {
        check(
            r"^(?=.*[A-Z)])(?!\)(a|b))[a-z]{8,}$",
            &["^(?:.*[A-Z)])", "^[a-z]{8,}$"],
            &[r"^(?:\)(a|b))"],
        );
        check("^(?!a|b)", &["^"], &["^(?:a|b)"]);
    }

    #[test]
    fn other_patterns_stay_as_they_are() {
        for pattern in [
            "^[a-z]+$",
            "^a|b$",
            "(?=a)b",
            "^(?=a)b|c",
            "^(?=a)?b",
            "",
            "^(?=a",
            "^a(?=b)",
            r"^\(?=a)",
        ] {
            check(pattern, &[pattern], &[]);
        }
    }
}
