//! Media types (RFC 9110, section 8.3.1).

/// Returns a media type without its parameters, in lower case.
#[must_use]
pub fn essence(media_type: &str) -> String {
    media_type.split([';', ',']).next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// Returns true if a media type is JSON (RFC 6839, section 3.1).
#[must_use]
pub fn is_json(media_type: &str) -> bool {
    let essence = essence(media_type);
    essence.ends_with("/json") || essence.ends_with("+json")
}

/// Returns true if a key of `content` is a range, such as `image/*`, which several media types
/// match.
#[must_use]
pub fn is_range(media_type: &str) -> bool {
    essence(media_type).contains('*')
}

/// Returns the media types and ranges of a list, such as the `contentType` of an Encoding Object.
pub fn listed(media_types: &str) -> impl Iterator<Item = &str> {
    // A comma in a quoted parameter separates nothing.
    let separator = if media_types.contains('"') { '\n' } else { ',' };
    media_types.split(separator).map(str::trim).filter(|media_type| !media_type.is_empty())
}

/// The beginnings of media types that are neither text nor JSON.
const BINARY: [&str; 6] = [
    "application/octet-stream",
    "application/pdf",
    "application/zip",
    "audio/",
    "image/",
    "video/",
];

/// Returns true if a media type is neither text nor JSON, so that a string of it is a file.
#[must_use]
pub fn is_binary(media_type: &str) -> bool {
    let essence = essence(media_type);
    BINARY.iter().any(|start| essence.starts_with(start))
}

/// Returns true if a media type matches a range, or is the same. `application/*+json` is a range,
/// too.
#[must_use]
pub fn matches(range: &str, media_type: &str) -> bool {
    let (range, media_type) = (essence(range), essence(media_type));
    match range.split_once('*') {
        Some(("", _)) => true,
        Some((start, end)) => media_type.starts_with(start) && media_type.ends_with(end),
        None => range == media_type,
    }
}

/// Returns true if a body of the media type has parts (RFC 2046, section 5.1).
#[must_use]
pub fn is_multipart(media_type: &str) -> bool {
    media_type.to_ascii_lowercase().starts_with("multipart/")
}

/// Returns true if a media type can be the value of a header: not empty, and visible ASCII.
#[must_use]
pub fn is_header_value(media_type: &str) -> bool {
    !media_type.is_empty()
        && media_type.chars().all(|character| character == ' ' || character.is_ascii_graphic())
}

#[cfg(test)]
mod tests {
    use super::{is_range, listed, matches};

    #[test]
    fn lists_are_separated_by_commas_outside_quotes() {
        let check = |list: &str, expected: &[&str]| {
            assert_eq!(listed(list).collect::<Vec<_>>(), expected, "{list}");
        };
        check("image/png, image/*,", &["image/png", "image/*"]);
        check("text/csv; a=\"b,c\"", &["text/csv; a=\"b,c\""]);
        check(" ", &[]);
    }

    #[test]
    fn ranges_are_matched_by_type_and_suffix() {
        for (range, media_type, expected) in [
            ("*/*", "a/b", true),
            ("image/*", "Image/png; q=1", true),
            ("image/*", "text/png", false),
            ("application/*+json", "application/a+json", true),
            ("application/*+json", "application/json", false),
            ("text/csv; header=present", "text/csv", true),
            ("text/csv", "text/plain", false),
        ] {
            assert_eq!(matches(range, media_type), expected, "{range} {media_type}");
        }
        assert!(is_range("image/*") && !is_range("image/png; q=*"));
    }
}
