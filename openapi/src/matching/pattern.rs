//! A pattern as a client enforces it.

use std::fmt;

use regex_automata::nfa::thompson::pikevm::PikeVM;
use regress::{Flags, Regex};

use super::look_arounds;
use super::translate::translate;
use super::{Unenforced, engine};

/// A pattern in the syntax of the clients' engine, in parts without look-around.
pub struct Pattern {
    /// The patterns that a string has to match.
    pub all: Vec<String>,
    /// The patterns that it must not match.
    pub none: Vec<String>,
    prepared: [Vec<PikeVM>; 2],
}

impl Pattern {
    /// Translates a pattern of ECMA 262, with the flag `u` or else without it.
    ///
    /// # Errors
    /// Returns the reason why a client cannot enforce it.
    pub fn new(pattern: &str) -> Result<Self, Unenforced> {
        if !is_ecma(pattern) || is_of_another_syntax(pattern) {
            return Err(Unenforced::OtherSyntax);
        }
        let parts = look_arounds::parts(pattern);
        let translated = |parts: Vec<String>| -> Result<(Vec<String>, Vec<PikeVM>), Unenforced> {
            let parts: Vec<String> =
                parts.iter().map(|part| translate(part)).collect::<Result<_, _>>()?;
            let prepared = parts.iter().map(|part| engine::prepare(part).ok_or(Unenforced::Engine));
            let prepared = prepared.collect::<Result<_, _>>()?;
            Ok((parts, prepared))
        };
        let (all, prepared_all) = translated(parts.all)?;
        let (none, prepared_none) = translated(parts.none)?;
        Ok(Self { all, none, prepared: [prepared_all, prepared_none] })
    }

    /// Returns true if a string matches.
    #[must_use]
    pub fn is_match(&self, text: &str) -> bool {
        let [all, none] = &self.prepared;
        all.iter().all(|part| engine::is_match(part, text))
            && !none.iter().any(|part| engine::is_match(part, text))
    }
}

impl fmt::Debug for Pattern {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Pattern").field("all", &self.all).field("none", &self.none).finish()
    }
}

/// Returns true if a pattern is one of ECMA 262, with the flag `u` or without it.
pub(crate) fn is_ecma(pattern: &str) -> bool {
    let unicode = Flags { unicode: true, ..Flags::default() };
    Regex::with_flags(pattern, unicode).is_ok() || Regex::new(pattern).is_ok()
}

/// Returns true if a pattern is valid, but was written for another language, in which it means
/// something else. Escapes of other languages are found when it is translated.
fn is_of_another_syntax(pattern: &str) -> bool {
    let is_named_class = |behind: &str| {
        behind.split_once(":]").is_some_and(|(name, _)| {
            name.trim_start_matches('^').bytes().all(|byte| byte.is_ascii_alphabetic())
        })
    };
    has_delimiters(pattern)
        || pattern.split("[:").skip(1).any(is_named_class)
        || pattern.contains("&&[")
}

/// Returns true for a pattern like `/^a$/i`, in which nothing can be before `^` and behind `$`, or
/// like `/[a-z]+/`, which has no other slash.
fn has_delimiters(pattern: &str) -> bool {
    let Some((inner, flags)) = pattern.strip_prefix('/').and_then(|behind| behind.rsplit_once('/'))
    else {
        return false;
    };
    let is_anchored = inner.starts_with('^') || inner.ends_with('$') && !inner.ends_with("\\$");
    let has_other_slash = inner.replace("\\/", "").contains('/');
    let is_special = |character: char| "[(*+?{|\\".contains(character);
    flags.bytes().all(|flag| b"dgimsuvxy".contains(&flag))
        && (is_anchored || inner.contains(is_special) && !has_other_slash)
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use proptest::prelude::{any, prop, proptest};
    use regress::{Flags, Regex};

    use super::super::Unenforced;
    use super::Pattern;

    /// Patterns of vendors, and strings that match and that do not.
    const PATTERNS: &[(&str, &[&str], &[&str])] = &[
        (r"^\p{L}+$", &["Ünï", "abc"], &["", "a1"]),
        (r"^[\p{Lu}\p{Ll}\p{N}]+$", &["Ab1"], &["a b"]),
        (r"^[\w-.]+$", &["a-b.c_1"], &["a b", "ü"]),
        (r"^[a-z0-9.\-_]+$", &["a-b", "a_b.c"], &["a^b", "A"]),
        (r"^[a\-z]$", &["a", "-", "z"], &["m"]),
        (r"^[_\-\.]+$", &["_-."], &["a"]),
        (r"^[a\x2dz]$", &["-"], &["m"]),
        (r"^[+--]$", &["+", ",", "-"], &["."]),
        (r"^[a-z]+\@[a-z]+$", &["a@b"], &["ab"]),
        ("^.$", &["😀", "a"], &["", "\n", "\u{2028}", "ab"]),
        (r"^[^\/]+$", &["x\ny"], &["a/b"]),
        (r"^(?=.*[A-Z])(?=.*\d)[A-Za-z\d]{8,}$", &["A1b2c3d4"], &["a1b2c3d4", "A1b2c3d"]),
        (r"^(?!xn--)[a-z-]+$", &["x-n"], &["xn--a"]),
        (r"^\+?\d+$", &["+49", "49"], &["٤", "+"]),
        (r"^\s$", &[" ", "\u{feff}", "\u{2003}"], &["\u{85}", "a"]),
        (r"\bfoo\b", &["a foo.", "éfoo"], &["afoo"]),
        (r"^[\x41\u0042\u{43}\cJ\0\t]$", &["A", "B", "C", "\n", "\0", "\t"], &["D", "t"]),
        (r"^\ud83d\ude00$", &["😀"], &["a"]),
        ("^a{,2}$", &["a{,2}"], &["a", "aa"]),
        ("^a{1,2}?}]$", &["aa}]"], &["aaa}]"]),
        ("^[]$", &[], &["", "a"]),
        ("^[^]$", &["\n", "a"], &[""]),
        ("^[[a&&b~~*--d]$", &["[", "&", "~", "+", "-", "d"], &["]", "e", "."]),
        (r"^[\b\]\\^-]$", &["\u{8}", "]", "\\", "^", "-"], &["b"]),
        (r"^(?<year>\d{4})-(?:a|b)*$", &["2024-ab"], &["2024"]),
        (r"^\<a\>$", &["<a>"], &["a"]),
        (r"^[\W\S]$", &["a", " "], &[]),
        ("^/[a-z]+/[a-z]+/?$", &["/a/b/"], &["a"]),
        (r"^#\-\/~ %&\.$", &["#-/~ %&."], &[]),
        ("", &["", "a"], &[]),
        (r"^[a-c-]+(?<!-)$", &["a-b"], &["a-", "-"]),
        (r"^(?!-)[a-c-]+(?<!--|c-)\d$", &["a1", "a-1"], &["-a1", "c-1", "a--1", "a"]),
        (r"^a(?!b)[a-c]+$", &["aa", "acb"], &["ab", "abc", "a"]),
        (r"^[ü😀](?=x|n$)[a-z]+$", &["üx", "😀n"], &["ünn", "xx"]),
        (r"[a-c]+(?<=ab)[0-9]{2}$", &["ab12", "xab00"], &["ba12", "ab1"]),
        (r"^((?!ab|c$).)*$", &["", "ba", "ca"], &["ab", "xabx", "bc"]),
        (r"^(?:(?!\.\.)[a-c.])+$", &["a.b"], &["a..b", ""]),
        ("a(?=b|$)", &["ab", "ca"], &["ac", "b"]),
        ("(?<=a|^)b", &["ab", "b"], &["cb", "a"]),
    ];

    /// The patterns for both engines.
    static PREPARED: LazyLock<Vec<(Pattern, Regex)>> = LazyLock::new(|| {
        let unicode = Flags { unicode: true, ..Flags::default() };
        let prepared = PATTERNS.iter().map(|(pattern, ..)| {
            let browser = Regex::with_flags(pattern, unicode).or_else(|_| Regex::new(pattern));
            (Pattern::new(pattern).expect("it is translated"), browser.expect("it is valid"))
        });
        prepared.collect()
    });

    #[test]
    fn patterns_mean_what_ecma_262_says() {
        for (pattern, right, wrong) in PATTERNS {
            let translated = Pattern::new(pattern)
                .unwrap_or_else(|reason| panic!("{pattern} {}", reason.predicate()));
            for text in *right {
                assert!(translated.is_match(text), "{pattern} matches {text:?}: {translated:?}");
            }
            for text in *wrong {
                assert!(!translated.is_match(text), "{pattern} and {text:?}: {translated:?}");
            }
        }
    }

    #[test]
    fn patterns_of_other_languages_are_not_enforced() {
        for pattern in [
            r"\A[a-z]+\z",
            r"^[a-z]+\Z",
            "/^[a-z]+$/",
            "/^[a-z]+$/i",
            "/[a-z]+/",
            r"/^[a-z\/]+$/i",
            "^[[:alpha:]]+$",
            "^[[:^alpha:]_]+$",
            "(?i)^[a-z]+$",
            "^a++$",
            r"^(?P<year>\d{4})$",
            "^(?>a)$",
            r"^\h+$",
            r"^\x{41}$",
            r"^[a-z&&[^b]]$",
            r"^\Qa\E$",
            "(",
        ] {
            assert_eq!(Pattern::new(pattern).err(), Some(Unenforced::OtherSyntax), "{pattern}");
        }
        for (pattern, reason) in [
            ("^a+(?=b)c", Unenforced::LookAround),
            ("(?<!a)b", Unenforced::LookAround),
            (r"^(a)\1$", Unenforced::Backreference),
            (r"^(?<a>a)\k<a>$", Unenforced::Backreference),
            (r"^\p{L}{1000000}$", Unenforced::Engine),
            (r"^\p{InGreek}$", Unenforced::Engine),
        ] {
            assert_eq!(Pattern::new(pattern).err(), Some(reason), "{pattern}");
        }
    }

    #[test]
    fn no_pattern_takes_longer_than_in_proportion_to_a_string() {
        let text = format!("{}!", "a".repeat(1_000));
        for pattern in ["^(a+)+$", "^(a|a)*$", "^(a|aa)+$", "^([a-z]+)*$", r"^(\w+\s?)*$", "(a*)*b"]
        {
            let pattern = Pattern::new(pattern).expect("it can be translated");
            assert!(!pattern.is_match(&text), "{pattern:?}");
        }
    }

    proptest! {
        #[test]
        fn translated_patterns_match_as_the_engine_of_browsers_does(
            index in any::<prop::sample::Index>(),
            text in "[a-cA-CxnXfo@_.+/{}\\[\\]<>&~0-9 \\t\\nüÜ😀-]{0,9}",
        ) {
            let (translated, browser) = &PREPARED[index.index(PREPARED.len())];
            let is_match = browser.find(&text).is_some();
            assert_eq!(translated.is_match(&text), is_match, "{translated:?} {text:?}");
        }
    }
}
