//! The lengths of the strings that patterns match, in characters.

use regex_syntax::hir::{Hir, HirKind};

use super::translate::translate;

/// Returns the length of all strings that match a pattern, if they have one length.
pub(super) fn only_length(pattern: &str) -> Option<usize> {
    length(&parsed(pattern)?)
}

/// Returns true if no empty string matches a pattern.
pub(super) fn is_never_empty(pattern: &str) -> bool {
    let least = parsed(pattern).and_then(|parsed| parsed.properties().minimum_len());
    least.is_some_and(|least| least > 0)
}

fn parsed(pattern: &str) -> Option<Hir> {
    regex_syntax::parse(&translate(pattern).ok()?).ok()
}

fn length(parsed: &Hir) -> Option<usize> {
    match parsed.kind() {
        HirKind::Empty | HirKind::Look(_) => Some(0),
        HirKind::Literal(literal) => Some(std::str::from_utf8(&literal.0).ok()?.chars().count()),
        HirKind::Class(_) => Some(1),
        HirKind::Repetition(repetition) => {
            let count = repetition.max.filter(|most| *most == repetition.min)?;
            length(&repetition.sub)?.checked_mul(usize::try_from(count).ok()?)
        }
        HirKind::Capture(capture) => length(&capture.sub),
        HirKind::Concat(all) => {
            all.iter().try_fold(0_usize, |sum, one| sum.checked_add(length(one)?))
        }
        HirKind::Alternation(any) => {
            let first = length(any.first()?)?;
            any.iter().all(|one| length(one) == Some(first)).then_some(first)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{is_never_empty, only_length};

    #[test]
    fn lengths_are_counted_in_characters() {
        for (pattern, expected) in [
            ("", Some(0)),
            ("a", Some(1)),
            ("äb", Some(2)),
            (r"[äb]\d", Some(2)),
            (r"\d{3}(ab|[cd]e)", Some(5)),
            ("^a$", Some(1)),
            ("(a|bc)", None),
            ("a?", None),
            ("a{2,3}", None),
            (r"(a)\1", None),
            ("(?=a)", None),
        ] {
            assert_eq!(only_length(pattern), expected, "{pattern}");
        }
        assert!(is_never_empty("a|b+") && !is_never_empty("a|b*") && !is_never_empty("$"));
    }
}
