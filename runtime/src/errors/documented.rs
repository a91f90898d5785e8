//! The errors that a document promises.

use std::convert::Infallible;
use std::fmt;

use crate::response::Received;

/// An operation's documented errors, one variant for each status.
pub trait DocumentedError: fmt::Debug + Sized {
    /// Selects the variant by the status; `None` for a status that the document does not list.
    fn by_status(received: &Received) -> Option<Self>;

    /// What the document says of the variant.
    fn description(&self) -> &'static str;
}

/// Of operations that document no error.
impl DocumentedError for Infallible {
    fn by_status(_: &Received) -> Option<Self> {
        None
    }

    fn description(&self) -> &'static str {
        match *self {}
    }
}
