//! The same calls, made in the ways that a consumer has, against a server that answers at once.

pub mod server;
pub mod ways;
