//! The base URL of an API, to which the paths of operations are appended.

use std::fmt;
use std::net::IpAddr;

use url::Url;

/// The hosts that plain `http` is allowed for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PlainHttp {
    LoopbackOnly,
    Everywhere,
}

/// An absolute URL to which the paths of operations are appended.
///
/// The scheme is `https`, or `http` on a loopback host. There is no user info, query or fragment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaseUrl {
    /// The URL without a trailing slash.
    string: String,
    url: Url,
}

impl BaseUrl {
    /// Parses and checks `url`. A host name alone means `https`, and a trailing slash is ignored.
    ///
    /// # Errors
    /// [`InvalidBaseUrlError`] if the URL has no host, if it is neither `https` nor `http` on a
    /// loopback host, or if it has user info, a query or a fragment.
    ///
    /// ```
    /// use oauth_token_clients_runtime::BaseUrl;
    ///
    /// assert_eq!(BaseUrl::parse("github.example.com")?.as_str(), "https://github.example.com");
    /// assert!(BaseUrl::parse("http://github.example.com/api/v3").is_err());
    /// assert!(BaseUrl::parse("http://127.0.0.1:8080").is_ok());
    /// # Ok::<(), oauth_token_clients_runtime::InvalidBaseUrlError>(())
    /// ```
    pub fn parse(url: &str) -> Result<Self, InvalidBaseUrlError> {
        Self::parse_with(url, "", PlainHttp::LoopbackOnly)
    }

    /// Parses and checks `url`, and appends `path` unless the URL already ends with it.
    pub(crate) fn parse_with(
        url: &str,
        path: &str,
        plain_http: PlainHttp,
    ) -> Result<Self, InvalidBaseUrlError> {
        let parsed = match url.contains("://") {
            true => Url::parse(url),
            false => Url::parse(&format!("https://{url}")),
        };
        let parsed = parsed.ok().filter(Url::has_host).ok_or(InvalidBaseUrlError::NotAbsolute)?;
        let secure = match parsed.scheme() {
            "https" => true,
            "http" => plain_http == PlainHttp::Everywhere || is_loopback(&parsed),
            _ => false,
        };
        if !secure {
            return Err(InvalidBaseUrlError::Insecure);
        }
        if !parsed.username().is_empty() || parsed.password().is_some() {
            return Err(InvalidBaseUrlError::UserInfo);
        }
        if parsed.query().is_some() || parsed.fragment().is_some() {
            return Err(InvalidBaseUrlError::QueryOrFragment);
        }
        let mut string = parsed.as_str().trim_end_matches('/').to_owned();
        if !parsed.path().trim_end_matches('/').ends_with(path) {
            string.push_str(path);
        }
        let url = Url::parse(&string).map_err(|_| InvalidBaseUrlError::NotAbsolute)?;
        Ok(Self { string, url })
    }

    /// Returns the base URL of a server whose origin the caller has allowed, which makes it secure
    /// enough.
    pub(crate) fn of_allowed(url: Url) -> Option<Self> {
        Self::parse_with(url.as_str(), "", PlainHttp::Everywhere).ok()
    }

    /// Returns the URL without a trailing slash.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.string
    }

    /// Returns true if the URL is plain `http` on a loopback host.
    pub(crate) fn is_plain_loopback(&self) -> bool {
        self.url.scheme() == "http" && is_loopback(&self.url)
    }

    /// Returns the URL of a request. `path` starts with the path of the base URL; `path` and
    /// `query` are percent-encoded.
    pub(crate) fn join(&self, path: &str, query: &str) -> Url {
        let mut url = self.url.clone();
        url.set_path(path);
        url.set_query(Some(query).filter(|query| !query.is_empty()));
        url
    }

    /// Resolves the URL of a server, which may be relative to this one.
    pub(crate) fn resolve(&self, server: &str) -> Option<Url> {
        let mut directory = self.url.clone();
        directory.set_path(&[self.path(), "/"].concat());
        directory.join(server).ok()
    }

    /// Returns the scheme, host and port.
    pub(crate) fn origin(&self) -> String {
        self.url.origin().ascii_serialization()
    }

    /// Returns the path of the URL, without a trailing slash.
    pub(crate) fn path(&self) -> &str {
        self.url.path().trim_end_matches('/')
    }
}

fn is_loopback(url: &Url) -> bool {
    let Some(host) = url.host_str() else { return false };
    let address = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    host == "localhost" || address.is_ok_and(|address| address.is_loopback())
}

/// The reason why a string is not a valid base URL. It does not contain the string, which may
/// contain a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum InvalidBaseUrlError {
    /// It is neither a URL with a host nor a host name.
    NotAbsolute,
    /// It would send credentials unencrypted to another machine.
    Insecure,
    /// It contains a user name or a password.
    UserInfo,
    /// It has a query or a fragment.
    QueryOrFragment,
}

impl fmt::Display for InvalidBaseUrlError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::NotAbsolute => {
                "the base URL has no host: write it like `host.example.com` or `https://host.example.com/path`"
            }
            Self::Insecure => "the base URL is not secure: use `https`, or allow plain `http` explicitly",
            Self::UserInfo => "the base URL contains a user name or password: pass credentials to the client instead",
            Self::QueryOrFragment => "the base URL has a query or a fragment: leave out everything from `?` or `#` on",
        })
    }
}

impl std::error::Error for InvalidBaseUrlError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(url: &str, expected: Result<&str, InvalidBaseUrlError>) {
        assert_eq!(
            BaseUrl::parse(url).as_ref().map(BaseUrl::as_str).map_err(|&error| error),
            expected
        );
    }

    #[test]
    fn accepts_https_and_http_to_loopback() {
        check("example.com", Ok("https://example.com"));
        check("example.com:8443/path/", Ok("https://example.com:8443/path"));
        check("https://example.com", Ok("https://example.com"));
        check("https://example.com/api/v3/", Ok("https://example.com/api/v3"));
        check("http://localhost:8080/", Ok("http://localhost:8080"));
        check("http://[::1]:8080", Ok("http://[::1]:8080"));
    }

    #[test]
    fn appends_the_path_once() {
        for url in [
            "example.com",
            "https://example.com/",
            "https://example.com/api/v3",
            "example.com/api/v3/",
        ] {
            let base_url = BaseUrl::parse_with(url, "/api/v3", PlainHttp::LoopbackOnly)
                .expect("the URL is valid");
            assert_eq!(base_url.as_str(), "https://example.com/api/v3");
        }
    }

    #[test]
    fn refuses_urls_that_leak_secrets_or_cannot_be_extended() {
        check("", Err(InvalidBaseUrlError::NotAbsolute));
        check("https://", Err(InvalidBaseUrlError::NotAbsolute));
        check("two words", Err(InvalidBaseUrlError::NotAbsolute));
        check("mailto:someone@example.com", Err(InvalidBaseUrlError::UserInfo));
        check("http://example.com", Err(InvalidBaseUrlError::Insecure));
        check("http://localhost.example.com", Err(InvalidBaseUrlError::Insecure));
        check("ftp://example.com", Err(InvalidBaseUrlError::Insecure));
        check("https://user:password@example.com", Err(InvalidBaseUrlError::UserInfo));
        check("https://example.com?x", Err(InvalidBaseUrlError::QueryOrFragment));
        check("https://example.com/#x", Err(InvalidBaseUrlError::QueryOrFragment));
    }
}
