//! Values that may contain secrets, which are never printed. Strings and bytes are wiped when
//! dropped.

mod additional_properties;
mod raw_body;
mod secret_string;
mod wiped;
mod zeroizing_buffer;

pub use additional_properties::AdditionalProperties;
pub use raw_body::RawBody;
pub use secret_string::{SecretString, exposing_secrets};
pub(crate) use wiped::Wiped;
#[cfg(test)]
pub(crate) use wiped::tests::wiped_by;
pub(crate) use zeroizing_buffer::ZeroizingBuffer;
