//! The headers of a call.

use http::header::{HeaderMap, HeaderName, HeaderValue};

/// A short list of headers. Writing it into the request of each attempt is faster than cloning a
/// map.
#[derive(Default)]
pub(crate) struct HeaderList(Vec<(HeaderName, HeaderValue)>);

/// The number of headers that the credential and the HTTP client add.
const ADDED_LATER: usize = 3;

impl HeaderList {
    /// Adds a header, or replaces the header of that name.
    pub(crate) fn set(&mut self, name: HeaderName, value: HeaderValue) {
        self.0.retain(|(known, _)| *known != name);
        self.0.push((name, value));
    }

    /// Writes all headers into `headers`, replacing those of the same names.
    pub(crate) fn write(&self, headers: &mut HeaderMap) {
        headers.reserve(self.0.len() + ADDED_LATER);
        for (name, value) in &self.0 {
            headers.insert(name.clone(), value.clone());
        }
    }
}
