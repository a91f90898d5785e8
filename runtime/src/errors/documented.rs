//! Documented errors.

use std::convert::Infallible;
use std::fmt;

use crate::response::Received;

/// The documented errors of an operation, with one variant for each status code.
pub trait DocumentedError: fmt::Debug + Sized {
    /// Selects the variant by the status code, or returns `None` if the document does not list the
    /// status code.
    fn by_status(received: &Received) -> Option<Self>;

    /// Returns the documented description of the variant.
    fn description(&self) -> &'static str;
}

/// For operations without documented errors.
impl DocumentedError for Infallible {
    fn by_status(_: &Received) -> Option<Self> {
        None
    }

    fn description(&self) -> &'static str {
        match *self {}
    }
}
