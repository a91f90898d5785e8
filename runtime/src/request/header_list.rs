//! Headers of a request in the making.

use reqwest::header::{HeaderMap, HeaderName, HeaderValue};

/// Headers that are few and written into the request of every try, which is quicker than to copy a map.
#[derive(Default)]
pub(crate) struct HeaderList(Vec<(HeaderName, HeaderValue)>);

/// Headers that others add to a request: the credential, and those of the HTTP client.
const OTHERS: usize = 3;

impl HeaderList {
    /// Sets a header, whether it is there or not.
    pub(crate) fn set(&mut self, name: HeaderName, value: HeaderValue) {
        self.0.retain(|(known, _)| *known != name);
        self.0.push((name, value));
    }

    /// Writes all headers; they win over those that are there.
    pub(crate) fn write(&self, headers: &mut HeaderMap) {
        headers.reserve(self.0.len() + OTHERS);
        for (name, value) in &self.0 {
            headers.insert(name.clone(), value.clone());
        }
    }
}
