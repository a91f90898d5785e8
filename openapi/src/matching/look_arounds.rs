//! Takes the look-around of a pattern for patterns of its own, which mean the same together:
//! `^(?=.*\d)(?!a)[a-z\d]+(?<!-)$` matches what matches `^(?:.*\d)` and `^[a-z\d]+$`, but neither
//! `^(?:a)` nor `(?:-)$`.
//!
//! That needs the position of the look-around to be the same for each way in which a string can
//! match: what is between it and the start, or the end, has one length.

use super::lengths::{is_never_empty, only_length};

/// A pattern without look-around, as far as it can be taken out.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Parts {
    /// The patterns that a string has to match.
    pub(super) all: Vec<String>,
    /// The patterns that it must not match.
    pub(super) none: Vec<String>,
}

/// A piece of a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Piece<'p> {
    Consumed(&'p str),
    Ahead(Wanted, &'p str),
    Behind(Wanted, &'p str),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wanted {
    Yes,
    No,
}

/// Returns the parts of a pattern. One whose look-around cannot be taken out is its only part.
pub(super) fn parts(pattern: &str) -> Parts {
    let whole = || Parts { all: vec![pattern.to_owned()], ..Parts::default() };
    if has_alternatives(pattern) {
        // Look-around belongs to one of several alternatives only.
        return whole();
    }
    taken_out(&pieces(pattern)).unwrap_or_else(whole)
}

fn taken_out(pieces: &[Piece<'_>]) -> Option<Parts> {
    let mut parts = Parts::default();
    let mut consumed = String::new();
    for (index, piece) in pieces.iter().enumerate() {
        let is_first = index == 0;
        let is_last = index + 1 == pieces.len();
        let (wanted, part) = match *piece {
            Piece::Consumed(text) => {
                consumed.push_str(text);
                continue;
            }
            // Nothing behind it needs what it has matched, so it can match as anything else does.
            Piece::Ahead(Wanted::Yes, inner) if is_last => {
                consumed.push_str(&format!("(?:{inner})"));
                continue;
            }
            Piece::Behind(Wanted::Yes, inner) if is_first => {
                consumed.push_str(&format!("(?:{inner})"));
                continue;
            }
            Piece::Ahead(wanted, inner) => {
                let before =
                    consumed.strip_prefix('^').filter(|before| only_length(before).is_some())?;
                (wanted, format!("^{before}(?:{inner})"))
            }
            Piece::Behind(wanted, inner) => {
                let behind: Option<String> = pieces[index + 1..]
                    .iter()
                    .map(|piece| match piece {
                        Piece::Consumed(text) => Some(*text),
                        Piece::Ahead(..) => None,
                        Piece::Behind(..) => Some(""),
                    })
                    .collect();
                let behind = behind?;
                // An escaped `$` leaves a backslash, with which no pattern ends.
                let behind = behind.strip_suffix('$');
                let behind = behind.filter(|behind| only_length(behind).is_some())?;
                (wanted, format!("(?:{inner}){behind}$"))
            }
        };
        match wanted {
            Wanted::Yes => parts.all.push(part),
            Wanted::No => parts.none.push(part),
        }
    }
    if let Some((text, ruled_out)) = repeated(&consumed) {
        parts.none.push(ruled_out);
        consumed = text;
    }
    parts.all.push(consumed);
    Some(parts)
}

/// Returns `^(?:a)*$` and `(?:b)` for `^(?:(?!b)a)*$`, which looks ahead at each character.
fn repeated(pattern: &str) -> Option<(String, String)> {
    let group = pattern.strip_prefix('^')?.strip_suffix('$')?.strip_prefix('(')?;
    let group_end = end(group, |depth, character| depth == 0 && character == ')')?;
    let (inner, quantifier) = (&group[..group_end], &group[group_end + 1..]);
    let inner = inner.strip_prefix("?:").unwrap_or(inner);
    let Some((Piece::Ahead(Wanted::No, ruled_out), each)) = look_around(inner) else { return None };
    let is_like_that = ["*", "+"].contains(&quantifier)
        && !has_alternatives(each)
        && only_length(each) == Some(1)
        && is_never_empty(ruled_out);
    is_like_that.then(|| (format!("^(?:{each}){quantifier}$"), format!("(?:{ruled_out})")))
}

fn has_alternatives(pattern: &str) -> bool {
    end(pattern, |depth, character| depth == 0 && character == '|').is_some()
}

/// Returns the pieces of a pattern without alternatives.
fn pieces(pattern: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = pattern;
    while !rest.is_empty() {
        if let Some((piece, behind)) = look_around(rest) {
            pieces.push(piece);
            rest = behind;
            continue;
        }
        // What starts with a parenthesis is no look-around that can be taken out.
        let group = end(rest, |depth, character| depth == 0 && character == '(');
        let length = match group {
            Some(0) => group_length(rest),
            Some(length) => length,
            None => rest.len(),
        };
        let (text, behind) = rest.split_at(length);
        pieces.push(Piece::Consumed(text));
        rest = behind;
    }
    pieces
}

/// Returns the length of the group at the start, or of all if it has no end.
fn group_length(pattern: &str) -> usize {
    let inner = pattern.get(1..).unwrap_or_default();
    let inner_end = end(inner, |depth, character| depth == 0 && character == ')');
    inner_end.map_or(pattern.len(), |inner_end| inner_end + 2)
}

/// Returns the look-around at the start, and what is behind it. A repeated one means nothing.
fn look_around(pattern: &str) -> Option<(Piece<'_>, &str)> {
    type Make = for<'p> fn(&'p str) -> Piece<'p>;
    let kinds: [(&str, Make); 4] = [
        ("(?=", |inner| Piece::Ahead(Wanted::Yes, inner)),
        ("(?!", |inner| Piece::Ahead(Wanted::No, inner)),
        ("(?<=", |inner| Piece::Behind(Wanted::Yes, inner)),
        ("(?<!", |inner| Piece::Behind(Wanted::No, inner)),
    ];
    let (inner, make) =
        kinds.iter().find_map(|(start, make)| Some((pattern.strip_prefix(start)?, make)))?;
    let end = end(inner, |depth, character| depth == 0 && character == ')')?;
    let behind = &inner[end + 1..];
    let is_repeated = behind.starts_with(['*', '+', '?', '{']);
    (!is_repeated).then(|| (make(&inner[..end]), behind))
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
    fn look_aheads_at_a_fixed_position_are_patterns_of_their_own() {
        check(
            r"^(?=.*[A-Z)])(?!\)(a|b))[a-z]{8,}$",
            &["^(?:.*[A-Z)])", "^[a-z]{8,}$"],
            &[r"^(?:\)(a|b))"],
        );
        check("^(?!a|b)", &["^"], &["^(?:a|b)"]);
        check("^x-(?!a)(b|c)(?=d).*$", &["^x-(b|c)(?:d)", "^x-(b|c).*$"], &["^x-(?:a)"]);
        check("^a(?=b)", &["^a(?:b)"], &[]);
        check("a+(?=b)", &["a+(?:b)"], &[]);
    }

    #[test]
    fn look_behinds_at_a_fixed_position_are_patterns_of_their_own() {
        check("^[a-z-]+(?<!-)$", &["^[a-z-]+$"], &["(?:-)$"]);
        check(r"[a-z]+(?<=a)(?<!ba)\d\d$", &[r"(?:a)\d\d$", r"[a-z]+\d\d$"], &[r"(?:ba)\d\d$"]);
        check("(?<=a)b", &["(?:a)b"], &[]);
    }

    #[test]
    fn look_aheads_at_each_character_are_patterns_of_their_own() {
        check("^((?!--).)*$", &["^(?:.)*$"], &["(?:--)"]);
        check("^(?!a)(?:(?!b|c$)[a-z])+$", &["^(?:[a-z])+$"], &["^(?:a)", "(?:b|c$)"]);
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
            "^a+(?=b)c",
            "^a(?<!b)c+$",
            "a(?!b)",
            "a(?<!b)",
            "(?<!a)b",
            r"a(?<!b)\$",
            r"^\(?=a)",
            "^((?!a*).)*$",
            "^((?!a)b|c)*$",
            "^((?!a)bc)*$",
            "^((?!a).){2}$",
            "^a((?!b).)*$",
        ] {
            check(pattern, &[pattern], &[]);
        }
    }
}
