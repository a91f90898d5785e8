//! Headers that a document promises, with the type of their values.

use std::marker::PhantomData;
use std::str::FromStr;

use reqwest::header::HeaderMap;

/// A documented header of responses; the generated code holds one constant for each.
#[derive(Debug)]
pub struct HeaderField<T> {
    name: &'static str,
    value: PhantomData<fn() -> T>,
}

// Derived, these two would ask the same of the values.
impl<T> Clone for HeaderField<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for HeaderField<T> {}

impl<T: FromStr> HeaderField<T> {
    /// The header `name`, in lower case.
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        Self { name, value: PhantomData }
    }

    /// Name of the header.
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
    use reqwest::header::HeaderMap;

    use super::HeaderField;
    use crate::secrets::SecretString;

    #[test]
    fn a_secret_in_a_header_is_read_and_not_printed() {
        let headers = HeaderMap::from_iter([("x-token".parse().expect("a name"), "canary".parse().expect("a value"))]);
        let token: Option<SecretString> = HeaderField::new("x-token").read(&headers);
        assert_eq!(token.as_ref().map(SecretString::expose_secret), Some("canary"));
        assert_eq!(format!("{token:?}"), "Some([redacted])");
    }
}
