//! Documented errors.

use std::convert::Infallible;
use std::fmt;

use crate::response::Received;

/// The documented errors of an operation, with one variant for each status code. Generated code
/// implements it.
pub trait DocumentedError: FromStatus + fmt::Debug {
    /// Returns the documented description of the variant.
    fn description(&self) -> &'static str;

    /// Returns the JSON pointer (RFC 6901) to the property of the body that is the name of the
    /// error, or an empty string if the document marks none.
    fn code_pointer(&self) -> &'static str {
        ""
    }

    /// Returns true if the body is the documented one, or none is documented. If not, the status
    /// code may be that of a proxy or of another server.
    fn has_documented_body(&self) -> bool {
        true
    }
}

/// Selects the variant of a documented error.
pub trait FromStatus: Sized {
    /// Selects the variant by the status code, or returns `None` if the document does not list the
    /// status code.
    fn by_status(received: &Received) -> Option<Self>;
}

/// For operations without documented errors.
impl FromStatus for Infallible {
    fn by_status(_: &Received) -> Option<Self> {
        None
    }
}

/// For operations without documented errors.
impl DocumentedError for Infallible {
    fn description(&self) -> &'static str {
        match *self {}
    }
}
