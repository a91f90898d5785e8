//! What a server announces in the headers of its responses: deprecations, ends and versions.

use std::fmt;
use std::time::{Duration, SystemTime};

use http::header::HeaderMap;

use super::link_header::links_to;

/// What a server announces about an operation and its versions, whatever the outcome of the call.
///
/// The texts are the server's, so `Debug` prints none of them.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Notices {
    is_deprecated: bool,
    deprecation: Option<SystemTime>,
    sunset: Option<SystemTime>,
    deprecation_link: Option<String>,
    sunset_link: Option<String>,
    supported_versions: Vec<String>,
    deprecated_versions: Vec<String>,
    azure_deprecating: Option<String>,
}

impl Notices {
    /// Reads the notices from the headers of a response.
    pub(crate) fn of(headers: &HeaderMap) -> Self {
        let header = |name: &str| headers.get(name)?.to_str().ok().map(str::trim);
        let link = |relation| links_to(headers, relation).next().map(str::to_owned);
        let deprecation = header("deprecation").filter(|value| !value.is_empty());
        let azure_deprecating = header("azure-deprecating").filter(|value| !value.is_empty());
        Self {
            is_deprecated: azure_deprecating.is_some()
                || deprecation.is_some_and(|value| !matches!(value, "false" | "?0")),
            deprecation: deprecation.and_then(date),
            sunset: header("sunset").and_then(date),
            deprecation_link: link("deprecation"),
            sunset_link: link("sunset"),
            supported_versions: versions(headers, "api-supported-versions"),
            deprecated_versions: versions(headers, "api-deprecated-versions"),
            azure_deprecating: azure_deprecating.map(str::to_owned),
        }
    }

    /// Returns true if the server announces nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Returns true if the server says that the operation is deprecated, or will be: by
    /// `Deprecation` (RFC 9745) or `azure-deprecating`.
    #[must_use]
    pub fn is_deprecated(&self) -> bool {
        self.is_deprecated
    }

    /// Returns the time since or from which the operation is deprecated (`Deprecation`, RFC 9745).
    #[must_use]
    pub fn deprecation(&self) -> Option<SystemTime> {
        self.deprecation
    }

    /// Returns the time from which the operation will probably not respond (`Sunset`, RFC 8594).
    #[must_use]
    pub fn sunset(&self) -> Option<SystemTime> {
        self.sunset
    }

    /// Returns the link to a page about the deprecation (`Link: rel="deprecation"`).
    #[must_use]
    pub fn deprecation_link(&self) -> Option<&str> {
        self.deprecation_link.as_deref()
    }

    /// Returns the link to a page about the end of the operation (`Link: rel="sunset"`).
    #[must_use]
    pub fn sunset_link(&self) -> Option<&str> {
        self.sunset_link.as_deref()
    }

    /// Returns the versions of the API that the server supports (`api-supported-versions`).
    #[must_use]
    pub fn supported_versions(&self) -> &[String] {
        &self.supported_versions
    }

    /// Returns the versions of the API that are deprecated (`api-deprecated-versions`).
    #[must_use]
    pub fn deprecated_versions(&self) -> &[String] {
        &self.deprecated_versions
    }

    /// Returns what Azure announces, with a date and a link (`azure-deprecating`).
    #[must_use]
    pub fn azure_deprecating(&self) -> Option<&str> {
        self.azure_deprecating.as_deref()
    }
}

/// Reads a date: that of RFC 9745 (`@1688169599`), or one of HTTP, as in RFC 8594.
fn date(value: &str) -> Option<SystemTime> {
    match value.strip_prefix('@') {
        Some(seconds) => {
            let seconds = seconds.split(';').next()?.trim().parse().ok()?;
            SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(seconds))
        }
        None => httpdate::parse_http_date(value).ok(),
    }
}

fn versions(headers: &HeaderMap, name: &str) -> Vec<String> {
    let values = headers.get_all(name).into_iter().filter_map(|value| value.to_str().ok());
    let versions = values.flat_map(|value| value.split(',')).map(str::trim);
    versions.filter(|version| !version.is_empty()).map(str::to_owned).collect()
}

impl fmt::Debug for Notices {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Notices")
            .field("is_deprecated", &self.is_deprecated)
            .field("deprecation", &self.deprecation)
            .field("sunset", &self.sunset)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::header::{HeaderName, HeaderValue};

    fn notices(pairs: &[(&'static str, &'static str)]) -> Notices {
        let pairs = pairs
            .iter()
            .map(|&(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)));
        Notices::of(&pairs.collect())
    }

    #[test]
    fn reads_all_notices() {
        let notices = notices(&[
            ("deprecation", "@60;x=1"),
            ("sunset", "Thu, 01 Jan 1970 00:01:30 GMT"),
            ("link", "</old>; rel=deprecation, </end>; rel=\"alternate sunset\""),
            ("api-supported-versions", "2024-01-01, 2025-01-01"),
            ("api-deprecated-versions", "2018-06-01"),
            ("azure-deprecating", "it ends (https://aka.example)"),
        ]);
        let at = |seconds| Some(SystemTime::UNIX_EPOCH + Duration::from_secs(seconds));
        assert_eq!((notices.deprecation(), notices.sunset()), (at(60), at(90)));
        assert_eq!(notices.deprecation_link(), Some("/old"));
        assert_eq!(notices.sunset_link(), Some("/end"));
        assert_eq!(notices.supported_versions(), ["2024-01-01", "2025-01-01"]);
        assert_eq!(notices.deprecated_versions(), ["2018-06-01"]);
        assert_eq!(notices.azure_deprecating(), Some("it ends (https://aka.example)"));
        let printed = format!("{notices:?}");
        assert!(!["old", "end", "aka", "2018"].iter().any(|text| printed.contains(text)));
    }

    #[test]
    fn a_deprecation_need_not_have_a_date() {
        for (value, is_deprecated, has_date) in [
            ("true", true, false),
            ("?1", true, false),
            ("Thu, 01 Jan 1970 00:01:30 GMT", true, true),
            ("@99999999999999999999", true, false),
            ("false", false, false),
            ("?0", false, false),
            ("", false, false),
        ] {
            let notices = notices(&[("deprecation", value)]);
            let found = (notices.is_deprecated(), notices.deprecation().is_some());
            assert_eq!(found, (is_deprecated, has_date), "{value}");
        }
        assert!(notices(&[("sunset", "soon"), ("link", "</x>; rel=next")]).is_empty());
    }
}
