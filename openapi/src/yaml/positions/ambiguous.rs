//! Finds plain scalars that YAML 1.1 and 1.2 parsers read as different values, or that change when
//! they are written again.

use std::sync::LazyLock;

use regress::Regex;

use super::{Step, StepKind};
use crate::diagnostic::{Diagnostic, Location, Subject};
use crate::rule::Rule;
use crate::words::quote;
use crate::yaml::without_mark;

/// The language of a source text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dialect {
    Yaml,
    /// All JSON parsers read numbers alike.
    Json,
}

impl Dialect {
    pub(super) fn of(text: &str) -> Self {
        if without_mark(text).trim_start().starts_with('{') { Self::Json } else { Self::Yaml }
    }
}

/// A meaning of a plain scalar to some parsers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Meaning {
    Boolean,
    Date,
    /// Hours and minutes, which YAML 1.1 reads as a sexagesimal number.
    Time,
    /// A number in a notation that not all parsers support.
    Notation,
    /// A number that changes when it is written again.
    Digits,
}

/// The notations of numbers and dates. The first match counts. The expressions are those of the
/// types `int`, `float` and `timestamp` in YAML 1.1 and of the core schema in YAML 1.2.
static NOTATIONS: LazyLock<Vec<(Regex, Meaning)>> = LazyLock::new(|| {
    let notations = [
        (r"\d{4}-\d\d-\d\d", Meaning::Date),
        (
            r"\d{4}-\d\d?-\d\d?([Tt]|[ \t]+)\d\d?:\d\d:\d\d(\.\d*)?([ \t]*(Z|[-+]\d\d?(:?\d\d)?))?",
            Meaning::Date,
        ),
        (r"[-+]?[1-9][\d_]*(:[0-5]?\d)+(\.[\d_]*)?", Meaning::Time),
        (r"[-+]?(0x[\da-fA-F_]+|0o[0-7]+|0b[01_]+|0[\d_]+)", Meaning::Notation),
        (r"[-+]?\d[\d_]*_[\d_]*(\.[\d_]*)?", Meaning::Notation),
        // YAML 1.1 requires a decimal point before an exponent and a sign in it.
        (r"[-+]?(\d+\.?|\.\d+|\d+\.\d+)[eE]\d+|[-+]?\d+[eE][-+]\d+", Meaning::Notation),
        (r"[-+]?(\d+\.?\d*|\.\d+)", Meaning::Digits),
    ];
    let compile =
        |pattern: &str| Regex::new(&format!("^(?:{pattern})$")).expect("the pattern is a constant");
    notations.map(|(pattern, meaning)| (compile(pattern), meaning)).into()
});

/// The notation of numbers in JSON.
static JSON_NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?$").expect("the pattern is a constant")
});

/// Reports a plain scalar, key or value, that parsers read differently.
pub(super) fn finding(dialect: Dialect, step: &Step<'_>) -> Option<Diagnostic> {
    let (text, location): (_, fn(String) -> Location) = match step.found {
        StepKind::Key { text, quoted: false, .. } => (text, Location::Key),
        StepKind::Scalar { text, quoted: false } => (text, Location::Pointer),
        _ => return None,
    };
    let is_plain_number = dialect == Dialect::Json && JSON_NUMBER.find(text).is_some();
    let meaning = meaning(text).filter(|_| !is_plain_number)?;
    if meaning == Meaning::Digits && is_data(step.pointer) {
        return None;
    }
    let (what, help) = words(text, meaning);
    Some(Diagnostic {
        rule: Rule::AmbiguousScalar,
        subject: Subject::Node,
        location: location(step.pointer.to_owned()),
        what,
        why: "The meaning of the spec depends on the program that reads it.".into(),
        help,
    })
}

/// Returns true if a value is an example or a bound, where trailing zeros do not change a number.
/// Examples of strings are checked against their schema by another rule.
fn is_data(pointer: &str) -> bool {
    let mut steps = pointer.split('/');
    steps.any(|step| {
        matches!(
            step,
            "default" | "example" | "examples" | "maximum" | "minimum" | "multipleOf" | "value"
        ) || step.starts_with("x-")
    })
}

/// Returns true if some parsers would read the string as something else if it had no quotes.
pub(crate) fn is_ambiguous(text: &str) -> bool {
    meaning(text).is_some()
}

fn meaning(text: &str) -> Option<Meaning> {
    let word = text.to_ascii_lowercase();
    if matches!(word.as_str(), "y" | "n" | "yes" | "no" | "on" | "off") {
        return Some(Meaning::Boolean);
    }
    if !text.starts_with(|first: char| first.is_ascii_digit() || "+-.".contains(first)) {
        return None;
    }
    let (_, meaning) = NOTATIONS.iter().find(|(notation, _)| notation.find(text).is_some())?;
    Some(*meaning).filter(|meaning| *meaning != Meaning::Digits || written_again(text) != text)
}

/// Returns a number as programs write it after reading it.
fn written_again(number: &str) -> String {
    if let Ok(integer) = number.parse::<i64>() {
        return integer.to_string();
    }
    let unsigned = number.parse::<u64>().map(|integer| integer.to_string());
    unsigned.unwrap_or_else(|_| {
        number.parse::<f64>().map_or_else(|_| number.to_owned(), |float| format!("{float:?}"))
    })
}

fn words(text: &str, meaning: Meaning) -> (String, String) {
    let quoted = format!("Write {}", quote(&format!("\"{text}\"")));
    let shown = quote(text);
    match meaning {
        Meaning::Boolean => (
            format!("Some YAML parsers read {shown} as a boolean."),
            format!("{quoted}, or `true` or `false` if a boolean is meant."),
        ),
        Meaning::Date => {
            (format!("Some YAML parsers read {shown} as a date."), format!("{quoted}."))
        }
        Meaning::Time => {
            (format!("Some YAML parsers read {shown} as a number."), format!("{quoted}."))
        }
        Meaning::Notation => (
            format!("Some YAML parsers read {shown} as another number or as a string."),
            format!("{quoted} if it is a string, or the number in plain decimal digits."),
        ),
        Meaning::Digits => {
            let again = written_again(text);
            (
                format!("YAML parsers read {shown} as {}.", quote(&again)),
                format!("{quoted} if it is a string, or `{again}` if it is a number."),
            )
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Meaning, meaning};

    #[track_caller]
    fn check(texts: &[&str], expected: Option<Meaning>) {
        for text in texts {
            assert_eq!(meaning(text), expected, "{text}");
        }
    }

    #[test]
    fn knows_what_readers_disagree_on() {
        check(&["no", "NO", "Yes", "on", "oFF", "y", "N"], Some(Meaning::Boolean));
        check(
            &["2018-06-01", "2018-06-01T12:00:00Z", "2018-6-1 1:00:00.5 +02:00"],
            Some(Meaning::Date),
        );
        check(&["12:30:45", "1:30", "-22:22"], Some(Meaning::Time));
        check(
            &["012", "-007", "0o17", "0x1F", "0b11", "1_000", "1e3", "1.5e3", "1E-3"],
            Some(Meaning::Notation),
        );
        check(&["3.10", "10.00", "+1", ".5", "5.", "18446744073709551616"], Some(Meaning::Digits));
    }

    #[test]
    fn knows_what_all_readers_take_alike() {
        let numbers = ["0", "-1", "200", "18446744073709551615", "1.5", "-0.25", "1.0", "1.5e+3"];
        let texts = [
            "",
            "none",
            "north",
            "1.2.3",
            "v1",
            "2018-06",
            "2018-06-01-preview",
            "12:99",
            "1:2:a",
            "0x",
            "-",
        ];
        check(&numbers, None);
        check(&texts, None);
    }
}
