//! Path templates, such as `/widgets/{id}`.

use std::collections::BTreeSet;

/// Returns the names in braces, or `None` if the braces do not match or hold something else, such
/// as the expressions `{?a,b}` and `{a,b}` of URI templates (RFC 6570).
#[must_use]
pub fn names(template: &str) -> Option<BTreeSet<&str>> {
    let mut names = BTreeSet::new();
    let mut rest = template;
    let is_name = |name: &str| {
        !name.starts_with(['?', '&'])
            && !name.contains(|character: char| character == ',' || character.is_whitespace())
    };
    while let Some(start) = rest.find(['{', '}']) {
        let inside = rest[start..].strip_prefix('{')?;
        let end = inside.find(['{', '}', '/'])?;
        let after = inside[end..].strip_prefix('}').filter(|_| end > 0)?;
        let name = Some(&inside[..end]).filter(|name| is_name(name))?;
        names.insert(name);
        rest = after;
    }
    Some(names)
}

#[cfg(test)]
mod tests {
    use super::names;

    #[test]
    fn names_are_in_pairs_of_braces() {
        let all = |template| names(template).map(|names| names.into_iter().collect::<Vec<_>>());
        assert_eq!(all("/a/{b}.{c}/{b}?d={e}"), Some(vec!["b", "c", "e"]));
        assert_eq!(all("/a"), Some(vec![]));
        for malformed in
            ["/{a", "/a}", "/{}", "/{a/b}", "/{{a}}", "/a{?b,c}", "/a?b{&c}", "/{ a }", "/{a,b}"]
        {
            assert_eq!(all(malformed), None, "{malformed}");
        }
    }
}
