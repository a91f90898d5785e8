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
