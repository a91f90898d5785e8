//! Documented response headers.

use std::marker::PhantomData;
use std::str::FromStr;

use http::header::HeaderMap;

/// A documented response header and the type of its value. The generated code has one constant for
/// each.
#[derive(Debug)]
pub struct HeaderField<T> {
    name: &'static str,
    value: PhantomData<fn() -> T>,
}

// Derived implementations would require the same of `T`.
impl<T> Clone for HeaderField<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for HeaderField<T> {}

impl<T: FromStr> HeaderField<T> {
    /// Creates a header field. The name must be in lower case.
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        Self { name, value: PhantomData }
    }

    /// Returns the name of the header.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.name
    }

    pub(crate) fn read(&self, headers: &HeaderMap) -> Option<T> {
        headers.get(self.name)?.to_str().ok()?.trim().parse().ok()
    }
}

#[cfg(test)]
mod tests {
    use http::header::HeaderMap;

    use super::HeaderField;
    use crate::secrets::SecretString;

    #[test]
    fn secrets_in_headers_are_not_printed() {
        let headers = HeaderMap::from_iter([(
            "x-token".parse().expect("a name"),
            "canary".parse().expect("a value"),
        )]);
        let token: Option<SecretString> = HeaderField::new("x-token").read(&headers);
        assert_eq!(token.as_ref().map(SecretString::expose_secret), Some("canary"));
        assert_eq!(format!("{token:?}"), "Some([redacted])");
    }
}
