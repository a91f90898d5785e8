//! JSON pointers (RFC 6901), which name a value in a document.

/// Appends a key or an index to a pointer.
pub fn push(pointer: &mut String, member: &str) {
    pointer.push('/');
    for character in member.chars() {
        match character {
            '~' => pointer.push_str("~0"),
            '/' => pointer.push_str("~1"),
            other => pointer.push(other),
        }
    }
}

/// Returns the pointer to the value of a key.
pub fn child(pointer: &str, member: &str) -> String {
    let mut longer = pointer.to_owned();
    push(&mut longer, member);
    longer
}

/// Returns the pointer to an item of an array.
pub fn entry(pointer: &str, index: usize) -> String {
    format!("{pointer}/{index}")
}

/// Returns the pointer to the containing value. The root has none.
pub fn parent(pointer: &str) -> Option<&str> {
    pointer.rfind('/').map(|slash| &pointer[..slash])
}

/// Returns a key as a step of a pointer.
#[must_use]
pub fn escape(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

/// Returns the key that a step of a pointer stands for.
pub fn unescape(step: &str) -> String {
    step.replace("~1", "/").replace("~0", "~")
}

/// Returns the last key or index of a pointer.
pub fn last(pointer: &str) -> String {
    unescape(pointer.rsplit('/').next().unwrap_or_default())
}

/// Decodes the fragment of a reference, in which `%7B` stands for `{`. Returns `None` if it is
/// malformed.
pub fn from_fragment(fragment: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(fragment.len());
    let mut rest = fragment.as_bytes();
    while let Some((&byte, tail)) = rest.split_first() {
        rest = tail;
        if byte == b'%' {
            let (digits, after) = tail.split_at_checked(2)?;
            let digits = std::str::from_utf8(digits).ok()?;
            digits.bytes().all(|digit| digit.is_ascii_hexdigit()).then_some(())?;
            bytes.push(u8::from_str_radix(digits, 16).ok()?);
            rest = after;
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::{child, from_fragment, last, parent};

    #[test]
    fn escapes_slashes_and_tildes() {
        assert_eq!(child("/paths", "/a~b/{c}"), "/paths/~1a~0b~1{c}");
        assert_eq!(last("/paths/~1a~0b~1{c}"), "/a~b/{c}");
        assert_eq!(parent("/paths/~1a"), Some("/paths"));
        assert_eq!(parent(""), None);
    }

    #[test]
    fn decodes_percent_encoding() {
        assert_eq!(from_fragment("/a%7Bb%7D").as_deref(), Some("/a{b}"));
        assert_eq!(from_fragment("/a%7"), None);
        assert_eq!(from_fragment("/a%é"), None);
        assert_eq!(from_fragment("/%+1"), None);
    }
}
