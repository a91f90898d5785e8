//! The exchange of a request for a response: attempts, the waits between them, and their deadlines.

mod attempt;
mod attempts;
mod deadline;
mod send;
mod span;

pub(crate) use send::send_prepared;
