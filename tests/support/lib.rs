//! The parts that the contract tests share: the specs, and a server with a given response.

pub mod files;
pub mod server;
pub mod specs;
