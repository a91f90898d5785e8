//! Formats whose strings can be recognized at a glance. Whether a date exists is not checked.

/// A format: its name, a predicate for its strings, and its description.
type Format = (&'static str, fn(&str) -> bool, &'static str);

/// The formats that examples are checked against.
pub(super) const ALL: [Format; 3] = [
    ("date", |text| text.len() == 10 && starts_as(text, "0000-00-00"), "date such as `2026-01-31`"),
    (
        "date-time",
        |text| starts_as(text, "0000-00-00"),
        "date and time such as `2026-01-31T12:00:00Z`",
    ),
    (
        "uuid",
        |text| text.len() == 36 && starts_as(text, "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx"),
        "UUID",
    ),
];

/// The formats that values are held to by their definitions.
pub(super) const STRICT: [&str; 14] = [
    "date",
    "date-time",
    "duration",
    "email",
    "hostname",
    "ipv4",
    "ipv6",
    "json-pointer",
    "regex",
    "time",
    "uri",
    "uri-reference",
    "uri-template",
    "uuid",
];

/// Describes a value of the format.
pub(super) fn in_words(format: &str) -> &'static str {
    ALL.iter()
        .find(|(name, ..)| *name == format)
        .map_or("value of the format", |(_, _, words)| words)
}

/// Returns true if a string starts with digits at `0`, hexadecimal digits at `x` and the other
/// characters as they are.
fn starts_as(text: &str, shape: &str) -> bool {
    let fits = |(character, wanted): (char, char)| match wanted {
        '0' => character.is_ascii_digit(),
        'x' => character.is_ascii_hexdigit(),
        _ => character == wanted,
    };
    text.len() >= shape.len() && text.chars().zip(shape.chars()).all(fits)
}

#[cfg(test)]
mod tests {
    use super::ALL;

    #[test]
    fn only_texts_that_look_otherwise_are_refused() {
        for (format, text, expected) in [
            ("date", "2026-01-31", true),
            ("date", "2026-01-31T00:00:00Z", false),
            ("date", "31.01.2026", false),
            ("date-time", "2026-01-31 12:00", true),
            ("date-time", "string", false),
            ("uuid", "651f8027-33e8-4ec4-97b4-f6e9f3dc8744", true),
            ("uuid", "651f802733e84ec497b4f6e9f3dc8744", false),
            ("uuid", "größe-33e8-4ec4-97b4-f6e9f3dc8744000", false),
        ] {
            let (_, is_one, _) =
                ALL.iter().find(|(name, ..)| *name == format).expect("the format is known");
            assert_eq!(is_one(text), expected, "{format} {text}");
        }
    }
}
