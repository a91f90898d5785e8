//! Media types that callers choose (RFC 9110, section 8.3.1).

/// Returns true if a string is a media type, with or without parameters, and not a range.
pub(crate) fn is_media_type(string: &str) -> bool {
    let is_token = |part: &str| {
        !part.is_empty()
            && part
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'+-.^_`|~".contains(&byte))
    };
    let parts = essence(string).split_once('/');
    parts.is_some_and(|(kind, subtype)| is_token(kind) && is_token(subtype))
}

/// Returns true if a media type matches a range, such as `image/*` or `application/*+json`, or is
/// the same.
pub(crate) fn matches_range(range: &str, media_type: &str) -> bool {
    let range = essence(range).to_ascii_lowercase();
    let media_type = essence(media_type).to_ascii_lowercase();
    match range.split_once('*') {
        Some(("", _)) => true,
        Some((start, end)) => media_type.starts_with(start) && media_type.ends_with(end),
        None => range == media_type,
    }
}

/// Returns a media type without its parameters.
fn essence(media_type: &str) -> &str {
    media_type.split(';').next().unwrap_or_default().trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn media_types_are_two_tokens() {
        for valid in ["image/png", "a/b; c=d", "application/vnd.a+json"] {
            assert!(is_media_type(valid), "{valid}");
        }
        for invalid in ["", "image", "image/", "/png", "image/*", "*/*", "a/b, c/d", "a b/c"] {
            assert!(!is_media_type(invalid), "{invalid}");
        }
    }

    #[test]
    fn ranges_are_matched_by_type_and_suffix() {
        for (range, media_type, expected) in [
            ("*/*", "a/b", true),
            ("image/*", "Image/PNG; q=1", true),
            ("image/*", "text/png", false),
            ("application/*+json", "application/a+json", true),
            ("application/*+json", "application/json", false),
            ("text/csv", "text/csv; header=present", true),
            ("text/csv", "text/plain", false),
        ] {
            assert_eq!(matches_range(range, media_type), expected, "{range} {media_type}");
        }
    }
}
