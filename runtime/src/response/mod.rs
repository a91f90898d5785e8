//! Responses, and the values that are read from them.

mod body_stream;
mod challenges;
mod date_time;
mod decoded;
mod header_field;
mod lenient;
mod link_header;
mod notices;
mod payload;
mod received;
mod required_property;
mod rfc3339;
mod sent;
mod success;

pub use body_stream::{BodyStream, StreamError};
pub(crate) use challenges::claims_challenge;
pub use date_time::{DateTimeString, InvalidDateTimeError};
pub use decoded::Decoded;
pub use header_field::HeaderField;
pub(crate) use link_header::links_to;
pub use notices::Notices;
pub use payload::{DecodeError, Payload};
pub use received::Received;
pub use required_property::{Found, MissingPropertyError, required, required_secret};
pub(crate) use sent::Sent;
pub use success::{ByStatus, Response};
