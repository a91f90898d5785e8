//! The servers of a document: their URLs and origins (OpenAPI 3.0.3, Server Object).

use serde_json::Value;

use crate::object::Object;

/// Returns the URL of a server with the default of each variable.
#[must_use]
pub fn url(server: &Value) -> String {
    let fill = |url: String, (name, variable): (&String, &Value)| {
        url.replace(&format!("{{{name}}}"), variable.string("default").unwrap_or_default())
    };
    server.entries("variables").fold(server.trimmed("url").to_owned(), fill)
}

/// Splits a URL into its origin and the rest. A relative URL has no origin.
#[must_use]
pub fn split_origin(url: &str) -> (&str, &str) {
    let authority = url.split_once("://").map_or(0, |(scheme, _)| scheme.len() + 3);
    let start = if authority == 0 && !url.starts_with("//") { 0 } else { authority.max(2) };
    if start == 0 {
        return ("", url);
    }
    let end = url[start..].find(['/', '?', '#']).map_or(url.len(), |length| start + length);
    url.split_at(end)
}

/// Returns true if a client can send requests to a URL: it has the scheme of HTTP, or is relative,
/// and no query. A path can be appended to it then.
#[must_use]
pub fn is_callable(url: &str) -> bool {
    let scheme = url.split_once("://").map_or("https", |(scheme, _)| scheme);
    // An undefined variable is reported as such.
    let is_http = ["http", "https"].iter().any(|known| scheme.eq_ignore_ascii_case(known));
    (is_http || scheme.contains('{')) && !url.contains(['?', '#'])
}

/// Returns the servers of the API that a client can send requests to.
pub fn of_api(root: &Value) -> impl Iterator<Item = &Value> {
    root.array("servers").iter().filter(|server| is_callable(&url(server)))
}

/// Returns the URLs of the servers of an operation or path item, without the origin of the API's
/// own server. Returns nothing if the first one is the API's own server, and `None` if a client can
/// send requests to none of them.
#[must_use]
pub fn own_servers(root: &Value, item: &Value, operation: &Value) -> Option<Vec<String>> {
    let stated = [operation, item].into_iter().map(|holder| holder.array("servers"));
    let stated = stated.into_iter().find(|servers| !servers.is_empty()).unwrap_or_default();
    let api = of_api(root).next().map(url).unwrap_or_default();
    let (api_origin, api_path) = split_origin(api.trim_end_matches('/'));
    let within = |server: &Value| {
        let url = url(server);
        let url = url.trim_end_matches('/');
        match split_origin(url) {
            (origin, path) if comparable(origin) != comparable(api_origin) => {
                format!("{origin}{path}")
            }
            (_, "") => "/".to_owned(),
            (_, path) => path.to_owned(),
        }
    };
    let named = stated.iter().filter(|server| !server.trimmed("url").is_empty());
    let is_any_named = named.clone().next().is_some();
    let urls: Vec<String> = named.filter(|server| is_callable(&url(server))).map(within).collect();
    let of_api = if api_path.is_empty() { "/" } else { api_path };
    match urls.first() {
        None if is_any_named => None,
        Some(first) if first == of_api => Some(Vec::new()),
        _ => Some(urls),
    }
}

/// Returns an origin in lower case and without the default port of its scheme.
fn comparable(origin: &str) -> String {
    let origin = origin.to_ascii_lowercase();
    let port = if origin.starts_with("http:") { ":80" } else { ":443" };
    origin.strip_suffix(port).unwrap_or(&origin).to_owned()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{is_callable, own_servers, split_origin};

    #[test]
    fn origins_end_where_paths_start() {
        for (url, expected) in [
            ("https://a.example:1/b/c", ("https://a.example:1", "/b/c")),
            ("https://a.example", ("https://a.example", "")),
            ("//a.example/b", ("//a.example", "/b")),
            ("/b", ("", "/b")),
            ("b", ("", "b")),
            ("", ("", "")),
        ] {
            assert_eq!(split_origin(url), expected, "{url}");
        }
    }

    #[test]
    fn servers_within_the_origin_of_the_api_are_relative() {
        let servers = |urls: &[&str]| json!({"servers": urls.iter().map(|url| json!({"url": url})).collect::<Vec<_>>()});
        let root = json!({"servers": [{"url": "https://{r}.example/v1/", "variables": {"r": {"default": "eu"}}}]});
        let check = |item: &[&str], operation: &[&str], expected: &[&str]| {
            let found = own_servers(&root, &servers(item), &servers(operation));
            assert_eq!(found.expect("they can be called"), expected, "{item:?} {operation:?}");
        };
        check(&[], &[], &[]);
        check(&["https://eu.example/v1"], &[], &[]);
        check(&["https://a.example"], &["https://eu.example/v1"], &[]);
        check(&["https://eu.example/v2/"], &[], &["/v2"]);
        check(&["https://eu.example"], &[], &["/"]);
        check(&["https://EU.example:443/v2"], &[], &["/v2"]);
        check(&["https://eu.example:444/v2"], &[], &["https://eu.example:444/v2"]);
        check(&[""], &[], &[]);
        check(&["/v1"], &["https://a.example/", "/v1"], &["https://a.example", "/v1"]);
        check(&[], &["wss://a.example", "https://a.example"], &["https://a.example"]);
        let none = [servers(&["https://a.example?a=b", "/c#d"]), servers(&["wss://a.example"])];
        assert_eq!(own_servers(&root, &none[0], &servers(&[])), None);
        assert_eq!(own_servers(&root, &servers(&["/v1"]), &none[1]), None);
    }

    #[test]
    fn a_server_of_another_protocol_or_with_a_query_cannot_be_called() {
        for (url, expected) in [
            ("https://a.example/b", true),
            ("HTTP://a.example", true),
            ("/b", true),
            ("", true),
            ("{scheme}://a.example", true),
            ("wss://a.example", false),
            ("https://a.example?b=c", false),
            ("/b#c", false),
        ] {
            assert_eq!(is_callable(url), expected, "{url}");
        }
    }
}
