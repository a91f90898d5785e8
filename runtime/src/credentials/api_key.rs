//! API keys in the query or in a cookie.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use http::header::COOKIE;
use http::uri::PathAndQuery;
use http::{Request, Uri};
use zeroize::Zeroizing;

use super::sensitive_header::sensitive;
use super::token_source::AnyTokenSource;
use super::{Credential, CredentialError, TokenSource};
use crate::transport::{Body, BoxFuture};
use crate::url_encoding::{is_named, percent_encode};

/// An API key in the query or in a cookie (OpenAPI 3.0.3, Security Scheme Object, `apiKey`).
///
/// For an API key in a header use [`Bearer::in_header`](crate::credentials::Bearer::in_header).
/// Servers and proxies log URLs, so a key in the query is visible to everybody who reads their
/// logs.
#[derive(Clone)]
pub struct ApiKey {
    name: &'static str,
    location: Location,
    source: Arc<dyn AnyTokenSource>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Location {
    Query,
    Cookie,
}

impl ApiKey {
    /// Creates a key in the query parameter `name`.
    pub fn in_query(name: &'static str, source: impl TokenSource + 'static) -> Self {
        Self { name, location: Location::Query, source: Arc::new(source) }
    }

    /// Creates a key in the cookie `name`.
    pub fn in_cookie(name: &'static str, source: impl TokenSource + 'static) -> Self {
        Self { name, location: Location::Cookie, source: Arc::new(source) }
    }

    /// Appends the percent-encoded pair `name=key` to the other pairs.
    fn append(&self, others: &str, separator: &str, key: &str) -> Zeroizing<String> {
        let separator = if others.is_empty() { "" } else { separator };
        let (name, key) = (percent_encode(self.name), percent_encode(key));
        Zeroizing::new(format!("{others}{separator}{name}={key}"))
    }

    fn write(&self, request: &mut Request<Body>, key: &str) -> Result<(), CredentialError> {
        match self.location {
            Location::Query => {
                // A link to the next page may contain the key of the previous page.
                let is_other = |pair: &&str| !pair.is_empty() && !is_named(pair, self.name);
                let query = request.uri().query().unwrap_or_default();
                let others =
                    Zeroizing::new(query.split('&').filter(is_other).collect::<Vec<_>>().join("&"));
                *request.uri_mut() = with_query(request.uri(), &self.append(&others, "&", key))?;
            }
            Location::Cookie => {
                let others = request
                    .headers()
                    .get(COOKIE)
                    .and_then(|value| value.to_str().ok())
                    .unwrap_or_default();
                let cookies = self.append(others, "; ", key);
                request.headers_mut().insert(COOKIE, sensitive(&[&cookies])?);
            }
        }
        Ok(())
    }
}

/// Replaces the query of a URL.
fn with_query(uri: &Uri, query: &str) -> Result<Uri, CredentialError> {
    let bytes = Zeroizing::new([uri.path(), "?", query].concat().into_bytes());
    let mut parts = uri.clone().into_parts();
    parts.path_and_query = PathAndQuery::from_maybe_shared(Bytes::from_owner(bytes)).ok();
    let replaced = parts.path_and_query.is_some().then(|| Uri::from_parts(parts).ok());
    replaced.flatten().ok_or(CredentialError::TooLong)
}

impl fmt::Debug for ApiKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("ApiKey")
            .field("name", &self.name)
            .field("location", &self.location)
            .finish_non_exhaustive()
    }
}

impl Credential for ApiKey {
    fn apply<'a>(
        &'a self,
        request: &'a mut Request<Body>,
    ) -> BoxFuture<'a, Result<(), CredentialError>> {
        Box::pin(async move {
            let key = self.source.token().await.map_err(CredentialError::Source)?;
            if key.expose_secret().is_empty() {
                return Err(CredentialError::Empty);
            }
            self.write(request, key.expose_secret())
        })
    }

    fn refused(&self) {
        self.source.refused();
    }

    fn can_refresh(&self) -> bool {
        self.source.can_refresh()
    }

    fn description(&self) -> Cow<'static, str> {
        let location = if self.location == Location::Query { "query parameter" } else { "cookie" };
        Cow::Owned(format!("the API key in {location} `{}`", self.name))
    }
}

#[cfg(test)]
mod tests {
    use http::header::HeaderValue;

    use super::*;
    use crate::secrets::SecretString;

    fn request(query: &str) -> Request<Body> {
        let url = format!("https://example.com/things{query}");
        Request::get(url).body(Body::empty()).expect("the URL is valid")
    }

    #[test]
    fn a_key_replaces_an_earlier_key_in_the_query() {
        let key = ApiKey::in_query("api key", SecretString::from("canary"));
        for (before, after) in [
            ("", "api%20key=a%26b"),
            ("?page=2&q=x%20y", "page=2&q=x%20y&api%20key=a%26b"),
            ("?api%20key=old&page=2", "page=2&api%20key=a%26b"),
        ] {
            let mut request = request(before);
            key.write(&mut request, "a&b").expect("the key can be written");
            assert_eq!(request.uri().query(), Some(after), "{before}");
        }
        assert!(!format!("{key:?}").contains("canary"));
    }

    #[test]
    fn a_key_is_added_to_other_cookies() {
        let key = ApiKey::in_cookie("session", SecretString::from("canary"));
        let mut request = request("");
        request.headers_mut().insert(COOKIE, HeaderValue::from_static("theme=dark"));
        key.write(&mut request, "a;\n b").expect("the key can be written");
        assert_eq!(request.headers()[COOKIE], "theme=dark; session=a%3B%0A%20b");
        assert!(request.headers()[COOKIE].is_sensitive());
    }
}
