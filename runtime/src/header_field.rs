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
