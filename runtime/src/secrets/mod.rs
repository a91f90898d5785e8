//! Strings and bytes that may contain secrets: they are never printed, and they are wiped when
//! dropped.

mod raw_body;
mod secret_string;
mod zeroizing_buffer;

pub use raw_body::RawBody;
pub use secret_string::{SecretString, exposing_secrets};
pub(crate) use zeroizing_buffer::ZeroizingBuffer;
