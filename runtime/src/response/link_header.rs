//! The `Link` header (RFC 8288).

use http::header::{HeaderMap, LINK};

/// Returns the targets of the links with this relation.
pub(crate) fn links_to<'h>(
    headers: &'h HeaderMap,
    relation: &str,
) -> impl Iterator<Item = &'h str> {
    let values = headers.get_all(LINK).into_iter().filter_map(|value| value.to_str().ok());
    let links = values.flat_map(links);
    links.filter(move |(_, parameters)| has(parameters, relation)).map(|(target, _)| target)
}

/// Splits a header value into the targets and parameters of its links. Only a comma outside of
/// `<…>` and quotes ends a link.
fn links(value: &str) -> Vec<(&str, &str)> {
    let mut links = Vec::new();
    let mut rest = value;
    while let Some((_, opened)) = rest.split_once('<') {
        let Some((target, parameters)) = opened.split_once('>') else { break };
        let mut quoted = false;
        let end = parameters.find(|character| {
            quoted ^= character == '"';
            character == ',' && !quoted
        });
        let (parameters, after) = parameters.split_at(end.unwrap_or(parameters.len()));
        links.push((target, parameters));
        rest = after;
    }
    links
}

fn has(parameters: &str, wanted: &str) -> bool {
    parameters.split(';').filter_map(|parameter| parameter.split_once('=')).any(|(name, value)| {
        let mut relations = value.trim().trim_matches('"').split_ascii_whitespace();
        name.trim().eq_ignore_ascii_case("rel")
            && relations.any(|relation| relation.eq_ignore_ascii_case(wanted))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::header::HeaderValue;

    #[track_caller]
    fn check(value: &'static str, expected: Option<&str>) {
        let headers = HeaderMap::from_iter([(LINK, HeaderValue::from_static(value))]);
        assert_eq!(links_to(&headers, "next").next(), expected);
    }

    #[test]
    fn finds_the_next_page_among_other_links() {
        check(
            "<https://h/x?page=2>; rel=\"next\", <https://h/x?page=9>; rel=\"last\"",
            Some("https://h/x?page=2"),
        );
        check("<https://h/x?a=1,2>; title=\"a, b\"; rel=\"prev\", </y>; rel=next", Some("/y"));
        check("</y>; REL=\"last NEXT\"", Some("/y"));
    }

    #[test]
    fn ignores_other_links() {
        check("<https://h/x>; rel=\"last\"", None);
        check("<https://h/x>; title=\"next\"", None);
        check("<https://h/x; rel=\"next\"", None);
        check("", None);
    }
}
