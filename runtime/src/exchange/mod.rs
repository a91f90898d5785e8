//! The exchange of a request for a response: attempts, waits between them, and deadlines.

mod attempt;
mod attempts;
mod deadline;
mod error_code;
mod send;
mod span;

pub(crate) use send::send_prepared;
